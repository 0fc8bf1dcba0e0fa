#include "services/mention/period_lexer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/mention/magnitude.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using lexicon::Lexicon;
using lexicon::PeriodRole;
using lexicon::PeriodWordInfo;
using Year = PeriodExpression::Year;
using Span = PeriodExpression::Span;
using Unit = PeriodExpression::Unit;

constexpr int32_t kRepublicYear = 1911;  // the year before its first
constexpr int32_t kCenturyPivot = 50;    // 49年 is 2049, 50年 is 1950

// A cursor that reads the words of a period one by one.
class Reader {
 public:
  Reader(std::string_view text, size_t at, const Lexicon& lexicon)
      : text_(text), at_(at), lexicon_(lexicon) {}

  size_t at() const { return at_; }
  void Reset(size_t at) { at_ = at; }
  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }
  bool AtEnd() const { return at_ >= text_.size(); }

  // The period word at the cursor, over up to two blanks.
  Lexicon::Match<PeriodWordInfo> Peek() const {
    // Many rules ask at one place.
    if (at_ == peeked_at_) return peeked_;
    const size_t start = SkipBlanks(text_, at_, 2);
    peeked_ = start >= text_.size() ? Lexicon::Match<PeriodWordInfo>{}
                                    : lexicon_.LongestPeriodWord(text_.substr(start));
    peeked_at_ = at_;
    return peeked_;
  }
  // Reads a period word of `role`; the cursor stays when none stands there.
  bool Word(PeriodRole role) {
    const auto word = Peek();
    return word && word.info->role == role && Take(word);
  }
  bool Word(PeriodRole role, int32_t& value) {
    const auto word = Peek();
    if (!word || word.info->role != role) return false;
    value = word.info->value;
    return Take(word);
  }

  bool Char(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // Reads 1 to `max_digits` digits that are not part of a longer number, over up to two blanks.
  bool Digits(int max_digits, int32_t& value) {
    size_t i = SkipBlanks(text_, at_, 2);
    const size_t start = i;
    value = 0;
    while (DigitAt(text_, i) && i - start < static_cast<size_t>(max_digits))
      value = value * 10 + (text_[i++] - '0');
    if (i == start || DigitAt(text_, i)) return false;
    at_ = i;
    return true;
  }

  // Reads one or two digits, or a Chinese numeral from 一 to 九十九.
  bool Number(int32_t& value) {
    const size_t before = at_;
    if (Digits(2, value)) return true;
    at_ = before;
    return Numeral(value);
  }

  // Reads a Chinese numeral from 一 to 九十九, and no part of a larger one.
  bool Numeral(int32_t& value) {
    size_t i = SkipBlanks(text_, at_, 2);
    value = 0;
    bool ten = false, unit = false;
    while (const auto numeral = NumeralAt(text_, i, lexicon_)) {
      const lexicon::NumeralInfo& info = *numeral.info;
      if (info.power == 1 && !ten) {
        value = unit ? value * 10 : 10;
        ten = true;
        unit = false;
      } else if (info.power == 0 && info.value > 9 && !ten && !unit) {
        value = info.value;
        ten = true;
      } else if (info.power == 0 && info.value > 0 && info.value <= 9 && !unit && !info.some) {
        value += info.value;
        unit = true;
      } else {
        return false;
      }
      i += numeral.size;
    }
    if (value == 0) return false;
    at_ = i;
    return true;
  }

  // Reads `min` to `max` Chinese digits in a row: 二〇二四.  `zero`: whether it begins with one.
  bool Row(int min, int max, int32_t& value, bool& zero) {
    size_t i = at_;
    value = 0;
    zero = false;
    int count = 0;
    while (const auto numeral = NumeralAt(text_, i, lexicon_)) {
      const lexicon::NumeralInfo& info = *numeral.info;
      if (count == max || info.power > 0 || info.value > 9 || info.some || info.counting)
        return false;
      if (count == 0) zero = info.value == 0;
      value = value * 10 + info.value;
      ++count;
      i += numeral.size;
    }
    if (count < min) return false;
    at_ = i;
    return true;
  }

  // Two digits of a month range without a word between: 七八月.
  bool MonthPair(int32_t& first, int32_t& last) {
    const size_t before = at_;
    bool zero = false;
    int32_t value = 0;
    if (Row(2, 2, value, zero) && value % 10 == value / 10 + 1) {
      first = value / 10;
      last = value % 10;
      return true;
    }
    at_ = before;
    return false;
  }

  // Whether a longer word than the period word at the cursor begins there: 前景 for 前.
  bool LongerWord() const {
    const auto word = Peek();
    return word && LongerWordAt(text_, at_, word.size, lexicon_);
  }

  // Whether a character of running text follows.
  bool TextFollows() const {
    return at_ < text_.size() && static_cast<uint8_t>(text_[at_]) >= 0xE3 &&
           static_cast<uint8_t>(text_[at_]) < 0xEF && rest().substr(0, 2) != "\xE3\x80";
  }

 private:
  bool Take(const Lexicon::Match<PeriodWordInfo>& word) {
    at_ = SkipBlanks(text_, at_, 2) + word.size;
    return true;
  }

  std::string_view text_;
  size_t at_;
  const Lexicon& lexicon_;
  mutable size_t peeked_at_ = std::string_view::npos;  // where `peeked_` was looked for
  mutable Lexicon::Match<PeriodWordInfo> peeked_;
};

