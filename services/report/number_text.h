#ifndef CROSSFOOT_SERVICES_REPORT_NUMBER_TEXT_H_
#define CROSSFOOT_SERVICES_REPORT_NUMBER_TEXT_H_

#include <cstdint>
#include <string>

#include "core/figure.h"
#include "core/interval.h"
#include "core/rational.h"

namespace crossfoot::report {

// How numbers near a figure are written for people: in the scale that its size asks for (万 from
// ten thousand, 亿 from a hundred million; percentages have none), exactly where a few places more
// than are printed suffice, else rounded.
class NumberFormat {
 public:
  static NumberFormat For(const core::Figure& figure);

  // "2462.5亿"; with "≈" in front when digits had to be dropped.
  std::string Format(const core::Rational& number) const;

  // "[2462.5亿, 2463.5亿]", "(-∞, 3)".
  std::string Format(const core::Interval& interval) const;

 private:
  int32_t scale_exponent_ = 0;  // power of ten: 0, 4 or 8
  int32_t places_ = 0;          // after the point
};

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_NUMBER_TEXT_H_
