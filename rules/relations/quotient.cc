#include "rules/relations/quotient.h"

#include <optional>

#include "rules/relations/ladder.h"

namespace crossfoot::rules {

using core::Interval;
using core::Rational;
using core::Reading;

Outcome CheckQuotient(const Operand& ratio, const Operand& numerator, const Operand& denominator,
                      const Rational& scale) {
  std::optional<Rational> expected;
  if (!denominator.value.zero()) expected = scale * numerator.value / denominator.value;
  return JudgeEquation(ratio, numerator.hedged() || denominator.hedged(), expected,
                       [&](Reading reading) -> std::optional<Interval> {
                         const Interval below = denominator.Admits(reading);
                         if (below.Contains(Rational())) return std::nullopt;
                         return numerator.Admits(reading) * scale / below;
                       });
}

Outcome CheckCommonBase(const Operand& share, const Operand& part, const Operand& other_share,
                        const Operand& other_part) {
  std::optional<Rational> expected;
  if (!other_part.value.zero()) expected = other_share.value * part.value / other_part.value;
  return JudgeEquation(share, part.hedged() || other_share.hedged() || other_part.hedged(),
                       expected, [&](Reading reading) -> std::optional<Interval> {
                         const Interval below = other_part.Admits(reading);
                         if (below.Contains(Rational())) return std::nullopt;
                         return other_share.Admits(reading) * part.Admits(reading) / below;
                       });
}

}  // namespace crossfoot::rules