bool ValidMonth(int32_t month) { return month >= 1 && month <= 12; }
bool ValidDay(int32_t day) { return day >= 1 && day <= 31; }
bool ValidYear(int32_t year) { return year >= 1900 && year <= 2100; }

// 底 or 末 behind a month or quarter.
void ReadEnd(Reader& reader, PeriodExpression& period) {
  if (reader.Word(PeriodRole::kEnd)) period.point = true;
}

// What may stand behind a month: a day, days, 上旬, 上半月, 前4天, 最后五天, 末.
void ReadWithinMonth(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t value = 0;
  if (reader.Word(PeriodRole::kTenDays, value)) {
    period.start_day = 10 * value - 9;
    period.end_day = value == 3 ? PeriodExpression::kLastDay : 10 * value;
    return;
  }
  if (reader.Word(PeriodRole::kHalfMonth, value)) {
    period.start_day = value == 1 ? 1 : 16;
    period.end_day = value == 1 ? 15 : PeriodExpression::kLastDay;
    return;
  }
  if (reader.Word(PeriodRole::kFirst) && reader.Number(value) && ValidDay(value) &&
      reader.Word(PeriodRole::kDays)) {
    period.start_day = 1;
    period.end_day = value;
    return;
  }
  reader.Reset(start);
  if (reader.Word(PeriodRole::kLastOf) && reader.Number(value) && ValidDay(value) &&
      reader.Word(PeriodRole::kDays)) {
    period.last_days = value;
    return;
  }
  reader.Reset(start);
  if (reader.Number(value) && ValidDay(value)) {
    // 八月十五 at the end of a clause; two characters of a numeral are six bytes.
    const bool spelled_day = !reader.TextFollows() && reader.at() - start >= 6;
    if (reader.Word(PeriodRole::kDay) || spelled_day) {
      period.start_day = period.end_day = value;
      const size_t behind = reader.at();
      int32_t end_day = 0;
      if (reader.Word(PeriodRole::kTo) && reader.Number(end_day) && ValidDay(end_day) &&
          end_day > value && reader.Word(PeriodRole::kDay)) {
        period.end_day = end_day;
        return;
      }
      reader.Reset(behind);
      return;
    }
  }
  reader.Reset(start);
  ReadEnd(reader, period);
}

// 1—2月份, 3月, 3月末, 4月2日, 3月28日至30日; with the reader behind what fits.
bool ReadMonths(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t first = 0, last = 0;
  if (reader.MonthPair(first, last) && reader.Word(PeriodRole::kMonth)) {
    period.start_month = first;
    period.end_month = last;
    ReadEnd(reader, period);
    return true;
  }
  reader.Reset(start);
  if (!reader.Number(first) || !ValidMonth(first)) return reader.Reset(start), false;
  if (reader.Word(PeriodRole::kMonth)) {
    period.start_month = period.end_month = first;
    ReadWithinMonth(reader, period);
    return true;
  }
  if (reader.Word(PeriodRole::kTo) && reader.Number(last) && ValidMonth(last) && last > first) {
    if (reader.Word(PeriodRole::kMonth)) {
      period.start_month = first;
      period.end_month = last;
      ReadEnd(reader, period);
      return true;
    }
    // 1-2、1-3、1-4月: the months of a list, with the word at its end alone.
    const size_t behind = reader.at();
    std::string_view rest = reader.rest();
    constexpr std::string_view kListComma = "、";
    if (rest.substr(0, kListComma.size()) == kListComma) {
      reader.Reset(behind + kListComma.size());
      int32_t next_first = 0, next_last = 0;
      // One step of look-ahead is enough: a list that ends without 月 is no list of months, and is
      // rare.
      if (reader.Digits(2, next_first) && ValidMonth(next_first) && reader.Word(PeriodRole::kTo) &&
          reader.Digits(2, next_last) && ValidMonth(next_last) && next_first == first &&
          next_last > last) {
        reader.Reset(behind);
        period.start_month = first;
        period.end_month = last;
        period.months_only = true;
        return true;
      }
    }
  }
  reader.Reset(start);
  return false;
}

