#ifndef CROSSFOOT_RULES_RELATIONS_GROWTH_H_
#define CROSSFOOT_RULES_RELATIONS_GROWTH_H_

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// A growth rate in percent and both of its levels:  rate = 100 * (now / before - 1).
//
// The usual definition of a rate of change in official statistics, read over the operands'
// intervals, which are independent: the bounds are tight.  A `before` that may be zero or negative
// gives kUndetermined: there is no agreed growth from such a base.
Outcome CheckGrowth(const Operand& rate, const Operand& now, const Operand& before);

// The same from a level and how much it changed:  rate = 100 * change / (now - change).
//
// The bounds are tight.  A change that may be zero and a base, now - change, that may be zero or
// negative give kUndetermined.
Outcome CheckGrowthByChange(const Operand& rate, const Operand& now, const Operand& change);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_GROWTH_H_
