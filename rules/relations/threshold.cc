#include "rules/relations/threshold.h"

#include "core/interval.h"
#include "rules/relations/ladder.h"

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Interval;
using core::Reading;

Implied AtLeast(const Interval& bound) {
  Implied implied{Interval(bound.lo(), Bound::Infinite()), std::nullopt};
  if (!bound.hi().infinite) implied.certain = Interval::AtLeast(bound.hi().value);
  return implied;
}

Implied AtMost(const Interval& bound) {
  Implied implied{Interval(Bound::Infinite(), bound.hi()), std::nullopt};
  if (!bound.lo().infinite) implied.certain = Interval::AtMost(bound.lo().value);
  return implied;
}

}  // namespace

Outcome CheckThreshold(const Operand& figure, const Operand& bound, Side side) {
  return JudgeRange(figure, bound.hedged(), bound.value, [&bound, side](Reading reading) {
    const Interval admitted = bound.Admits(reading);
    return side == Side::kAtLeast ? AtLeast(admitted) : AtMost(admitted);
  });
}

}  // namespace crossfoot::rules
