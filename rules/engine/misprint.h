#ifndef CROSSFOOT_RULES_ENGINE_MISPRINT_H_
#define CROSSFOOT_RULES_ENGINE_MISPRINT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "core/figure.h"
#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// The usual misprints of a number, after the error taxonomies of manual data entry (transposition,
// substitution, omission, insertion, misplaced point).
enum class MisprintKind {
  kSwapped,     // two neighbouring digits exchanged
  kWrongDigit,  // one digit for another
  kPoint,       // the decimal point lost, added or moved by one place
  kLost,        // a digit left out
  kExtra,       // a digit too many
  kScale,       // 万 for 亿 or the other way round
  kSign,        // 增长 for 下降 or the other way round
};

// A number that may have been meant where another is printed.
struct Correction {
  MisprintKind kind;
  std::string digits;    // what to print instead; as printed for the last two kinds
  core::Rational value;  // signed, in the base unit
  core::Decimal quantum;
};

// The power of ten that turns the printed digits of `figure` into its value: 8 for 2178亿元.
// nullopt when it is not printed in digits.
std::optional<int32_t> ScalePower(const core::Figure& figure);

// Every number that one usual misprint turns into the printed number of `figure`, the likeliest
// kinds first.  Empty when it is not printed in digits.  At most about 30 per digit; numbers of
// more than 20 digits have none.
std::vector<Correction> CorrectionsOf(const core::Figure& figure);

// Whether one usual misprint leads from the digits of one number to those of the other.
bool MisprintOf(std::string_view digits, std::string_view other);

// Whether it changes the digits, and not what stands beside them.
inline bool IsOfDigits(MisprintKind kind) {
  return kind != MisprintKind::kScale && kind != MisprintKind::kSign;
}

// "digits swapped" and 相邻两位颠倒.
std::string_view DescribeEn(MisprintKind kind);
std::string_view DescribeZh(MisprintKind kind);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_MISPRINT_H_
