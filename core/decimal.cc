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

CompactInteger ScaledUp(const CompactInteger& number, uint32_t power) {
  if (power <= kDigitsPerLimb) {
    return number * CompactInteger(static_cast<int64_t>(kPowersOfTen[power]));
  }
  Integer scaled = number.value();
  ScaleUp(scaled, power);
  return CompactInteger(std::move(scaled));
}

// How many places the larger of two exponents must be lowered by; exponents may lie 2^32 apart.
uint32_t Places(int32_t larger, int32_t smaller) {
  return static_cast<uint32_t>(int64_t{larger} - int64_t{smaller});
}

// Adds or subtracts, with the smaller exponent.  Neither is zero.
template <typename Operation>
Decimal Combine(const Decimal& a, const Decimal& b, Operation operation) {
  const CompactInteger& x = a.compact_coefficient();
  const CompactInteger& y = b.compact_coefficient();
  if (a.exponent() == b.exponent()) return Decimal(operation(x, y), a.exponent());
  if (a.exponent() > b.exponent()) {
    return Decimal(operation(ScaledUp(x, Places(a.exponent(), b.exponent())), y), b.exponent());
  }
  return Decimal(operation(x, ScaledUp(y, Places(b.exponent(), a.exponent()))), a.exponent());
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
  const size_t digits = whole.size() + fraction.size();
  if (digits > kMaxDigits) {
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
  exponent = (exponent_negative ? -exponent : exponent) - static_cast<int32_t>(fraction.size());
  if (digits <= kDigitsPerLimb) {
    int64_t coefficient = 0;
    for (const char digit : whole) coefficient = coefficient * 10 + (digit - '0');
    for (const char digit : fraction) coefficient = coefficient * 10 + (digit - '0');
    return Decimal(CompactInteger(negative ? -coefficient : coefficient), exponent);
  }
  DigitReader reader;
  reader.Append(whole);
  reader.Append(fraction);
  Integer coefficient = std::move(reader).Finish();
  if (negative) coefficient.backend().negate();
  return Decimal(std::move(coefficient), exponent);
}

Decimal Decimal::Normalized() const {
  if (zero()) return Decimal();
  int32_t exponent = exponent_;
  if (coefficient_.small()) {
    int64_t word = coefficient_.small_value();
    while (word % 10 == 0) {
      word /= 10;
      ++exponent;
    }
    return Decimal(CompactInteger(word), exponent);
  }
  Integer coefficient = coefficient_.value();
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
  if (exponent_ >= quantum.exponent_ && quantum.coefficient_.one()) return true;
  CompactInteger dividend = coefficient_;
  CompactInteger divisor = quantum.coefficient_;
  if (exponent_ >= quantum.exponent_) {
    dividend = ScaledUp(dividend, Places(exponent_, quantum.exponent_));
  } else {
    divisor = ScaledUp(divisor, Places(quantum.exponent_, exponent_));
  }
  if (dividend.small() && divisor.small()) {
    return dividend.small_value() % divisor.small_value() == 0;
  }
  return Integer(dividend.value() % divisor.value()).is_zero();
}

std::string Decimal::ToString() const {
  const Decimal number = Normalized();
  const CompactInteger magnitude = number.coefficient_.Abs();
  std::string digits =
      magnitude.small() ? std::to_string(magnitude.small_value()) : magnitude.value().str();
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
  return Combine(a, b, [](const CompactInteger& x, const CompactInteger& y) { return x + y; });
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  if (a.zero()) return -b;
  if (b.zero()) return a;
  return Combine(a, b, [](const CompactInteger& x, const CompactInteger& y) { return x - y; });
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  return Decimal(a.coefficient_ * b.coefficient_, a.exponent_ + b.exponent_);
}

int Compare(const Decimal& a, const Decimal& b) {
  const int sign = a.sign();
  if (sign != b.sign()) return sign < b.sign() ? -1 : 1;
  if (sign == 0) return 0;
  if (a.exponent_ == b.exponent_) return Compare(a.coefficient_, b.coefficient_);
  if (a.exponent_ > b.exponent_) {
    return Compare(ScaledUp(a.coefficient_, Places(a.exponent_, b.exponent_)), b.coefficient_);
  }
  return Compare(a.coefficient_, ScaledUp(b.coefficient_, Places(b.exponent_, a.exponent_)));
}

}  // namespace crossfoot::core
