#ifndef CROSSFOOT_CORE_MENTION_H_
#define CROSSFOOT_CORE_MENTION_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/boxed.h"
#include "core/decimal.h"
#include "core/document.h"
#include "core/period.h"
#include "core/rational.h"
#include "core/text.h"
#include "core/text_span.h"

namespace crossfoot::core {

enum class MentionKind : uint8_t {
  kNumber,      // a number with its unit: 2463亿元, 7.6%, 14个
  kPeriod,      // 1—2月份, 2023年全年, 上年同期
  kArea,        // 东部地区, 北京
  kHedge,       // 约, 超, 以上
  kDirection,   // 增长, 下降, 收窄
  kCue,         // 同比, 占, 其中, 分别: a word that ties numbers together; `cue` says how
  kLabel,       // looks like a number and is none: 5G, 第12期, （一）, a telephone number
  kUnreadable,  // a number that could not be understood: too many digits, 1.2.3
};

// What a cue word shows.  Same numbers as crossfoot.config.v1.Cue.Role, which documents each.
enum class Cue : uint8_t {
  kNone = 0,
  kYearAgo = 1,
  kPreviousMonth = 2,
  kPreviousQuarter = 3,
  kPreviousPeriod = 4,
  kAgainst = 5,
  kAbove = 6,
  kShareOf = 7,
  kShareNoun = 8,
  kRateNoun = 9,
  kContribution = 10,
  kRespectively = 11,
  kIncluding = 12,
  kSum = 13,
  kTop = 14,
  kTarget = 15,
  kEstimate = 16,
  kUnchanged = 17,
  kComparable = 18,
  kVerb = 19,
  kTo = 20,
  kFrom = 21,
  kBreakdown = 22,
  kAttribution = 23,
  kExcept = 24,
  kLabel = 25,
  kSelection = 26,
  kFiller = 27,
  kSamePeriod = 28,
  kReach = 29,
  kDone = 30,
  kPlan = 31,
};

// What a number in its unit usually is.
enum class UnitKind : uint8_t {
  kNone,
  kMeasure,
  kCurrency,
  kCount,
  kPercent,
  kPoint,
  kMultiple,
  kDuration,
  kPlace
};

// What sort of place an area is.  Same numbers as crossfoot.config.v1.Area.Level.
enum class AreaLevel : uint8_t {
  kNone = 0,
  kNation = 1,
  kRegion = 2,
  kCluster = 3,
  kProvince = 4,
  kCity = 5,
  kHome = 6,       // 全市, 我省: the report's own area
  kResidence = 7,  // 城镇, 乡村
  kPartner = 8,    // trading partners
  kDistrict = 9,   // 市区, 五县: a part that every city has
};

enum class Qualifier : uint8_t { kExact, kAbout, kAlmost, kOver, kRange };

std::string_view ToString(MentionKind kind);  // "NUMBER", the proto's enumerator without its prefix
std::string_view ToString(Qualifier qualifier);

// A span of the text that reads as one of the kinds above.  A report holds one every sixty bytes,
// so the size counts: the order of the members leaves no gaps, and what few mentions have is boxed.
struct Mention {
  MentionKind kind = MentionKind::kNumber;

  // kNumber.
  Qualifier qualifier = Qualifier::kExact;
  UnitKind unit_kind = UnitKind::kNone;
  bool signed_digits = false;  // a plus or minus sign was printed
  bool bare = false;           // no unit was printed beside it
  bool has_scale = false;      // 万, 亿 … was printed
  // Printed in Chinese numerals or as a fraction: 三成, 两千万, 三分之二, 1/2.  Small counts are
  // often words (三大, 一批), so whoever makes figures of these looks at unit and scale first.
  bool spelled = false;
  bool ordinal = false;    // kLabel: counts places in an order: 第三
  int8_t scale_power = 0;  // scale and unit multiplied the printed digits by ten to this power

  // kPeriod.
  bool relative = false;  // 上年同期, 上月: what a change is measured against

  // Others.
  AreaLevel area_level = AreaLevel::kNone;
  Cue cue = Cue::kNone;
  int8_t sign = 0;            // kDirection and some cues: +1 rise, above; -1 fall, below
  bool of_rate = false;       // kDirection: moves a rate, not a level: 加快, 收窄
  bool of_magnitude = false;  // kDirection: moves the size of a rise or fall: 扩大, 收窄
  bool behind = false;        // kHedge: stands behind its number

  int32_t sentence = -1;  // index into Document::sentences; -1 in a table cell
  int32_t table = -1;     // index into Document::tables, and
  int32_t cell = -1;      // into its cells; -1 in prose
  TextRange range;        // into Document::text: the number with its unit, without hedges

  // kNumber; of kLabel the value alone, where the label is an ordinal: 第一百.
  TextRange digits;    // the number alone
  Rational value;      // in the base unit, unsigned unless a minus sign is printed
  Decimal quantum;     // worth of the last printed place, in the base unit; 0 for an exact fraction
                       // (三分之二)
  Text unit;           // "CNY", "%", "pp", "倍", "台", "CNY/吨"; empty for a bare number
  Text unit_ucum;      // the UCUM code of the unit, where there is one
  Rational range_end;  // of 20—30: value is the lower end; qualifier is kRange

  // kPeriod.
  Boxed<Period> period;  // nullopt when no year could be found
  // The printed period without its year: "-1/1-12" for the whole of last year, "0/1-2" for January
  // and February.  Tells periods apart where no year is known; empty for other mentions.
  Text period_key;

  // kArea and others: the canonical name in the lexicon, e.g. 东部地区 for 东部.
  Text canonical;
  Text code;  // ISO 3166-2 of an area, where there is one

  // "NUMBER 2463亿元 = 246300000000 CNY ±100000000 @12..21", one line.
  std::string DebugString(const Document& document) const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_MENTION_H_
