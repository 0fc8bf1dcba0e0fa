#include "rules/relations/count.h"

#include <optional>

#include "core/interval.h"
#include "core/rational.h"
#include "rules/relations/ladder.h"

namespace crossfoot::rules {

using core::Interval;
using core::Rational;
using core::Reading;

Outcome CheckCount(const Operand& stated, int64_t listed) {
  const Rational count(listed);
  return JudgeEquation(
      stated, /*others_hedged=*/false, count,
      [&count](Reading) -> std::optional<Interval> { return Interval::Point(count); });
}

}  // namespace crossfoot::rules