// 第一季度, 上半年, 前三季度, 前5个月, 全年, 第九个月, 最后四个月.
bool ReadPartOfYear(Reader& reader, PeriodExpression& period, bool behind_year) {
  const size_t start = reader.at();
  auto span = [&](int32_t first, int32_t last) {
    period.start_month = first;
    period.end_month = last;
    return true;
  };
  int32_t count = 0;
  const auto word = reader.Peek();
  if (word) {
    switch (word.info->role) {
      case PeriodRole::kFirstHalf:
        return reader.Word(PeriodRole::kFirstHalf), span(1, 6);
      case PeriodRole::kSecondHalf:
        return reader.Word(PeriodRole::kSecondHalf), span(7, 12);
      case PeriodRole::kWholeYear:
        return reader.Word(PeriodRole::kWholeYear), span(1, 12);
      case PeriodRole::kYearEnd:
        reader.Word(PeriodRole::kYearEnd);
        period.point = true;
        return span(1, 12);
      case PeriodRole::kYearStart:
        reader.Word(PeriodRole::kYearStart);
        period.point = period.point_at_start = true;
        return span(1, 12);
      case PeriodRole::kFirst:
        if (reader.Word(PeriodRole::kFirst) && reader.Number(count)) {
          if (count >= 1 && count <= 4 && reader.Word(PeriodRole::kQuarter))
            return span(1, 3 * count);
          if (ValidMonth(count) &&
              (reader.Word(PeriodRole::kMonths) || reader.Word(PeriodRole::kMonth))) {
            return span(1, count);
          }
        }
        return reader.Reset(start), false;
      case PeriodRole::kQuarterLetter:
        if (reader.Word(PeriodRole::kQuarterLetter) && reader.Digits(1, count) && count >= 1 &&
            count <= 4 && (reader.Word(PeriodRole::kQuarter) || behind_year)) {
          return span(3 * count - 2, 3 * count);
        }
        return reader.Reset(start), false;
      case PeriodRole::kFirstMonth:
        if (!behind_year) return false;
        return reader.Word(PeriodRole::kFirstMonth), span(1, 1);
      case PeriodRole::kLastOf:
        if (behind_year && reader.Word(PeriodRole::kLastOf) && reader.Number(count) &&
            ValidMonth(count) &&
            (reader.Word(PeriodRole::kMonths) || reader.Word(PeriodRole::kMonth))) {
          return span(13 - count, 12);
        }
        return reader.Reset(start), false;
      default:
        break;
    }
  }
  const bool ordinal = reader.Word(PeriodRole::kOrdinal);
  if (reader.Number(count) && ValidMonth(count)) {
    if (count <= 4 && reader.Word(PeriodRole::kQuarter)) {
      ReadEnd(reader, period);
      return span(3 * count - 2, 3 * count);
    }
    if (ordinal && behind_year && reader.Word(PeriodRole::kMonths)) return span(count, count);
  }
  reader.Reset(start);
  return false;
}

// What may follow a year: part of it, its end, or nothing.
bool ReadWithinYear(Reader& reader, PeriodExpression& period) {
  const size_t behind = reader.at();
  if (ReadMonths(reader, period) || ReadPartOfYear(reader, period, true)) return true;
  reader.Reset(behind);
  if (reader.Word(PeriodRole::kEnd)) {
    period.point = true;
    return true;
  }
  // 2021年的最后4个月.
  if (reader.Word(PeriodRole::kOf) && ReadPartOfYear(reader, period, true)) return true;
  reader.Reset(behind);
  return false;
}

// Reads 年, 年末 or 年初 behind the digits of a year, and what stands within it.  `sure`: the
// digits are a year even if nothing follows 年.
bool ReadYearWord(Reader& reader, PeriodExpression& period, bool sure) {
  if (reader.Word(PeriodRole::kYearEnd)) {  // 2023年底 is 2023 + 年底
    period.point = true;
    return true;
  }
  if (reader.Word(PeriodRole::kYearStart)) {
    period.point = period.point_at_start = true;
    return true;
  }
  if (!reader.Word(PeriodRole::kYear)) return false;
  return ReadWithinYear(reader, period) || sure;
}

