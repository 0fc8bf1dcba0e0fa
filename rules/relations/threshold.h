#ifndef CROSSFOOT_RULES_RELATIONS_THRESHOLD_H_
#define CROSSFOOT_RULES_RELATIONS_THRESHOLD_H_

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

enum class Side {
  kAtLeast,  // 超九成, 两位数增长, 首次突破25万亿
  kAtMost,   // 近8%, 不足一成
};

// A figure and a bound that words give it:  figure >= bound, or figure <= bound.
//
// Compared as the words have it, the bound itself included (以上 and 以下 include it by Chinese
// drafting rules).  The bound is usually Operand::Exact.
Outcome CheckThreshold(const Operand& figure, const Operand& bound, Side side);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_THRESHOLD_H_
