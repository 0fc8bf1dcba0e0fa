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

Outcome CheckGrowthByChange(const Operand& rate, const Operand& now, const Operand& change) {
  const Rational hundred(100);
  const Interval positive = Interval::AtLeast(0, /*closed=*/false);
  const Interval hundreds = Interval::Point(hundred);
  std::optional<Rational> expected;
  const Rational before = now.value - change.value;
  if (before.sign() > 0) expected = hundred * change.value / before;
  return JudgeEquation(rate, now.hedged() || change.hedged(), expected,
                       [&](Reading reading) -> std::optional<Interval> {
                         const Interval level = now.Admits(reading);
                         const Interval difference = change.Admits(reading);
                         if (!(level - difference).Within(positive)) return std::nullopt;
                         if (difference.Contains(Rational())) return std::nullopt;
                         // Each operand stands here once: 1 / (now / change - 1).
                         return hundreds / (level / difference - Interval::Point(Rational(1)));
                       });
}

}  // namespace crossfoot::rules
