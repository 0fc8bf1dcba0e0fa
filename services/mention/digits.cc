#include "services/mention/digits.h"

#include <algorithm>

#include "core/decimal.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using core::Decimal;

constexpr size_t kKept = Decimal::kMaxDigits + 1;
constexpr std::string_view kLooseCommas[] = {"，", "\xE2\x80\x89", "\xE2\x80\xAF", " "};

// Whether exactly three digits stand at `at`.
bool GroupAt(std::string_view text, size_t at) {
  return DigitAt(text, at) && DigitAt(text, at + 1) && DigitAt(text, at + 2) &&
         !DigitAt(text, at + 3);
}

void Keep(std::string_view more, std::string& plain) {
  if (plain.size() < kKept) plain.append(more.substr(0, kKept - plain.size()));
}

// Reads the point and what follows at `digits.end`.
void ScanDecimals(std::string_view text, Digits& digits) {
  size_t i = digits.end;
  if (i >= text.size() || text[i] != '.' || !DigitAt(text, i + 1)) return;
  digits.points = 1;
  size_t end = i + 1;
  while (DigitAt(text, end)) ++end;
  digits.decimals = static_cast<int>(std::min(end - i - 1, kKept));
  digits.plain.append(text.substr(i, digits.decimals + 1));
  i = end;
  while (i < text.size() && text[i] == '.' && DigitAt(text, i + 1)) {
    ++digits.points;
    ++i;
    while (DigitAt(text, i)) ++i;
  }
  digits.end = i;
}

}  // namespace

Digits ScanDigits(std::string_view text, size_t at) {
  Digits digits;
  size_t i = at;
  while (DigitAt(text, i)) ++i;
  const size_t lead = i - at;
  Keep(text.substr(at, lead), digits.plain);
  if (lead > 0 && lead <= 3) {
    while (i < text.size() && text[i] == ',' && GroupAt(text, i + 1)) {
      Keep(text.substr(i + 1, 3), digits.plain);
      digits.grouped = true;
      i += 4;
    }
  }
  digits.whole = static_cast<int>(digits.plain.size());
  digits.end = i;
  ScanDecimals(text, digits);
  return digits;
}

Digits ScanLooseGroups(std::string_view text, size_t at, const Digits& digits) {
  if (digits.grouped || digits.points > 0 || digits.whole == 0 || digits.whole > 3 ||
      text[at] == '0') {
    return {};
  }
  Digits loose = digits;
  size_t i = digits.end;
  for (const std::string_view comma : kLooseCommas) {
    while (text.substr(std::min(i, text.size()), comma.size()) == comma &&
           GroupAt(text, i + comma.size())) {
      Keep(text.substr(i + comma.size(), 3), loose.plain);
      i += comma.size() + 3;
      loose.grouped = true;
    }
    if (loose.grouped) break;
  }
  if (!loose.grouped) return {};
  loose.whole = static_cast<int>(loose.plain.size());
  loose.end = i;
  ScanDecimals(text, loose);
  return loose;
}

}  // namespace crossfoot::mention
