#include "services/mention/period_lexer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using lexicon::Lexicon;
using lexicon::PeriodRole;

// A cursor that reads the words of a period one by one.
class Reader {
 public:
  Reader(std::string_view text, size_t at, const Lexicon& lexicon)
      : text_(text), at_(at), lexicon_(lexicon) {}

  size_t at() const { return at_; }
  void Reset(size_t at) { at_ = at; }
  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }

  // Reads a period word of `role`, over up to two blanks.
  bool Word(PeriodRole role) {
    const size_t start = SkipBlanks(text_, at_, 2);
    if (start >= text_.size()) return false;
    const auto word = lexicon_.LongestPeriodWord(text_.substr(start));
    if (!word || *word.info != role) return false;
    at_ = start + word.size;
    return true;
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

  // Reads 一 to 十, or one or two digits.
  bool SmallNumber(int32_t& value) {
    const size_t before = at_;
    if (Digits(2, value)) return true;
    at_ = before;
    if (at_ >= text_.size()) return false;
    const auto numeral = lexicon_.LongestNumeral(text_.substr(at_));
    if (!numeral) return false;
    value = *numeral.info;
    at_ += numeral.size;
    return true;
  }

 private:
  std::string_view text_;
  size_t at_;
  const Lexicon& lexicon_;
};

bool ValidMonth(int32_t month) { return month >= 1 && month <= 12; }
bool ValidDay(int32_t day) { return day >= 1 && day <= 31; }