void SetYear(int32_t year, PeriodExpression& period) {
  period.year_kind = Year::kPrinted;
  period.year = year;
}

// 2024年…, 2021—2025年, 2017-05-15, 2024/4/7, 2024Q1.
bool ReadDigitYear(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t year = 0;
  if (!reader.Digits(4, year) || !ValidYear(year)) return reader.Reset(start), false;
  SetYear(year, period);
  const size_t behind_digits = reader.at();
  if (ReadYearWord(reader, period, true)) return true;
  reader.Reset(behind_digits);
  for (const char separator : {'-', '/', '.'}) {
    int32_t month = 0, day = 0;
    if (reader.Char(separator) && reader.Digits(2, month) && ValidMonth(month) &&
        reader.Char(separator) && reader.Digits(2, day) && ValidDay(day)) {
      period.start_month = period.end_month = month;
      period.start_day = period.end_day = day;
      return true;
    }
    reader.Reset(behind_digits);
  }
  int32_t end_year = 0;
  if (reader.Word(PeriodRole::kTo) && reader.Digits(4, end_year) && ValidYear(end_year) &&
      end_year > year && reader.Word(PeriodRole::kYear)) {
    period.end_year_kind = Year::kPrinted;
    period.end_year = end_year;
    return true;
  }
  reader.Reset(behind_digits);
  const auto word = reader.Peek();
  if (word && word.info->role == PeriodRole::kQuarterLetter &&
      ReadPartOfYear(reader, period, true)) {
    return true;
  }
  reader.Reset(start);
  period = {};
  return false;
}

// 1999.08-2002.02, 2008.03-2009: months with a point, in a range alone; one by itself is a number.
bool ReadPointedMonths(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t year = 0, month = 0, end_year = 0, end_month = 12;
  const auto two_digits = [&](int32_t& value) {
    const size_t before = reader.at();
    return reader.Digits(2, value) && reader.at() == before + 2 && ValidMonth(value);
  };
  if (reader.Digits(4, year) && ValidYear(year) && reader.Char('.') && two_digits(month) &&
      reader.Word(PeriodRole::kTo) && reader.Digits(4, end_year) && ValidYear(end_year)) {
    const size_t behind = reader.at();
    if (!(reader.Char('.') && two_digits(end_month))) {
      end_month = 12;
      reader.Reset(behind);
    }
    if (end_year * 12 + end_month > year * 12 + month) {
      SetYear(year, period);
      period.start_month = month;
      period.end_month = end_month;
      period.end_year_kind = Year::kPrinted;
      period.end_year = end_year;
      return true;
    }
  }
  reader.Reset(start);
  return false;
}

// 08年, 98年4月, 二〇二四年, 零八年, 公元一八三五年, 民國112年.
bool ReadOtherYear(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t year = 0;
  bool zero = false;
  const auto accept = [&](int32_t value, bool sure) {
    SetYear(value, period);
    if (ReadYearWord(reader, period, sure)) return true;
    period = {};
    reader.Reset(start);
    return false;
  };
  const bool republic = reader.Word(PeriodRole::kRepublic);
  if (republic || reader.Word(PeriodRole::kEra)) {
    const size_t behind = reader.at();
    const int digits = republic ? 3 : 4;
    if (!reader.Digits(digits, year)) {
      reader.Reset(behind);
      if (!reader.Row(1, digits, year, zero)) {
        reader.Reset(behind);
        if (!reader.Numeral(year)) return reader.Reset(start), false;
      }
    }
    if (year == 0) return reader.Reset(start), false;
    return accept(republic ? kRepublicYear + year : year, true);
  }
  if (reader.Row(4, 4, year, zero) && ValidYear(year)) return accept(year, true);
  reader.Reset(start);
  const std::string_view rest = reader.rest();
  if (DigitAt(rest, 0) && DigitAt(rest, 1) && !DigitAt(rest, 2)) {
    reader.Digits(2, year);
    zero = rest[0] == '0';
  } else if (!reader.Row(2, 2, year, zero)) {
    return reader.Reset(start), false;
  }
  return accept(year + (year < kCenturyPivot ? 2000 : 1900), zero);
}

