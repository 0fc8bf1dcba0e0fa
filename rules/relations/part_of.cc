#include "rules/relations/part_of.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/interval.h"
#include "core/rational.h"
#include "rules/relations/ladder.h"

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Interval;
using core::Rational;
using core::Reading;
using core::Verdict;

Implied Imply(std::span<const Operand> parts, Reading reading) {
  const Interval never_negative = Interval::AtLeast(0);
  Interval sum;
  for (const Operand& part : parts) {
    // The rounding interval of a printed 0 reaches below 0, a part does not.
    const std::optional<Interval> admitted = part.Admits(reading).Intersect(never_negative);
    if (admitted.has_value()) sum = sum + *admitted;
  }
  Implied implied{Interval(sum.lo(), Bound::Infinite()), std::nullopt};
  if (!sum.hi().infinite) implied.certain = Interval::AtLeast(sum.hi().value);
  return implied;
}

}  // namespace

Outcome CheckPartOf(const Operand& whole, std::span<const Operand> parts) {
  const bool negative = std::any_of(parts.begin(), parts.end(),
                                    [](const Operand& part) { return part.value.sign() < 0; });
  Rational sum;
  for (const Operand& part : parts) sum = sum + part.value;
  if (negative || parts.empty()) {
    Outcome outcome;
    outcome.verdict = Verdict::kUndetermined;
    outcome.left = whole.Admits(Reading::kRounded);
    outcome.right = Interval::Everything();
    outcome.expected = std::move(sum);
    return outcome;
  }
  return JudgeRange(whole, AnyHedged(parts), std::move(sum),
                    [parts](Reading reading) { return Imply(parts, reading); });
}

}  // namespace crossfoot::rules
