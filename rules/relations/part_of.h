#ifndef CROSSFOOT_RULES_RELATIONS_PART_OF_H_
#define CROSSFOOT_RULES_RELATIONS_PART_OF_H_

#include <span>

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// Parts that do not overlap fit into their whole:  Σ part_i <= whole.
//
// Measure is monotone and additive: no part and no set of disjoint parts exceeds what contains
// them, as long as nothing is negative.  The parts need not be all there are.  A negative part (a
// loss, a decrease) or no part at all gives kUndetermined.  `expected` is the sum of the printed
// parts.
Outcome CheckPartOf(const Operand& whole, std::span<const Operand> parts);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_PART_OF_H_
