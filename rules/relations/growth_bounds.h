#ifndef CROSSFOOT_RULES_RELATIONS_GROWTH_BOUNDS_H_
#define CROSSFOOT_RULES_RELATIONS_GROWTH_BOUNDS_H_

#include <span>

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// A total grows no faster than its fastest part and no slower than its slowest:  min(g_i) <= rate
// <= max(g_i).
//
// A mean with weights that are not negative lies between its smallest and largest term; a total's
// growth is the mean of its parts' growth, weighted by their earlier levels.  The parts must be all
// there are and not negative, which is for the caller to know.  `expected` is the nearest number to
// the rate that the printed rates allow.  No parts give kUndetermined.
Outcome CheckGrowthBounds(const Operand& rate, std::span<const Operand> part_rates);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_GROWTH_BOUNDS_H_
