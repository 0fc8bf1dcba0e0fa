#include "rules/relations/growth_bounds.h"

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

// Lower ends by what they admit: -1 when `a` admits smaller numbers.
int CompareLo(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return static_cast<int>(b.infinite) - static_cast<int>(a.infinite);
  const int order = Compare(a.value, b.value);
  return order != 0 ? order : static_cast<int>(b.closed) - static_cast<int>(a.closed);
}

// Upper ends by what they admit: 1 when `a` admits larger numbers.
int CompareHi(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return static_cast<int>(a.infinite) - static_cast<int>(b.infinite);
  const int order = Compare(a.value, b.value);
  return order != 0 ? order : static_cast<int>(a.closed) - static_cast<int>(b.closed);
}

Implied Imply(std::span<const Operand> part_rates, Reading reading) {
  const Interval first = part_rates.front().Admits(reading);
  Bound lowest = first.lo();
  Bound highest = first.hi();
  // Whatever the parts' rates are, their minimum is at most `safe_lo` and their maximum at least
  // `safe_hi`.
  Bound safe_lo = first.hi();
  Bound safe_hi = first.lo();
  for (const Operand& part_rate : part_rates.subspan(1)) {
    const Interval rate = part_rate.Admits(reading);
    if (CompareLo(rate.lo(), lowest) < 0) lowest = rate.lo();
    if (CompareHi(rate.hi(), highest) > 0) highest = rate.hi();
    if (CompareHi(rate.hi(), safe_lo) < 0) safe_lo = rate.hi();
    if (CompareLo(rate.lo(), safe_hi) > 0) safe_hi = rate.lo();
  }
  Implied implied{Interval(std::move(lowest), std::move(highest)), std::nullopt};
  if (!safe_lo.infinite && !safe_hi.infinite && !(safe_hi.value < safe_lo.value)) {
    implied.certain = Interval(Bound::Closed(safe_lo.value), Bound::Closed(safe_hi.value));
  }
  return implied;
}

Rational Nearest(const Rational& rate, std::span<const Operand> part_rates) {
  const Operand* slowest = &part_rates.front();
  const Operand* fastest = &part_rates.front();
  for (const Operand& part_rate : part_rates) {
    if (part_rate.value < slowest->value) slowest = &part_rate;
    if (part_rate.value > fastest->value) fastest = &part_rate;
  }
  if (rate < slowest->value) return slowest->value;
  return rate > fastest->value ? fastest->value : rate;
}

}  // namespace

Outcome CheckGrowthBounds(const Operand& rate, std::span<const Operand> part_rates) {
  if (part_rates.empty()) {
    Outcome outcome;
    outcome.verdict = Verdict::kUndetermined;
    outcome.left = rate.Admits(Reading::kRounded);
    outcome.right = Interval::Everything();
    return outcome;
  }
  return JudgeRange(rate, AnyHedged(part_rates), Nearest(rate.value, part_rates),
                    [part_rates](Reading reading) { return Imply(part_rates, reading); });
}

}  // namespace crossfoot::rules
