#ifndef CROSSFOOT_SERVICES_MENTION_NUMBER_LEXER_H_
#define CROSSFOOT_SERVICES_MENTION_NUMBER_LEXER_H_

#include <cstddef>
#include <string_view>

#include "core/mention.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::mention {

// Reads the longest number at `at`, with its sign, scale, unit and the money before it:
//
//   17050亿元   1,100万   3400余家   27 万元/人   -1.6   70%-80%   US$3.2亿   5元6角
//   两千零四万元   百分之五十五点五   三成半   三分之二   三四百台   翻两番   十几万人   第一百
//
// Returns a mention whose ranges count from the start of `text`: kNumber; kLabel for what looks
// like a number and is none (5G, 0851-86798090, 1.2.3, “1+5+12”, 八点三十) and for an ordinal in
// Chinese numerals (第一百), whose value it keeps; kUnreadable for more digits than a number has
// (core::Decimal::kMaxDigits) and for numerals that make no number (十百).  The range is empty when
// no number stands there, which never happens at a digit.  Time is linear in the range, but for one
// look at the next number.
//
// Values are exact, and unsigned unless a sign is printed.  三成 is 30 in "%" with a quantum of 10,
// 千分之五 is 0.5 in "%", 翻两番 4 in "倍".  Of a range (20—30家, 三四百) and of 十几 the value is
// the lower end.
//
// Whether a short numeral counts anything (一 in 统一) and whether four digits are a year is left
// to the caller, who knows what stands around them.
//
// `moves`: 从 or 由 stands before, so that 至 and 到 lead to a second number and make no range.
core::Mention LexNumber(std::string_view text, size_t at, const lexicon::Lexicon& lexicon,
                        bool moves = false);

// Whether `LexNumber` may find more at `at` than a single numeral before other words (一 in 统一);
// cheap.  For characters that are no digits.
bool NumberMayStart(std::string_view text, size_t at, const lexicon::Lexicon& lexicon);

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_NUMBER_LEXER_H_
