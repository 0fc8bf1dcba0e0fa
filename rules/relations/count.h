#ifndef CROSSFOOT_RULES_RELATIONS_COUNT_H_
#define CROSSFOOT_RULES_RELATIONS_COUNT_H_

#include <cstdint>

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// The number of items that the text states is the number that it lists:  stated = listed. 居前5名的
// is followed by five names.  By counting: `listed` is exact.
Outcome CheckCount(const Operand& stated, int64_t listed);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_COUNT_H_
