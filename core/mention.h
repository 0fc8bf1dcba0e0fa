#ifndef CROSSFOOT_CORE_MENTION_H_
#define CROSSFOOT_CORE_MENTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/decimal.h"
#include "core/document.h"
#include "core/period.h"
#include "core/rational.h"
#include "core/text_span.h"

namespace crossfoot::core {

enum class MentionKind {
  kNumber,     // a number with its unit: 2463亿元, 7.6%, 14个
  kPeriod,     // 1—2月份, 2023年全年, 上年同期
  kArea,       // 东部地区, 北京
  kHedge,      // 约, 超, 以上
  kDirection,  // 增长, 下降, 收窄
  kLabel,      // looks like a number and is none: 5G, 第12期, （一）, a telephone number
  kUnreadable, // a number that could not be understood: too many digits, 1.2.3
};

enum class Qualifier { kExact, kAbout, kAlmost, kOver, kRange };

// A span of the text that reads as one of the kinds above.
struct Mention {
  MentionKind kind = MentionKind::kNumber;
  TextRange range;   // into Document::text: the number with its unit, without hedges
  TextSpan span;     // the same in the original bytes
  int32_t sentence = -1;  // index into Document::sentences; -1 in a table cell
  int32_t table = -1;     // index into Document::tables, and
  int32_t cell = -1;      // into its cells; -1 in prose

  // kNumber.
  TextRange digits;         // the number alone
  Rational value;           // in the base unit, unsigned unless a minus sign is printed
  Decimal quantum;          // worth of the last printed place, in the base unit; 0 for an exact fraction (三分之二)
  std::string unit;         // "CNY", "%", "pp", "倍", "台", "CNY/吨"; empty for a bare number
  Rational range_end;       // of 20—30: value is the lower end; qualifier is kRange
  Qualifier qualifier = Qualifier::kExact;
  bool signed_digits = false;  // a plus or minus sign was printed
  bool bare = false;           // no unit was printed beside it
  bool has_scale = false;      // 万, 亿 … was printed

  // kPeriod.
  std::optional<Period> period;  // nullopt when no year could be found
  bool relative = false;         // 上年同期, 上月: what a change is measured against

  // kArea and others: the canonical name in the lexicon, e.g. 东部地区 for 东部.
  std::string canonical;
  std::string code;  // ISO 3166-2 of an area, where there is one
  int sign = 0;      // kDirection: +1 rise, -1 fall

  // "NUMBER 2463亿元 = 246300000000 CNY ±100000000 @12..21", one line.
  std::string DebugString(const Document& document) const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_MENTION_H_
