#ifndef CROSSFOOT_SERVICES_MENTION_PERIOD_LEXER_H_
#define CROSSFOOT_SERVICES_MENTION_PERIOD_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "core/period.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::mention {

// A period as it is printed, before its year is known.
struct PeriodExpression {
  size_t size = 0;  // bytes; 0 when no period stands there

  enum class Year { kOpen, kPrinted, kThis, kLast, kBeforeLast, kNext };
  Year year_kind = Year::kOpen;
  int32_t year = 0;                  // kPrinted
  bool of_spoken = false;            // 上年: kLast, of the year that is spoken of
  Year end_year_kind = Year::kOpen;  // of the second end of a range; kOpen: the same year
  int32_t end_year = 0;              // kPrinted
  int32_t start_month = 0;           // 1 to 12; 0 for the whole year
  int32_t end_month = 0;
  int32_t start_day = 0;        // 1 to 31; 0 for the whole month
  int32_t end_day = 0;          // as start_day; kLastDay when the month's end is meant
  bool point = false;           // one day, the end of the period: 3月末, 截至2月底
  bool point_at_start = false;  // 年初
  bool months_only = false;     // the word 月 is missing: the "1-2" of 较1-2、1-3、1-4月
  int32_t month_offset = 0;     // 上月: -1 from the month that is spoken of; with start_month 0
  bool month_relative = false;  // 上月, 当月
  int32_t last_days = 0;        // of the month: 5 for 最后五天; 0 for all

  static constexpr int32_t kLastDay = 99;

  // A span that counts from the day of the report.
  enum class Span {
    kNone,
    kWhole,   // the day, week or quarter that is `count` away: 昨天, 上周, 本季度
    kPast,    // the `count` units that end the day before: 过去十年
    kRecent,  // that end on the day: 近三年
    kComing,  // that begin on it: 未来5年
    kAgo,     // the one day `count` units before: 5年前
  };
  enum class Unit { kDay, kWeek, kMonth, kQuarter, kYear };
  Span span = Span::kNone;
  Unit unit = Unit::kDay;
  int32_t count = 0;

  // Whether it names a day, month or quarter rather than a whole year.
  bool within_year() const { return start_month > 0; }
  // Whether it is a range of years, or of parts of different years.
  bool across_years() const { return end_year_kind != Year::kOpen; }
  // The same without the year: "0/1-2"; the number before the stroke is the distance to the year
  // that is spoken of.
  std::string Key() const;
  // Same months and days, whatever the year.
  bool SameSpan(const PeriodExpression& other) const {
    return start_month == other.start_month && end_month == other.end_month &&
           start_day == other.start_day && end_day == other.end_day;
  }
};

// Reads the longest period at `at`:
//
//   1—2月份   2024年1—2月   第一季度   上半年   前三季度   前5个月   2023年全年   截至3月底 4月2日
//   2017-05-15   今年以来   去年   二〇二四年三月   08年   去年12月至今年2月   1999.08-2002.02
//   3月中旬 民國112年   2023财年   上世纪90年代   “十四五”期间   近五年   上季度   昨天
//   2024年最后两个月
//
// Months are 1 to 12 and days exist in some year; anything else is no period.  Two digits before 年
// are a year when they begin with 0 or a part of the year follows; they count years otherwise.
PeriodExpression LexPeriod(std::string_view text, size_t at, const lexicon::Lexicon& lexicon);

// Bytes of the name of a five-year plan at `at`: 十四五; 0 when none stands there.  `plan` is then
// its number, 14.
size_t LexPlanName(std::string_view text, size_t at, const lexicon::Lexicon& lexicon,
                   int32_t& plan);

// The days of `expression` when it is spoken in a year: the printed one, or `anchor_year` for 今年
// and for no year. nullopt when the year is needed and `anchor_year` is 0, for dates that do not
// exist, and for what counts from a day or month (`span`, `month_relative`).
std::optional<core::Period> ResolvePeriod(const PeriodExpression& expression, int32_t anchor_year);

// The days of an expression with a `span`, counted from `day`.
core::Period ResolveSpan(const PeriodExpression& expression, absl::CivilDay day);

// The days of a `month_relative` expression when `month` is spoken of; nullopt for days that the
// month does not have.
std::optional<core::Period> ResolveMonth(const PeriodExpression& expression,
                                         absl::CivilMonth month);

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_PERIOD_LEXER_H_