// 十九世纪七十年代, 上世纪90年代, 90年代.
bool ReadCentury(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t century = 0, decade = 0;
  bool named = true;
  if (reader.Word(PeriodRole::kLastCentury)) {
    century = 20;
  } else if (!(reader.Number(century) && century >= 1 && century <= 21 &&
               reader.Word(PeriodRole::kCentury))) {
    named = false;
    reader.Reset(start);
  }
  const size_t behind = reader.at();
  if (reader.Number(decade) && decade < 100 && decade % 10 == 0 &&
      reader.Word(PeriodRole::kDecade)) {
    if (!named) century = decade >= kCenturyPivot ? 20 : 21;
    SetYear((century - 1) * 100 + decade, period);
    period.end_year_kind = Year::kPrinted;
    period.end_year = period.year + 9;
    return true;
  }
  reader.Reset(named ? behind : start);
  if (!named) return false;
  SetYear((century - 1) * 100 + 1, period);
  period.end_year_kind = Year::kPrinted;
  period.end_year = century * 100;
  return true;
}

// 今年, 去年12月.
bool ReadRelativeYear(Reader& reader, PeriodExpression& period) {
  const auto word = reader.Peek();
  if (!word) return false;
  Year kind = Year::kOpen;
  switch (word.info->role) {
    case PeriodRole::kThisYear:
      kind = Year::kThis;
      break;
    case PeriodRole::kLastYear:
    case PeriodRole::kYearBefore:
      kind = Year::kLast;
      period.of_spoken = word.info->role == PeriodRole::kYearBefore;
      break;
    case PeriodRole::kYearBeforeLast:
      kind = Year::kBeforeLast;
      break;
    case PeriodRole::kNextYear:
      kind = Year::kNext;
      break;
    default:
      return false;
  }
  reader.Word(word.info->role);
  period.year_kind = kind;
  ReadWithinYear(reader, period);
  return true;
}

// 上月, 下月九号, 本月上旬, 上半月.
bool ReadRelativeMonth(Reader& reader, PeriodExpression& period) {
  const auto word = reader.Peek();
  if (!word) return false;
  switch (word.info->role) {
    case PeriodRole::kLastMonth:
      period.month_offset = -1;
      break;
    case PeriodRole::kThisMonth:
      break;
    case PeriodRole::kNextMonth:
      period.month_offset = 1;
      break;
    case PeriodRole::kHalfMonth:
      period.month_relative = true;
      ReadWithinMonth(reader, period);
      return true;
    default:
      return false;
  }
  reader.Word(word.info->role);
  period.month_relative = true;
  ReadWithinMonth(reader, period);
  return true;
}

// The unit of a count of time; 月 alone counts months in Chinese numerals only (近三月).
bool ReadUnit(Reader& reader, bool spelled, Unit& unit) {
  const auto word = reader.Peek();
  if (!word) return false;
  switch (word.info->role) {
    case PeriodRole::kYear:
      unit = Unit::kYear;
      break;
    case PeriodRole::kMonths:
      unit = Unit::kMonth;
      break;
    case PeriodRole::kMonth:
      if (!spelled) return false;
      unit = Unit::kMonth;
      break;
    case PeriodRole::kWeeks:
      unit = Unit::kWeek;
      break;
    case PeriodRole::kDays:
      unit = Unit::kDay;
      break;
    default:
      return false;
  }
  return reader.Word(word.info->role);
}

// 近五年, 过去十年, 未来5年, 昨天, 上周, 本季度.
bool ReadSpan(Reader& reader, PeriodExpression& period) {
  const auto word = reader.Peek();
  if (!word) return false;
  const size_t start = reader.at();
  switch (word.info->role) {
    case PeriodRole::kRelativeDay:
      period.unit = Unit::kDay;
      break;
    case PeriodRole::kRelativeWeek:
      period.unit = Unit::kWeek;
      break;
    case PeriodRole::kRelativeQuarter:
      period.unit = Unit::kQuarter;
      break;
    case PeriodRole::kPast:
      period.span = Span::kPast;
      break;
    case PeriodRole::kRecent:
      period.span = Span::kRecent;
      break;
    case PeriodRole::kComing:
      period.span = Span::kComing;
      break;
    default:
      return false;
  }
  reader.Word(word.info->role, period.count);
  if (period.span == Span::kNone) {
    period.span = Span::kWhole;
    return true;
  }
  const bool spelled = !reader.AtEnd() && !IsDigit(reader.rest()[0]);
  if (reader.Number(period.count) && ReadUnit(reader, spelled, period.unit)) return true;
  period = {};
  reader.Reset(start);
  return false;
}

