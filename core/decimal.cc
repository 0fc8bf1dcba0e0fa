#include "core/decimal.h"

#include <array>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace crossfoot::core {
namespace {

constexpr int kDigitsPerLimb = 18;

// 10^0 … 10^18, the powers that one machine word holds.
constexpr std::array<uint64_t, kDigitsPerLimb + 1> kPowersOfTen = [] {
  std::array<uint64_t, kDigitsPerLimb + 1> powers{};
  uint64_t power = 1;
  for (uint64_t& entry : powers) {
    entry = power;
    power *= 10;
  }
  return powers;
}();

// Multiplies by 10^power.
void ScaleUp(Integer& number, uint32_t power) {
  for (; power > kDigitsPerLimb; power -= kDigitsPerLimb) number *= kPowersOfTen[kDigitsPerLimb];
  if (power > 0) number *= kPowersOfTen[power];
}

// How many places the larger of two exponents must be lowered by; exponents may lie 2^32 apart.
uint32_t Places(int32_t larger, int32_t smaller) {
  return static_cast<uint32_t>(int64_t{larger} - int64_t{smaller});
}

// Adds or subtracts, with the smaller exponent.  Neither is zero.
template <typename Operation>
Decimal Combine(const Decimal& a, const Decimal& b, Operation operation) {
  if (a.exponent() == b.exponent()) {
    return Decimal(operation(a.coefficient(), b.coefficient()), a.exponent());
  }
  if (a.exponent() > b.exponent()) {
    Integer scaled = a.coefficient();
    ScaleUp(scaled, Places(a.exponent(), b.exponent()));
    return Decimal(operation(scaled, b.coefficient()), b.exponent());
  }
  Integer scaled = b.coefficient();
  ScaleUp(scaled, Places(b.exponent(), a.exponent()));
  return Decimal(operation(a.coefficient(), scaled), a.exponent());
}

// Appends decimal digits to a number, a machine word at a time.
class DigitReader {
 public:
  void Append(std::string_view digits) {
    for (char digit : digits) {
      word_ = word_ * 10 + static_cast<uint64_t>(digit - '0');
      if (++word_digits_ == kDigitsPerLimb) Flush();
    }
  }
  Integer Finish() && {
    Flush();
    return std::move(number_);
  }

 private:
  void Flush() {
    if (number_.is_zero()) {
      number_ = word_;
    } else {
      number_ *= kPowersOfTen[word_digits_];
      number_ += word_;
    }
    word_ = 0;
    word_digits_ = 0;
  }

  Integer number_ = 0;
  uint64_t word_ = 0;
  int word_digits_ = 0;
};

// Takes the run of ASCII digits at the front of `text`.
std::string_view TakeDigits(std::string_view& text) {
  size_t size = 0;
  while (size < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[size]))) ++size;
  std::string_view digits = text.substr(0, size);
  text.remove_prefix(size);
  return digits;
}

// Takes a plus or minus sign at the front of `text`; true for a minus.
bool TakeSign(std::string_view& text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
  const bool negative = text[0] == '-';
  text.remove_prefix(1);
  return negative;
}

}  // namespace

Decimal::Decimal(Integer coefficient, int32_t exponent)
    : coefficient_(std::move(coefficient)), exponent_(exponent) {}

