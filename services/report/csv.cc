#include "services/report/csv.h"

#include <cstddef>

#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

// -5.4, +3, 17050.
bool IsPlainNumber(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  size_t digits = 0, points = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c == '.' && digits > 0) {
      ++points;
    } else {
      return false;
    }
  }
  return digits > 0 && points <= 1 && text.back() != '.';
}

}  // namespace

std::string CsvRecord(const std::vector<std::string>& fields) {
  std::string record;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) record += ',';
    const std::string field = ToValidUtf8(fields[i]);
    const bool blank_ends =
        !field.empty() && (field.front() == ' ' || field.back() == ' ');  // kept by all readers
    if (!blank_ends && field.find_first_of(",\"\r\n") == std::string::npos) {
      record += field;
      continue;
    }
    record += '"';
    for (const char c : field) {
      if (c == '"') record += '"';
      record += c;
    }
    record += '"';
  }
  record += "\r\n";
  return record;
}

std::string WithoutFormula(std::string_view field) {
  for (const std::string_view start :
       {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
    if (field.substr(0, start.size()) != start) continue;
    if (IsPlainNumber(field)) break;
    return "'" + std::string(field);
  }
  return std::string(field);
}

}  // namespace crossfoot::report
