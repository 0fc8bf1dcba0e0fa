#ifndef CROSSFOOT_SERVICES_MENTION_NUMBER_LEXER_H_
#define CROSSFOOT_SERVICES_MENTION_NUMBER_LEXER_H_

#include <cstddef>
#include <string_view>

#include "core/mention.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::mention {

// Reads the number at `at`, where a digit or a sign before a digit must stand, with its scale and
// unit:
//
//   17050亿元   2.14万亿元   1,100万   3400余家   27 万元/人   -1.6   70%-80%
//
// Returns a mention whose ranges count from the start of `text`: kNumber; kLabel for what looks
// like a number and is none (5G, 0851-86798090, 1.2.3, 第12期, “1+5+12”); kUnreadable for more
// digits than a number has (core::Decimal::kMaxDigits).  The value is exact, and unsigned unless a
// sign is printed.  `range` is never empty, so that the caller always gets on; time is linear in
// its size.
//
// A grouping comma stands before exactly three digits.  Numbers of four digits that read as a year
// are left to the caller, who knows what stands around them.
core::Mention LexNumber(std::string_view text, size_t at, const lexicon::Lexicon& lexicon);

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_NUMBER_LEXER_H_
