#ifndef CROSSFOOT_RULES_RELATIONS_EQUALITY_H_
#define CROSSFOOT_RULES_RELATIONS_EQUALITY_H_

#include <span>

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// Several statements of one fact:  x1 = x2 = … = xn.
//
// Holds when the statements' intervals have a number in common and no two with the same quantum
// print different digits; kExact when the printed numbers are equal.  From the treatment of
// duplicate facts in XBRL Calculations 1.1.
//
// When it holds, left is the first statement and right what the others have in common.  Otherwise
// they are the two statements farthest apart, in the order given, and the imbalance is the distance
// of their printed digits where their intervals touch.  `expected` is the right statement's number,
// the most precise one's when it holds.  Fewer than two statements agree exactly.
Outcome CheckEquality(std::span<const Operand> statements);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_EQUALITY_H_
