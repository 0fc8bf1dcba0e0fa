#ifndef CROSSFOOT_SERVICES_MENTION_PERIOD_LEXER_H_
#define CROSSFOOT_SERVICES_MENTION_PERIOD_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/period.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::mention {

// A period as it is printed, before its year is known.
struct PeriodExpression {
  size_t size = 0;  // bytes; 0 when no period stands there

  enum class Year { kOpen, kPrinted, kThis, kLast, kBeforeLast, kNext };
  Year year_kind = Year::kOpen;
  int32_t year = 0;         // kPrinted
  int32_t end_year = 0;     // of 2021—2025年; 0 when the same
  int32_t start_month = 0;  // 1 to 12; 0 for the whole year
  int32_t end_month = 0;
  int32_t start_day = 0;  // 1 to 31; 0 for the whole month
  int32_t end_day = 0;
  bool point = false;           // one day, the end of the period: 3月末, 截至2月底
  bool point_at_start = false;  // 年初
  bool months_only = false;     // the word 月 is missing: the "1-2" of 较1-2、1-3、1-4月
  int32_t month_offset = 0;     // 上月: -1 from the month that is spoken of; with start_month 0
  bool month_relative = false;  // 上月, 当月

  // Whether it names a day, month or quarter rather than a whole year.
  bool within_year() const { return start_month > 0; }
  // The same without the year: "0/1-2"; the number before the stroke is the distance to the year
  // that is spoken of.
  std::string Key() const;
  // Same months and days, whatever the year.
  bool SameSpan(const PeriodExpression& other) const {
    return start_month == other.start_month && end_month == other.end_month &&
           start_day == other.start_day && end_day == other.end_day;
  }
};

// Reads the longest period at `at`: 1—2月份, 2024年1—2月, 第一季度, 上半年, 前三季度, 前5个月,
// 2023年全年, 截至3月底, 4月2日, 2017-05-15, 今年以来, 去年.  Months are 1 to 12 and days exist in
// some year; anything else is no period.
PeriodExpression LexPeriod(std::string_view text, size_t at, const lexicon::Lexicon& lexicon);

// The days of `expression` when it is spoken in a year: the printed one, or `anchor_year` for 今年
// and for no year. nullopt when the year is needed and `anchor_year` is 0, and for dates that do
// not exist.
std::optional<core::Period> ResolvePeriod(const PeriodExpression& expression, int32_t anchor_year);

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_PERIOD_LEXER_H_