// 5年前, 三个月以前.
bool ReadAgo(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  if (reader.Number(period.count) && ReadUnit(reader, false, period.unit)) {
    const auto word = reader.Peek();
    const size_t behind = reader.at();
    if (word && (word.info->role == PeriodRole::kAgo || word.info->role == PeriodRole::kFirst) &&
        !reader.LongerWord() && reader.Word(word.info->role)) {
      // 三年前三季度 begins another period.
      int32_t next = 0;
      const size_t end = reader.at();
      const bool more = reader.Number(next);
      reader.Reset(end);
      if (!more) {
        period.span = Span::kAgo;
        return true;
      }
    }
    reader.Reset(behind);
  }
  period = {};
  reader.Reset(start);
  return false;
}

// “十四五”期间; the reader stands behind the opening quotation mark.
bool ReadPlan(Reader& reader, std::string_view text, const Lexicon& lexicon,
              PeriodExpression& period) {
  int32_t plan = 0;
  const size_t size = LexPlanName(text, reader.at(), lexicon, plan);
  if (size == 0) return false;
  const size_t start = reader.at();
  reader.Reset(start + size);
  for (const std::string_view quote : {"”", "」", "\""}) {
    if (reader.rest().substr(0, quote.size()) == quote) {
      reader.Reset(reader.at() + quote.size());
      break;
    }
  }
  const bool end = reader.Word(PeriodRole::kEnd);
  if (!end && !reader.Word(PeriodRole::kPlanTime)) {
    const auto word = reader.Peek();
    if (!word || word.info->role != PeriodRole::kSince) return reader.Reset(start), false;
  }
  // The first two began in 1953 and 1958, the third in 1966.
  SetYear(plan < 3 ? 1948 + 5 * plan : 1951 + 5 * plan, period);
  period.end_year_kind = Year::kPrinted;
  period.end_year = period.year + 4;
  period.point = end;
  return true;
}

// One period, or one end of a range.
bool ReadPoint(Reader& reader, PeriodExpression& period) {
  return ReadDigitYear(reader, period) || ReadOtherYear(reader, period) ||
         ReadRelativeYear(reader, period) || ReadMonths(reader, period) ||
         ReadPartOfYear(reader, period, false);
}

int32_t Rank(const PeriodExpression& period) {
  switch (period.year_kind) {
    case Year::kBeforeLast:
      return -2;
    case Year::kLast:
      return -1;
    case Year::kNext:
      return 1;
    case Year::kPrinted:
      return period.year;
    default:
      return 0;
  }
}

// 去年12月至今年2月, 2008年——2018年, 6月1日-6月30日: the second end goes into `period`.
void ReadRangeEnd(Reader& reader, PeriodExpression& period) {
  if (period.across_years() || period.months_only || period.last_days > 0) return;
  const size_t behind = reader.at();
  reader.Word(PeriodRole::kBound);
  PeriodExpression end;
  if (!reader.Word(PeriodRole::kTo) || !ReadPoint(reader, end) || end.across_years() ||
      end.months_only) {
    return reader.Reset(behind);
  }
  const bool same_year = end.year_kind == Year::kOpen;
  const bool same_sort =
      period.within_year() == end.within_year() && (period.start_day > 0) == (end.start_day > 0);
  const bool printed = period.year_kind == Year::kPrinted;
  const bool comparable = same_year || printed == (end.year_kind == Year::kPrinted);
  const auto place = [](int32_t year, int32_t month, int32_t day) {
    return (year * 12 + month) * 32 + day;
  };
  const bool rises = place(same_year ? Rank(period) : Rank(end), end.end_month, end.end_day) >
                     place(Rank(period), period.end_month, period.end_day);
  if ((!same_sort && !(period.point_at_start && end.within_year())) || !comparable || !rises ||
      (same_year && !end.within_year())) {
    return reader.Reset(behind);
  }
  if (!same_year) {
    period.end_year_kind = end.year_kind;
    period.end_year = end.year;
  }
  if (period.point_at_start) {
    period.start_month = 1;
  }
  period.end_month = end.end_month;
  period.end_day = end.end_day;
  if (period.start_day == 0 && end.end_day > 0) period.start_day = 1;
  period.point = period.point_at_start = false;
  reader.Word(PeriodRole::kBound);
}

