#ifndef CROSSFOOT_RULES_RELATIONS_LADDER_H_
#define CROSSFOOT_RULES_RELATIONS_LADDER_H_

#include <optional>
#include <span>

#include "absl/functional/function_ref.h"
#include "core/interval.h"
#include "core/rational.h"
#include "core/verdict.h"
#include "rules/relations/outcome.h"

// How every relation comes to its verdict.  The ladder extends the consistency test of XBRL
// Calculations 1.1, which runs under one reading, to a fixed order of readings: as printed,
// rounded, truncated.

namespace crossfoot::rules {

// How a relation fares when all operands are read in one way.
enum class Fit {
  kNever,      // no admissible values satisfy it
  kSometimes,  // some do
  kAlways,     // all do
  kUndefined,  // it says nothing about some admissible values: a division by zero
  kBlocked,    // an operand contradicts itself
};

// The verdict.  `fit` is asked for each reading at most once, best first.
//
// Without hedged operands: kExact when the printed digits fit, kWithinRounding when rounded ones
// do, kTruncated when only truncated ones do, otherwise kInconsistent, or kBlocked when rounding
// was blocked.  With a hedged operand the digits prove nothing: kWithinRounding when all admissible
// values fit, kUndetermined when some do, otherwise kInconsistent. kUndefined gives kUndetermined.
core::Verdict Climb(bool hedged, absl::FunctionRef<Fit(core::Reading)> fit);

// How "left = right" fares when the sides admit these numbers, independently of one another.
Fit FitOfEquation(const core::Interval& left, const core::Interval& right);

// What the other operands of an inequality imply for the left one.
struct Implied {
  core::Interval possible;                // what some admissible values of the others allow
  std::optional<core::Interval> certain;  // what all of them allow; nullopt for nothing
};

// The outcome of "left = f(others)".  `expected` is f of the printed digits and `imply` the exact
// range of f for a reading, kRounded or kTruncated; nullopt where f is not defined.
Outcome JudgeEquation(const Operand& left, bool others_hedged,
                      const std::optional<core::Rational>& expected,
                      absl::FunctionRef<std::optional<core::Interval>(core::Reading)> imply);

// The outcome of "left lies in a range that the others set".  `expected` is the end of that range,
// by the printed digits, that a message would name.
Outcome JudgeRange(const Operand& left, bool others_hedged, core::Rational expected,
                   absl::FunctionRef<Implied(core::Reading)> imply);

// Whether some operand is hedged.
bool AnyHedged(std::span<const Operand> operands);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_LADDER_H_
