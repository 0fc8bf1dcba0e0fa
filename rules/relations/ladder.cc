#include "rules/relations/ladder.h"

#include <algorithm>
#include <utility>

namespace crossfoot::rules {
namespace {

using core::Interval;
using core::Rational;
using core::Reading;
using core::Verdict;

bool Passes(Fit fit) { return fit == Fit::kSometimes || fit == Fit::kAlways; }

bool IsPoint(const Interval& interval) {
  return interval.bounded() && interval.lo().value == interval.hi().value;
}

Fit FitOf(const Interval& left, const Implied& implied) {
  if (!left.Meets(implied.possible)) return Fit::kNever;
  return implied.certain.has_value() && left.Within(*implied.certain) ? Fit::kAlways
                                                                      : Fit::kSometimes;
}

}  // namespace

Verdict Climb(bool hedged, absl::FunctionRef<Fit(Reading)> fit) {
  if (!hedged) {
    const Fit printed = fit(Reading::kPrinted);
    if (Passes(printed)) return Verdict::kExact;
    if (printed == Fit::kUndefined) return Verdict::kUndetermined;
    if (printed == Fit::kBlocked) return Verdict::kBlocked;
  }
  const Fit rounded = fit(Reading::kRounded);
  if (rounded == Fit::kUndefined) return Verdict::kUndetermined;
  if (rounded == Fit::kAlways) return Verdict::kWithinRounding;
  if (rounded == Fit::kSometimes) {
    return hedged ? Verdict::kUndetermined : Verdict::kWithinRounding;
  }
  const Fit truncated = fit(Reading::kTruncated);
  if (truncated == Fit::kUndefined) return Verdict::kUndetermined;
  if (Passes(truncated)) return hedged ? Verdict::kUndetermined : Verdict::kTruncated;
  return rounded == Fit::kBlocked ? Verdict::kBlocked : Verdict::kInconsistent;
}

Fit FitOfEquation(const Interval& left, const Interval& right) {
  if (!left.Meets(right)) return Fit::kNever;
  return IsPoint(left) && IsPoint(right) ? Fit::kAlways : Fit::kSometimes;
}

Outcome JudgeEquation(const Operand& left, bool others_hedged,
                      const std::optional<Rational>& expected,
                      absl::FunctionRef<std::optional<Interval>(Reading)> imply) {
  Outcome outcome;
  outcome.left = left.Admits(Reading::kRounded);
  const std::optional<Interval> rounded = imply(Reading::kRounded);
  outcome.right = rounded.value_or(Interval::Everything());
  outcome.imbalance = outcome.left.Gap(outcome.right);
  outcome.expected = expected.value_or(Rational());
  outcome.verdict = Climb(left.hedged() || others_hedged, [&](Reading reading) {
    if (!expected.has_value()) return Fit::kUndefined;
    if (reading == Reading::kPrinted) {
      return left.value == *expected ? Fit::kAlways : Fit::kNever;
    }
    if (reading == Reading::kRounded) {
      return rounded.has_value() ? FitOfEquation(outcome.left, *rounded) : Fit::kUndefined;
    }
    const std::optional<Interval> right = imply(reading);
    return right.has_value() ? FitOfEquation(left.Admits(reading), *right) : Fit::kUndefined;
  });
  return outcome;
}

Outcome JudgeRange(const Operand& left, bool others_hedged, Rational expected,
                   absl::FunctionRef<Implied(Reading)> imply) {
  Outcome outcome;
  outcome.left = left.Admits(Reading::kRounded);
  const Implied rounded = imply(Reading::kRounded);
  outcome.right = rounded.possible;
  outcome.imbalance = outcome.left.Gap(outcome.right);
  outcome.expected = std::move(expected);
  outcome.verdict = Climb(left.hedged() || others_hedged, [&](Reading reading) {
    return reading == Reading::kRounded ? FitOf(outcome.left, rounded)
                                        : FitOf(left.Admits(reading), imply(reading));
  });
  return outcome;
}

bool AnyHedged(std::span<const Operand> operands) {
  return std::any_of(operands.begin(), operands.end(),
                     [](const Operand& operand) { return operand.hedged(); });
}

}  // namespace crossfoot::rules
