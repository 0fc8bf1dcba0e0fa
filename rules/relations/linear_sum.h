#ifndef CROSSFOOT_RULES_RELATIONS_LINEAR_SUM_H_
#define CROSSFOOT_RULES_RELATIONS_LINEAR_SUM_H_

#include <optional>
#include <span>

#include "core/interval.h"
#include "core/rational.h"
#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// A total and its weighted parts:  total = Σ weight_i * part_i.
//
// The rule of XBRL Calculations 1.1: the total's interval meets the sum of the parts' intervals.
// Touching at one point counts only when both touching ends are closed.  Whether the parts are all
// there are is for the caller to know.
//
// `weights` is as long as `parts`, or empty when all are 1.  An operand with excess digits
// (rules/relations/statements.h) gives kBlocked; no parts at all give kUndetermined.
Outcome CheckLinearSum(const Operand& total, std::span<const Operand> parts,
                       std::span<const core::Rational> weights);

// One item of a sum with everything that is printed of it; the statements belong to the caller.
struct SumItem {
  std::span<const Operand> statements;  // at least one
  core::Rational weight = 1;
};

// The same where facts are stated several times: each counts with the intersection of its
// statements.  Statements that contradict one another, or have excess digits, give kBlocked: that
// is reported as a contradiction of the fact itself. `total` must not be empty.
Outcome CheckLinearSum(std::span<const Operand> total, std::span<const SumItem> items);

// Both sides of the sum under one reading; nullopt when an item or the total contradicts itself
// under it or has excess digits.  As printed, a fact counts with its most precise statement.
struct SumSides {
  core::Interval total;
  core::Interval sum;
};
std::optional<SumSides> ReadSum(std::span<const Operand> total, std::span<const SumItem> items,
                                core::Reading reading);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_LINEAR_SUM_H_
