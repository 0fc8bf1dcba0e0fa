#ifndef CROSSFOOT_RULES_RELATIONS_TWIN_H_
#define CROSSFOOT_RULES_RELATIONS_TWIN_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/decimal.h"
#include "core/interval.h"
#include "core/rational.h"
#include "core/verdict.h"
#include "rules/relations/outcome.h"

// The slow twin of the relations: reduced fractions and every corner of the box that the operands
// admit, with no interval arithmetic.  An open end is moved inwards by less than any two results of
// the tests can differ.

namespace crossfoot::rules {

using Number = boost::multiprecision::cpp_rational;
using Numbers = std::vector<Number>;

Number ToNumber(const core::Rational& value);

// What an operand without a hedge admits; both ends belong to it.
struct Ends {
  Number lo;
  Number hi;
};
Ends ReadEnds(const Operand& operand, core::Reading reading);

// f over all corners of `operands`: smallest and largest; nullopt when f is undefined at one.
using Function = std::function<std::optional<Number>(const Numbers&)>;
std::optional<Ends> RangeOf(const std::vector<Operand>& operands, core::Reading reading,
                            const Function& f);

// The verdict on left = f(others), for f that is monotone in each operand.
core::Verdict TwinEquation(const Operand& left, const std::vector<Operand>& others,
                           const Function& f);

// The verdict on holds(operands), for a relation that holds somewhere in the box only if it holds
// at a corner.
using Predicate = std::function<bool(const Numbers&)>;
core::Verdict TwinPredicate(const std::vector<Operand>& operands, const Predicate& holds);

// Seeded operands.
class Draw {
 public:
  explicit Draw(uint64_t seed) : random_(seed) {}

  // From `lo` to `hi`.
  int64_t Int(int64_t lo, int64_t hi);
  // A whole number of quanta from `lo` to `hi`; the quantum is a power of ten from 10^`lo_place` to
  // 10^`hi_place`.
  Operand Printed(int64_t lo, int64_t hi, int lo_place, int hi_place);
  // `expected` rounded to some quantum between those powers, or a few places off: at the edge of
  // rounding.
  Operand Near(const core::Rational& expected, int lo_place, int hi_place);

 private:
  std::mt19937_64 random_;
};

// "12.3 ± 0.1", for messages.
std::string ToText(const std::vector<Operand>& operands);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_TWIN_H_
