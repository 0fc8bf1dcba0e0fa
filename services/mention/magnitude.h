#ifndef CROSSFOOT_SERVICES_MENTION_MAGNITUDE_H_
#define CROSSFOOT_SERVICES_MENTION_MAGNITUDE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/decimal.h"
#include "services/lexicon/lexicon.h"
#include "services/mention/digits.h"

namespace crossfoot::mention {

// How large something is: digits and scales in any mixture, without sign and unit.
//
//   3400   17050亿   一百二十三   两千零四   3亿5000万   二十点五   十几万   三四百   二〇二四
//
// Scales stand in falling order within 万, 亿 and 兆, each of which multiplies all that is smaller
// before it: 一万五千亿 is 15,000 times 亿.  A last digit without a scale of its own counts the
// place below the scale before it: 三万五 is 35,000; behind 零 it counts ones.
struct Magnitude {
  size_t end = 0;           // 0 when none stands there
  core::Decimal value;      // of 三四百 the lower one
  core::Decimal pair;       // how much larger the upper one is; 0 when there is only one
  int32_t place = 0;        // the last printed place is worth ten to this power
  size_t digits_end = 0;    // behind the Arabic digits that it begins with; `end` when spelled
  int32_t scale_power = 0;  // scales multiplied the last digits by ten to this power
  int32_t small_scale = 0;  // of the scale at its end, or before `large_scale`: 3 of 五千, 五千万
  int32_t large_scale = 0;  // of the large scales at its end: 4 of 五千万, 12 of 五万亿
  bool spelled = false;     // holds a Chinese digit, or 十 for one
  bool formal = false;      // of the first character: 壹
  bool scaled = false;      // holds 万 or more, or a scale behind Arabic digits
  bool scale_last = false;  // ends in a scale
  bool bare_scale = false;  // begins with a scale that no digit stands before: 百, 亿; not 十
  bool row = false;         // digits in a row: 二〇二四
  bool over = false;        // holds 余, 多, 几, 数
  bool counting = false;    // is 两 alone
  bool clock = false;       // 点 follows and minutes behind it
  bool malformed = false;   // numerals that make no number; `end` is behind all of them
  int atoms = 0;            // digits (Arabic ones together) and scales
  Digits digits;            // the Arabic digits that it begins with
};

// Reads the magnitude at `at`.  Blanks may stand before a scale, and before a digit behind a scale.
// Time is linear in what is read, except for one bounded look behind it.
Magnitude ReadMagnitude(std::string_view text, size_t at, const lexicon::Lexicon& lexicon);

// As above, behind Arabic digits that have been read already at `at`.
Magnitude ReadMagnitude(std::string_view text, size_t at, Digits digits,
                        const lexicon::Lexicon& lexicon);

// The numeral character at `at`.
lexicon::Lexicon::Match<lexicon::NumeralInfo> NumeralAt(std::string_view text, size_t at,
                                                        const lexicon::Lexicon& lexicon);
// The word at `at` that numbers are made with.
lexicon::Lexicon::Match<lexicon::NumberRole> NumberWordAt(std::string_view text, size_t at,
                                                          const lexicon::Lexicon& lexicon);
// The unit at `at`.  One that ends in a letter does not run on into a word: P in "3000P", not in
// "5Plus".
lexicon::Lexicon::Match<lexicon::UnitInfo> UnitAt(std::string_view text, size_t at,
                                                  const lexicon::Lexicon& lexicon);
// Bytes of the hedge at `at` that may stand between number, scale and unit (余, 多); 0 when none.
size_t InnerHedgeSize(std::string_view text, size_t at, const lexicon::Lexicon& lexicon);
// Whether a word that is longer than one character begins at `at`, and no number word.
bool LongerWordAt(std::string_view text, size_t at, size_t size, const lexicon::Lexicon& lexicon);

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_MAGNITUDE_H_
