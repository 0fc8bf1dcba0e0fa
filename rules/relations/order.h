#ifndef CROSSFOOT_RULES_RELATIONS_ORDER_H_
#define CROSSFOOT_RULES_RELATIONS_ORDER_H_

#include <span>

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// Figures that the text ranks stand in descending order:  x1 >= x2 >= … >= xn.
//
// Rounding keeps order, so that figures with one quantum must stand in order by their printed
// digits; only figures with different quanta may change places within their intervals.
//
// Left is the figure that exceeds those before it the most, right what they allow for it and
// `expected` the smallest of them.  Where a wrong order leaves the intervals touching, the
// imbalance is the distance of the printed digits.  Fewer than two figures are in order.  O(n log
// n).
Outcome CheckOrder(std::span<const Operand> figures);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_ORDER_H_
