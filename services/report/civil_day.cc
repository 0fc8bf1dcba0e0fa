#include "services/report/civil_day.h"

#include "absl/strings/str_format.h"

namespace crossfoot::report {

std::optional<absl::CivilDay> ParseCivilDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  int part_index = 0;
  for (const char character : text) {
    if (character == '-') {
      ++part_index;
      if (part_index > 2) return std::nullopt;
      continue;
    }
    if (character < '0' || character > '9') return std::nullopt;
    parts[part_index] = parts[part_index] * 10 + (character - '0');
  }
  const absl::CivilDay day(parts[0], parts[1], parts[2]);
  // CivilDay carries days over into months; a day that was carried does not exist.
  if (day.year() != parts[0] || day.month() != parts[1] || day.day() != parts[2]) {
    return std::nullopt;
  }
  return day;
}

std::string FormatCivilDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace crossfoot::report