// 1—2月份, 3月, 3月末, 4月2日, 1月至5月, 3月28日至30日; with the reader behind what fits.
bool ReadMonths(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t first = 0, last = 0;
  if (!reader.Digits(2, first) || !ValidMonth(first)) return reader.Reset(start), false;
  if (reader.Word(PeriodRole::kMonth)) {
    period.start_month = period.end_month = first;
    size_t behind = reader.at();
    int32_t day = 0;
    if (reader.Digits(2, day) && ValidDay(day) && reader.Word(PeriodRole::kDay)) {
      period.start_day = period.end_day = day;
      behind = reader.at();
      int32_t end_day = 0;
      if (reader.Word(PeriodRole::kTo) && reader.Digits(2, end_day) && ValidDay(end_day) &&
          end_day > day && reader.Word(PeriodRole::kDay)) {
        period.end_day = end_day;
        return true;
      }
      reader.Reset(behind);
      return true;
    }
    reader.Reset(behind);
    if (reader.Word(PeriodRole::kTo) && reader.Digits(2, last) && ValidMonth(last) &&
        last > first && reader.Word(PeriodRole::kMonth)) {
      period.end_month = last;
      behind = reader.at();
    }
    reader.Reset(behind);
    if (reader.Word(PeriodRole::kEnd)) {
      period.point = true;
    } else {
      reader.Reset(behind);
    }
    return true;
  }
  if (reader.Word(PeriodRole::kTo) && reader.Digits(2, last) && ValidMonth(last) && last > first) {
    if (reader.Word(PeriodRole::kMonth)) {
      period.start_month = first;
      period.end_month = last;
      const size_t behind = reader.at();
      if (reader.Word(PeriodRole::kEnd)) {
        period.point = true;
      } else {
        reader.Reset(behind);
      }
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

// 第一季度, 上半年, 前三季度, 前5个月, 全年.
bool ReadPartOfYear(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  auto span = [&](int32_t first, int32_t last) {
    period.start_month = first;
    period.end_month = last;
    return true;
  };
  if (reader.Word(PeriodRole::kFirstHalf)) return span(1, 6);
  if (reader.Word(PeriodRole::kSecondHalf)) return span(7, 12);
  if (reader.Word(PeriodRole::kWholeYear)) return span(1, 12);
  if (reader.Word(PeriodRole::kYearEnd)) {
    period.point = true;
    return span(1, 12);
  }
  if (reader.Word(PeriodRole::kYearStart)) {
    period.point = period.point_at_start = true;
    return span(1, 12);
  }
  int32_t count = 0;
  if (reader.Word(PeriodRole::kFirst) && reader.SmallNumber(count)) {
    if (count >= 1 && count <= 4 && reader.Word(PeriodRole::kQuarter)) return span(1, 3 * count);
    if (ValidMonth(count) &&
        (reader.Word(PeriodRole::kMonths) || reader.Word(PeriodRole::kMonth))) {
      return span(1, count);
    }
  }
  reader.Reset(start);
  reader.Word(PeriodRole::kOrdinal);
  if (reader.SmallNumber(count) && count >= 1 && count <= 4 && reader.Word(PeriodRole::kQuarter)) {
    const size_t behind = reader.at();
    if (reader.Word(PeriodRole::kEnd)) {
      period.point = true;
    } else {
      reader.Reset(behind);
    }
    return span(3 * count - 2, 3 * count);
  }
  reader.Reset(start);
  return false;
}

// What may follow a year: part of it, its end, or nothing.
void ReadWithinYear(Reader& reader, PeriodExpression& period) {
  const size_t behind = reader.at();
  if (ReadMonths(reader, period) || ReadPartOfYear(reader, period)) return;
  reader.Reset(behind);
  if (reader.Word(PeriodRole::kEnd)) {
    period.point = true;
    return;
  }
  reader.Reset(behind);
}

bool ValidYear(int32_t year) { return year >= 1900 && year <= 2100; }

// 2024年…, 2021—2025年, 2017-05-15, 2024/4/7.
bool ReadPrintedYear(Reader& reader, PeriodExpression& period) {
  const size_t start = reader.at();
  int32_t year = 0;
  if (!reader.Digits(4, year) || !ValidYear(year)) return reader.Reset(start), false;
  period.year_kind = PeriodExpression::Year::kPrinted;
  period.year = year;
  const size_t behind_digits = reader.at();
  if (reader.Word(PeriodRole::kYear) ||
      (reader.Reset(behind_digits), reader.Word(PeriodRole::kYearEnd))) {
    reader.Reset(behind_digits);
    if (reader.Word(PeriodRole::kYearEnd)) {  // 2023年底 is 2023 + 年底
      period.point = true;
      return true;
    }
    reader.Reset(behind_digits);
    if (reader.Word(PeriodRole::kYearStart)) {
      period.point = period.point_at_start = true;
      return true;
    }
    reader.Reset(behind_digits);
    reader.Word(PeriodRole::kYear);
    ReadWithinYear(reader, period);
    return true;
  }
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
    period.end_year = end_year;
    return true;
  }
  reader.Reset(start);
  return false;
}

}  // namespace

PeriodExpression LexPeriod(std::string_view text, size_t at, const Lexicon& lexicon) {
  PeriodExpression period;
  // Nearly every place of a text starts no period; one look says so.
  if (at >= text.size()) return period;
  if (!IsDigit(text[at]) && !lexicon.LongestPeriodWord(text.substr(at)) &&
      !lexicon.LongestNumeral(text.substr(at))) {
    return period;
  }
  Reader reader(text, at, lexicon);
  const bool as_of = reader.Word(PeriodRole::kAsOf);
  const size_t start = reader.at();
  bool found = ReadPrintedYear(reader, period);
  if (!found) {
    period = {};
    reader.Reset(start);
    struct RelativeYear {
      PeriodRole role;
      PeriodExpression::Year kind;
    };
    for (const auto& [role, kind] :
         {RelativeYear{PeriodRole::kThisYear, PeriodExpression::Year::kThis},
          RelativeYear{PeriodRole::kLastYear, PeriodExpression::Year::kLast},
          RelativeYear{PeriodRole::kYearBeforeLast, PeriodExpression::Year::kBeforeLast},
          RelativeYear{PeriodRole::kNextYear, PeriodExpression::Year::kNext}}) {
      if (reader.Word(role)) {
        period.year_kind = kind;
        ReadWithinYear(reader, period);
        found = true;
        break;
      }
      reader.Reset(start);
    }
  }
  if (!found && reader.Word(PeriodRole::kLastMonth)) {
    period.month_relative = found = true;
    period.month_offset = -1;
  }
  if (!found && reader.Word(PeriodRole::kThisMonth)) period.month_relative = found = true;
  if (!found) found = ReadMonths(reader, period) || ReadPartOfYear(reader, period);
  if (!found) return {};
  size_t end = reader.at();
  if (reader.Word(PeriodRole::kSince)) {
    end = reader.at();
  } else {
    reader.Reset(end);
  }
  if (as_of) period.point = true;
  period.size = end - at;
  return period;
}

std::string PeriodExpression::Key() const {
  int distance = 0;
  if (year_kind == Year::kLast) distance = -1;
  if (year_kind == Year::kBeforeLast) distance = -2;
  if (year_kind == Year::kNext) distance = 1;
  if (month_relative) return absl::StrCat("month", month_offset);
  std::string key =
      year_kind == Year::kPrinted ? absl::StrCat(year, "/") : absl::StrCat(distance, "/");
  absl::StrAppend(&key, std::max(start_month, 1), "-", end_month > 0 ? end_month : 12);
  if (start_day > 0) absl::StrAppend(&key, "/", start_day, "-", end_day);
  if (point) absl::StrAppend(&key, point_at_start ? "<" : ">");
  return key;
}

std::optional<core::Period> ResolvePeriod(const PeriodExpression& expression, int32_t anchor_year) {
  if (expression.month_relative) return std::nullopt;
  int32_t year = expression.year;
  if (expression.year_kind != PeriodExpression::Year::kPrinted) {
    if (anchor_year == 0) return std::nullopt;
    year = anchor_year;
    if (expression.year_kind == PeriodExpression::Year::kLast) --year;
    if (expression.year_kind == PeriodExpression::Year::kBeforeLast) year -= 2;
    if (expression.year_kind == PeriodExpression::Year::kNext) ++year;
  }
  const int32_t end_year = expression.end_year > 0 ? expression.end_year : year;
  const int32_t start_month = expression.start_month > 0 ? expression.start_month : 1;
  const int32_t end_month = expression.end_month > 0 ? expression.end_month : 12;
  core::Period period;
  period.start = absl::CivilDay(year, start_month, std::max(expression.start_day, 1));
  period.end = expression.end_day > 0 ? absl::CivilDay(end_year, end_month, expression.end_day)
                                      : absl::CivilDay(absl::CivilMonth(end_year, end_month) + 1) -
                                            1;  // the month's last day
  if (expression.start_day > 0 && period.start.month() != start_month)
    return std::nullopt;  // 2月30日
  if (expression.end_day > 0 && period.end.month() != end_month) return std::nullopt;
  if (expression.point) {
    if (expression.point_at_start) {
      period.end = period.start;
    } else {
      period.start = period.end;
    }
  }
  return period;
}

}  // namespace crossfoot::mention
