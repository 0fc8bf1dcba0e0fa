#include "rules/relations/equality.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "rules/relations/ladder.h"
#include "rules/relations/statements.h"

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Interval;
using core::Reading;

bool LowerEnd(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return a.infinite && !b.infinite;
  return a.value < b.value;
}

bool UpperEnd(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return b.infinite && !a.infinite;
  return a.value < b.value;
}

// Left and right of statements that contradict one another.
void SetFarthest(std::span<const Operand> statements, Outcome& outcome) {
  std::vector<Interval> intervals;
  intervals.reserve(statements.size());
  for (const Operand& statement : statements) {
    intervals.push_back(statement.Admits(Reading::kRounded));
  }
  size_t left = static_cast<size_t>(std::max_element(intervals.begin(), intervals.end(),
                                                     [](const Interval& a, const Interval& b) {
                                                       return LowerEnd(a.lo(), b.lo());
                                                     }) -
                                    intervals.begin());
  size_t right = static_cast<size_t>(std::min_element(intervals.begin(), intervals.end(),
                                                      [](const Interval& a, const Interval& b) {
                                                        return UpperEnd(a.hi(), b.hi());
                                                      }) -
                                     intervals.begin());
  if (left > right) std::swap(left, right);
  outcome.left = intervals[left];
  outcome.right = intervals[right];
  outcome.imbalance = outcome.left.Gap(outcome.right);
  if (outcome.imbalance.zero()) {
    outcome.imbalance = (statements[left].value - statements[right].value).Abs();
  }
  outcome.expected = statements[right].value;
}

}  // namespace

Outcome CheckEquality(std::span<const Operand> statements) {
  Outcome outcome;
  if (statements.size() < 2) {
    if (!statements.empty()) {
      outcome.left = outcome.right = statements.front().Admits(Reading::kRounded);
      outcome.expected = statements.front().value;
    }
    return outcome;
  }
  const Operand& first = statements.front();
  const std::span<const Operand> others = statements.subspan(1);
  // Most restatements are the same digits again.
  if (!AnyHedged(statements) &&
      std::all_of(others.begin(), others.end(), [&first](const Operand& other) {
        return other.value == first.value && other.quantum == first.quantum;
      })) {
    outcome.verdict = core::Verdict::kExact;
    outcome.left = outcome.right = first.Admits(Reading::kRounded);
    outcome.expected = first.value;
    return outcome;
  }
  const bool rounded = IntersectStatements(statements, Reading::kRounded).has_value();
  outcome.verdict = Climb(AnyHedged(statements), [&](Reading reading) {
    if (reading == Reading::kPrinted) {
      return std::all_of(others.begin(), others.end(),
                         [&first](const Operand& other) { return other.value == first.value; })
                 ? Fit::kAlways
                 : Fit::kNever;
    }
    const bool meets = reading == Reading::kRounded
                           ? rounded
                           : IntersectStatements(statements, reading).has_value();
    return meets ? Fit::kSometimes : Fit::kNever;
  });
  if (!rounded) {
    SetFarthest(statements, outcome);
    return outcome;
  }
  outcome.left = first.Admits(Reading::kRounded);
  outcome.right = *IntersectStatements(others, Reading::kRounded);
  outcome.expected = MostPrecise(others).value;
  return outcome;
}

}  // namespace crossfoot::rules
