#ifndef CROSSFOOT_RULES_RELATIONS_GROWTH_MIX_H_
#define CROSSFOOT_RULES_RELATIONS_GROWTH_MIX_H_

#include <cstddef>
#include <span>

#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// One part of a total that grew.
struct MixPart {
  Operand level;  // now; never below 0
  Operand rate;   // growth since before, in percent; above -100
};

// The numbers of a mix grow with its parts, each of which may bring a denominator of its own.
inline constexpr size_t kMaxMixParts = 256;

// The growth of a total from its parts:  rate = 100 * (Σ n_i / Σ (n_i / (1 + g_i / 100)) - 1), with
// levels n_i and rates g_i of all parts.
//
// The definition of growth, where each part's earlier level follows from its level and its rate.
// The bounds over the operands' intervals are tight: with r_i = 1 + g_i / 100, the ratio R of the
// sums rises in every r_i, and in n_i where r_i > R (mediant inequality).  So R is largest with all
// rates at their upper ends and the levels of the parts that grew faster than R at theirs; adding
// parts by falling rate until r_i <= R finds it.  O(n log n) comparisons, whose numbers grow with
// the number of different rates.
//
// kUndetermined when there are no parts or more than kMaxMixParts, a rate reaches -100 or below, a
// level is negative, all levels may be zero, or an operand is hedged without a bound.
Outcome CheckGrowthMix(const Operand& rate, std::span<const MixPart> parts);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_GROWTH_MIX_H_