absl::StatusOr<Decimal> Decimal::Parse(std::string_view text) {
  std::string_view rest = text;
  const bool negative = TakeSign(rest);
  const std::string_view whole = TakeDigits(rest);
  std::string_view fraction;
  bool valid = !whole.empty();
  if (!rest.empty() && rest[0] == '.') {
    rest.remove_prefix(1);
    fraction = TakeDigits(rest);
    valid = valid && !fraction.empty();
  }
  bool exponent_negative = false;
  std::string_view exponent_digits;
  if (!rest.empty() && (rest[0] == 'e' || rest[0] == 'E')) {
    rest.remove_prefix(1);
    exponent_negative = TakeSign(rest);
    exponent_digits = TakeDigits(rest);
    valid = valid && !exponent_digits.empty();
  }
  if (!valid || !rest.empty()) {
    return absl::InvalidArgumentError("not a decimal number: expected digits, as in -12.5 or 3e8");
  }
  if (whole.size() + fraction.size() > kMaxDigits) {
    return absl::OutOfRangeError(
        absl::StrCat("a decimal number of more than ", kMaxDigits, " digits"));
  }
  int32_t exponent = 0;
  for (char digit : exponent_digits) {
    exponent = exponent * 10 + (digit - '0');
    if (exponent > kMaxExponent) {
      return absl::OutOfRangeError(
          absl::StrCat("a decimal number with an exponent beyond ", kMaxExponent));
    }
  }
  DigitReader reader;
  reader.Append(whole);
  reader.Append(fraction);
  Integer coefficient = std::move(reader).Finish();
  if (negative) coefficient.backend().negate();
  return Decimal(std::move(coefficient), (exponent_negative ? -exponent : exponent) -
                                             static_cast<int32_t>(fraction.size()));
}

Decimal Decimal::Abs() const { return Decimal(abs(coefficient_), exponent_); }

Decimal Decimal::Normalized() const {
  if (zero()) return Decimal();
  Integer coefficient = coefficient_;
  int32_t exponent = exponent_;
  Integer quotient;
  Integer remainder;
  // A number that ends in n zeros is a multiple of 2^n, which bounds the number of tries.
  for (int power : {16, 8, 4, 2, 1}) {
    while (lsb(abs(coefficient)) >= static_cast<size_t>(power)) {
      divide_qr(coefficient, Integer(kPowersOfTen[power]), quotient, remainder);
      if (!remainder.is_zero()) break;
      coefficient.swap(quotient);
      exponent += power;
    }
  }
  return Decimal(std::move(coefficient), exponent);
}

bool Decimal::IsMultipleOf(const Decimal& quantum) const {
  if (zero()) return true;
  if (exponent_ >= quantum.exponent_ && quantum.coefficient_ == 1) return true;
  Integer dividend = coefficient_;
  Integer divisor = quantum.coefficient_;
  if (exponent_ >= quantum.exponent_) {
    ScaleUp(dividend, Places(exponent_, quantum.exponent_));
  } else {
    ScaleUp(divisor, Places(quantum.exponent_, exponent_));
  }
  dividend %= divisor;
  return dividend.is_zero();
}

std::string Decimal::ToString() const {
  const Decimal number = Normalized();
  std::string digits = Integer(abs(number.coefficient_)).str();
  if (number.exponent_ >= 0) {
    digits.append(static_cast<size_t>(number.exponent_), '0');
  } else {
    const size_t places = Places(0, number.exponent_);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  if (number.sign() < 0) digits.insert(0, 1, '-');
  return digits;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.zero()) return b;
  if (b.zero()) return a;
  return Combine(a, b, [](const Integer& x, const Integer& y) { return Integer(x + y); });
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  if (a.zero()) return -b;
  if (b.zero()) return a;
  return Combine(a, b, [](const Integer& x, const Integer& y) { return Integer(x - y); });
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  return Decimal(Integer(a.coefficient_ * b.coefficient_), a.exponent_ + b.exponent_);
}

int Compare(const Decimal& a, const Decimal& b) {
  const int sign = a.sign();
  if (sign != b.sign()) return sign < b.sign() ? -1 : 1;
  if (sign == 0) return 0;
  int order;
  if (a.exponent_ == b.exponent_) {
    order = a.coefficient_.compare(b.coefficient_);
  } else if (a.exponent_ > b.exponent_) {
    Integer scaled = a.coefficient_;
    ScaleUp(scaled, Places(a.exponent_, b.exponent_));
    order = scaled.compare(b.coefficient_);
  } else {
    Integer scaled = b.coefficient_;
    ScaleUp(scaled, Places(b.exponent_, a.exponent_));
    order = a.coefficient_.compare(scaled);
  }
  return (order > 0) - (order < 0);
}

}  // namespace crossfoot::core
