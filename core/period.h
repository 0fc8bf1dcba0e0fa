#ifndef CROSSFOOT_CORE_PERIOD_H_
#define CROSSFOOT_CORE_PERIOD_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"

namespace crossfoot::core {

// An SDMX TIME_PERIOD: the days from `start` to `end`, both inclusive.  A stock has start == end.
struct Period {
  absl::CivilDay start;
  absl::CivilDay end;
  // The year was not printed and was taken from the reference date or the document's date line.
  bool assumed = false;

  friend bool operator==(const Period& a, const Period& b) {
    return a.start == b.start && a.end == b.end;
  }

  // Whole months, the first and the last included.
  bool WholeMonths() const;
  // The same days a year before; the end of a month stays one.
  Period YearBefore() const;

  // "2024-01-01/2024-02-29".
  std::string ToString() const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_PERIOD_H_
