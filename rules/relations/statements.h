#ifndef CROSSFOOT_RULES_RELATIONS_STATEMENTS_H_
#define CROSSFOOT_RULES_RELATIONS_STATEMENTS_H_

#include <optional>
#include <span>

#include "core/interval.h"
#include "rules/relations/outcome.h"

// One fact may be printed several times, coarse and fine: 126.06万亿 and 1260582亿.  The rules for
// such statements are those of XBRL Calculations 1.1 for duplicate facts.

namespace crossfoot::rules {

// Whether digits other than 0 stand behind the last place that counts: 12.34 with a quantum of 0.1.
// Hedged and exact operands never have excess digits.
bool HasExcessDigits(const Operand& operand);

// Whether some operand has excess digits.
bool AnyExcessDigits(std::span<const Operand> operands);

// The numbers that all statements of one fact admit.  nullopt when they contradict one another: no
// number is common to all, or two have the same quantum and different digits (which would need one
// number rounded up here and down there). `statements` must not be empty.  O(n log n).
std::optional<core::Interval> IntersectStatements(std::span<const Operand> statements,
                                                  core::Reading reading);

// The statement that serves where one number is needed: the first with the smallest quantum, hedged
// ones last. `statements` must not be empty; the result lives as long as they do.
const Operand& MostPrecise(std::span<const Operand> statements);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_STATEMENTS_H_