// A quick look: behind digits or numerals a word or sign of periods must stand.
bool MayBegin(std::string_view text, size_t at, const Lexicon& lexicon) {
  size_t i = at;
  if (IsDigit(text[at])) {
    while (DigitAt(text, i) && i - at < 5) ++i;
    if (i - at > 4 || i >= text.size()) return false;
    if (text[i] == '.' || text[i] == '/') return i - at == 4;
  } else {
    int count = 0;
    while (const auto numeral = NumeralAt(text, i, lexicon)) {
      i += numeral.size;
      if (++count > 5) return false;
    }
    if (count == 0) return lexicon.LongestPeriodWord(text.substr(at)).size > 0;
    if (count == 3) return true;  // 十四五
  }
  i = SkipBlanks(text, i, 2);
  return i < text.size() && lexicon.LongestPeriodWord(text.substr(i)).size > 0;
}

}  // namespace

size_t LexPlanName(std::string_view text, size_t at, const Lexicon& lexicon, int32_t& plan) {
  // 十X五, and 十五 and 二十五 no more than 五 alone: the ordinal is 10 + X.
  const auto ten = NumeralAt(text, at, lexicon);
  if (!ten || ten.info->power != 1 || ten.info->formal) return 0;
  size_t i = at + ten.size;
  const auto digit = NumeralAt(text, i, lexicon);
  if (!digit || digit.info->power > 0 || digit.info->value < 1 || digit.info->value > 9 ||
      digit.info->formal || digit.info->some || digit.info->counting) {
    return 0;
  }
  i += digit.size;
  const auto five = NumeralAt(text, i, lexicon);
  if (!five || five.info->power > 0 || five.info->value != 5 || five.info->formal) return 0;
  i += five.size;
  if (NumeralAt(text, i, lexicon) || UnitAt(text, i, lexicon)) return 0;
  if (at > 0) {
    const std::string_view before = CodePointBefore(text, at);
    if (NumeralAt(text, at - before.size(), lexicon)) return 0;
  }
  plan = 10 + digit.info->value;
  return i - at;
}

PeriodExpression LexPeriod(std::string_view text, size_t at, const Lexicon& lexicon) {
  PeriodExpression period;
  // Nearly every place of a text starts no period; one look says so.
  if (at >= text.size()) return period;
  const bool digit = IsDigit(text[at]);
  if (!digit &&
      (lexicon.SortsAt(text.substr(at)) & (Lexicon::kPeriodWord | Lexicon::kNumeral)) == 0)
    return period;
  if (!MayBegin(text, at, lexicon)) return period;
  Reader reader(text, at, lexicon);
  const bool as_of = !digit && reader.Word(PeriodRole::kAsOf);
  bool found = false;
  if (as_of && reader.Word(PeriodRole::kNow)) {
    period.span = Span::kWhole;
    period.size = reader.at() - at;
    return period;
  }
  if (ReadPointedMonths(reader, period) || ReadCentury(reader, period) ||
      ReadPlan(reader, text, lexicon, period)) {
    found = true;
  } else if (ReadPoint(reader, period)) {
    found = true;
    ReadRangeEnd(reader, period);
  } else {
    found =
        ReadRelativeMonth(reader, period) || ReadSpan(reader, period) || ReadAgo(reader, period);
  }
  if (!found) return {};
  reader.Word(PeriodRole::kSince);
  if (as_of) period.point = true;
  period.size = reader.at() - at;
  return period;
}

std::string PeriodExpression::Key() const {
  if (span != Span::kNone) {
    return absl::StrCat("span", static_cast<int>(span), "/", static_cast<int>(unit), "/", count);
  }
  std::string key;
  if (month_relative) {
    key = absl::StrCat("month", month_offset);
    if (start_day > 0) absl::StrAppend(&key, "/", start_day, "-", end_day);
    if (last_days > 0) absl::StrAppend(&key, "/-", last_days);
    return key;
  }
  int distance = 0;
  if (year_kind == Year::kLast) distance = -1;
  if (year_kind == Year::kBeforeLast) distance = -2;
  if (year_kind == Year::kNext) distance = 1;
  key = year_kind == Year::kPrinted ? absl::StrCat(year, "/") : absl::StrCat(distance, "/");
  absl::StrAppend(&key, std::max(start_month, 1), "-", end_month > 0 ? end_month : 12);
  if (start_day > 0) absl::StrAppend(&key, "/", start_day, "-", end_day);
  if (last_days > 0) absl::StrAppend(&key, "/-", last_days);
  if (point) absl::StrAppend(&key, point_at_start ? "<" : ">");
  return key;
}

