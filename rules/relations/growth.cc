#include "rules/relations/growth.h"

#include <optional>

#include "rules/relations/ladder.h"

namespace crossfoot::rules {

using core::Interval;
using core::Rational;
using core::Reading;

Outcome CheckGrowth(const Operand& rate, const Operand& now, const Operand& before) {
  const Rational hundred(100);
  const Interval positive = Interval::AtLeast(0, /*closed=*/false);
  std::optional<Rational> expected;
  if (before.value.sign() > 0) expected = hundred * now.value / before.value - hundred;
  return JudgeEquation(rate, now.hedged() || before.hedged(), expected,
                       [&](Reading reading) -> std::optional<Interval> {
                         const Interval base = before.Admits(reading);
                         if (!base.Within(positive)) return std::nullopt;
                         return now.Admits(reading) * hundred / base - Interval::Point(hundred);
                       });
}

}  // namespace crossfoot::rules
