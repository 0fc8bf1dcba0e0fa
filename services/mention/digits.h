#ifndef CROSSFOOT_SERVICES_MENTION_DIGITS_H_
#define CROSSFOOT_SERVICES_MENTION_DIGITS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace crossfoot::mention {

// Arabic digits as they are printed: 1,100.5; .77; 4 381 with thin groups.
struct Digits {
  size_t end = 0;     // behind them; where the scan began when no digit stands there
  std::string plain;  // without separators; cut off behind core::Decimal::kMaxDigits + 1 digits
  int whole = 0;      // digits before the point, cut off alike
  int decimals = 0;   // digits behind it
  int points = 0;     // 2 and more: 1.2.3
  bool grouped = false;
};

// Scans the digits at `at`.  A grouping comma stands before exactly three digits.  Time is linear
// in what is read.
Digits ScanDigits(std::string_view text, size_t at);

// The end of `digits`, read at `at`, when blanks or full-width commas group them: 4 381万,
// 82，225.00.  Zero when they do not; the caller must see a unit behind before it believes in the
// groups.
Digits ScanLooseGroups(std::string_view text, size_t at, const Digits& digits);

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_DIGITS_H_
