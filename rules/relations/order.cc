#include "rules/relations/order.h"

#include <map>
#include <utility>

#include "core/decimal.h"
#include "core/interval.h"
#include "core/rational.h"
#include "rules/relations/ladder.h"

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Decimal;
using core::Interval;
using core::Rational;
using core::Reading;
using core::Verdict;

// Lowers the upper end of `allowed` to that of `next`.
void Lower(Bound& allowed, const Bound& next) {
  if (next.infinite) return;
  if (allowed.infinite) {
    allowed = next;
    return;
  }
  const int order = Compare(next.value, allowed.value);
  if (order < 0 || (order == 0 && !next.closed)) allowed = next;
}

// Whether figures that round at the same place stand in order by their digits.
bool DigitsDescend(std::span<const Operand> figures) {
  std::map<Decimal, const Rational*> last;
  for (const Operand& figure : figures) {
    if (figure.hedged()) continue;
    const auto [entry, inserted] = last.try_emplace(figure.quantum, &figure.value);
    if (inserted) continue;
    if (*entry->second < figure.value) return false;
    entry->second = &figure.value;
  }
  return true;
}

Fit FitOf(std::span<const Operand> figures, Reading reading) {
  Bound allowed = Bound::Infinite();
  Interval last = Interval::Everything();
  bool always = true;
  for (const Operand& figure : figures) {
    Interval admitted = figure.Admits(reading);
    if (!admitted.Meets(Interval(Bound::Infinite(), allowed))) return Fit::kNever;
    if (&figure != &figures.front()) {
      always = always && !admitted.hi().infinite && !last.lo().infinite &&
               !(last.lo().value < admitted.hi().value);
    }
    Lower(allowed, admitted.hi());
    last = std::move(admitted);
  }
  if (reading != Reading::kPrinted && !DigitsDescend(figures)) return Fit::kNever;
  return always ? Fit::kAlways : Fit::kSometimes;
}

}  // namespace

Outcome CheckOrder(std::span<const Operand> figures) {
  Outcome outcome;
  if (figures.empty()) return outcome;
  outcome.verdict = Climb(AnyHedged(figures), [figures](Reading r) { return FitOf(figures, r); });
  outcome.left = figures.front().Admits(Reading::kRounded);
  outcome.right = Interval::Everything();
  outcome.expected = figures.front().value;
  Rational smallest = figures.front().value;
  Bound allowed = outcome.left.hi();
  Rational largest_excess;
  bool first = true;
  for (const Operand& figure : figures.subspan(1)) {
    Interval admitted = figure.Admits(Reading::kRounded);
    const Bound hi = admitted.hi();
    Rational excess = figure.value - smallest;
    if (first || excess > largest_excess) {
      outcome.left = std::move(admitted);
      outcome.right = Interval(Bound::Infinite(), allowed);
      outcome.expected = smallest;
      largest_excess = std::move(excess);
      first = false;
    }
    if (figure.value < smallest) smallest = figure.value;
    Lower(allowed, hi);
  }
  outcome.imbalance = outcome.left.Gap(outcome.right);
  if (outcome.verdict == Verdict::kInconsistent && outcome.imbalance.zero() &&
      largest_excess.sign() > 0) {
    outcome.imbalance = std::move(largest_excess);
  }
  return outcome;
}

}  // namespace crossfoot::rules
