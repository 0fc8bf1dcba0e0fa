#include "core/period.h"

#include "absl/strings/str_cat.h"

namespace crossfoot::core {
namespace {

// As absl::FormatCivilTime, which is slow: every join on periods asks for this.
void AppendDay(absl::CivilDay day, std::string& text) {
  absl::StrAppend(&text, absl::Dec(day.year(), absl::kZeroPad4), "-",
                  absl::Dec(day.month(), absl::kZeroPad2), "-",
                  absl::Dec(day.day(), absl::kZeroPad2));
}

bool EndsMonth(absl::CivilDay day) { return (day + 1).day() == 1; }

absl::CivilDay YearBeforeOf(absl::CivilDay day) {
  const absl::CivilMonth month(day.year() - 1, day.month());
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return EndsMonth(day) ? last : absl::CivilDay(month) + (day.day() - 1);
}

}  // namespace

bool Period::WholeMonths() const { return start < end && start.day() == 1 && EndsMonth(end); }

Period Period::YearBefore() const {
  // A start that ends a month is a stock's.
  const absl::CivilDay from =
      start.day() == 1 ? absl::CivilDay(start.year() - 1, start.month(), 1) : YearBeforeOf(start);
  return {from, YearBeforeOf(end), assumed};
}

std::string Period::ToString() const {
  std::string text;
  AppendDay(start, text);
  text.push_back('/');
  AppendDay(end, text);
  return text;
}

}  // namespace crossfoot::core
