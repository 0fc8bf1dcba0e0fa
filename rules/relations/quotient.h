#ifndef CROSSFOOT_RULES_RELATIONS_QUOTIENT_H_
#define CROSSFOOT_RULES_RELATIONS_QUOTIENT_H_

#include "core/rational.h"
#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// A share, a margin or a value per unit:  ratio = scale * numerator / denominator.  The scale is
// 100 for percent.
//
// The definition of a ratio, read over the operands' intervals, which are independent: the bounds
// are tight.  A denominator that may be zero gives kUndetermined.
Outcome CheckQuotient(const Operand& ratio, const Operand& numerator, const Operand& denominator,
                      const core::Rational& scale);

// Two shares of one whole that is not printed:  share / part = other_share / other_part.
//
// Each pair implies the whole, part / share; the two must be able to be the same.  A part or other
// share that may be zero gives kUndetermined.  Left is `share`; `expected` is what the other pair
// makes of it.
Outcome CheckCommonBase(const Operand& share, const Operand& part, const Operand& other_share,
                        const Operand& other_part);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_QUOTIENT_H_
