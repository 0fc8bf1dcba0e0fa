#include "rules/relations/difference.h"

#include <optional>

#include "rules/relations/ladder.h"

namespace crossfoot::rules {

using core::Interval;
using core::Reading;

Outcome CheckDifference(const Operand& delta, const Operand& a, const Operand& b) {
  return JudgeEquation(delta, a.hedged() || b.hedged(), a.value - b.value,
                       [&](Reading reading) -> std::optional<Interval> {
                         return a.Admits(reading) - b.Admits(reading);
                       });
}

}  // namespace crossfoot::rules
