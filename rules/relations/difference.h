#ifndef CROSSFOOT_RULES_RELATIONS_DIFFERENCE_H_
#define CROSSFOOT_RULES_RELATIONS_DIFFERENCE_H_

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// A printed gap:  delta = a - b, for levels, or for rates and shares in percentage points.
//
// Statistical offices subtract printed rates, so that an honest gap is as a rule kExact;
// kWithinRounding deserves a look and how severe it is, the rule pack says.
Outcome CheckDifference(const Operand& delta, const Operand& a, const Operand& b);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_DIFFERENCE_H_