namespace {

// The year of one end; 0 when the anchor is needed and missing.
int32_t YearOf(Year kind, int32_t printed, int32_t anchor_year) {
  if (kind == Year::kPrinted) return printed;
  if (anchor_year == 0) return 0;
  switch (kind) {
    case Year::kLast:
      return anchor_year - 1;
    case Year::kBeforeLast:
      return anchor_year - 2;
    case Year::kNext:
      return anchor_year + 1;
    default:
      return anchor_year;
  }
}

absl::CivilDay LastDay(absl::CivilMonth month) { return absl::CivilDay(month + 1) - 1; }

// The days of `expression` between two months; nullopt for days that they do not have.
std::optional<core::Period> Between(const PeriodExpression& expression, absl::CivilMonth first,
                                    absl::CivilMonth last) {
  core::Period period;
  period.start = absl::CivilDay(first) + (std::max(expression.start_day, 1) - 1);
  if (absl::CivilMonth(period.start) != first) return std::nullopt;  // 2月30日
  if (expression.end_day == 0 || expression.end_day == PeriodExpression::kLastDay) {
    period.end = LastDay(last);
  } else {
    period.end = absl::CivilDay(last) + (expression.end_day - 1);
    if (absl::CivilMonth(period.end) != last) return std::nullopt;
  }
  if (expression.last_days > 0) period.start = period.end - (expression.last_days - 1);
  if (expression.point) {
    if (expression.point_at_start) {
      period.end = period.start;
    } else {
      period.start = period.end;
    }
  }
  return period;
}

// The same day of another month, or the last one that it has.
absl::CivilDay MonthsFrom(absl::CivilDay day, int64_t months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  return std::min(absl::CivilDay(month) + (day.day() - 1), LastDay(month));
}

absl::CivilDay Moved(absl::CivilDay day, Unit unit, int64_t count) {
  switch (unit) {
    case Unit::kDay:
      return day + count;
    case Unit::kWeek:
      return day + 7 * count;
    case Unit::kMonth:
      return MonthsFrom(day, count);
    case Unit::kQuarter:
      return MonthsFrom(day, 3 * count);
    case Unit::kYear:
      return MonthsFrom(day, 12 * count);
  }
  return day;
}

}  // namespace

std::optional<core::Period> ResolvePeriod(const PeriodExpression& expression, int32_t anchor_year) {
  if (expression.month_relative || expression.span != Span::kNone) return std::nullopt;
  const int32_t year = YearOf(expression.year_kind, expression.year, anchor_year);
  if (year == 0) return std::nullopt;
  const int32_t end_year = expression.across_years()
                               ? YearOf(expression.end_year_kind, expression.end_year, anchor_year)
                               : year;
  if (end_year == 0) return std::nullopt;
  return Between(expression,
                 absl::CivilMonth(year, expression.start_month > 0 ? expression.start_month : 1),
                 absl::CivilMonth(end_year, expression.end_month > 0 ? expression.end_month : 12));
}

core::Period ResolveSpan(const PeriodExpression& expression, absl::CivilDay day) {
  const Unit unit = expression.unit;
  const int64_t count = expression.count;
  core::Period period;
  switch (expression.span) {
    case Span::kWhole: {
      absl::CivilDay first = day;
      if (unit == Unit::kWeek) first = absl::PrevWeekday(day + 1, absl::Weekday::monday);
      if (unit == Unit::kQuarter)
        first = absl::CivilDay(absl::CivilMonth(day.year(), (day.month() - 1) / 3 * 3 + 1));
      period.start = Moved(first, unit, count);
      period.end = Moved(period.start, unit, 1) - 1;
      break;
    }
    case Span::kPast:
      period.start = Moved(day, unit, -count);
      period.end = day - 1;
      break;
    case Span::kRecent:
      period.start = Moved(day, unit, -count);
      period.end = day;
      break;
    case Span::kComing:
      period.start = day;
      period.end = Moved(day, unit, count) - 1;
      break;
    case Span::kAgo:
    case Span::kNone:
      period.start = period.end = Moved(day, unit, -count);
      break;
  }
  period.assumed = true;
  return period;
}

std::optional<core::Period> ResolveMonth(const PeriodExpression& expression,
                                         absl::CivilMonth month) {
  return Between(expression, month + expression.month_offset, month + expression.month_offset);
}

}  // namespace crossfoot::mention
