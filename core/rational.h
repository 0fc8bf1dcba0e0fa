#ifndef CROSSFOOT_CORE_RATIONAL_H_
#define CROSSFOOT_CORE_RATIONAL_H_

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "core/compact_integer.h"
#include "core/decimal.h"

namespace crossfoot::core {

// An exact fraction, for what decimals are not closed under: shares, growth rates, 三分之二.  Kept
// as a decimal over a positive integer and reduced only when printed, since sums of printed figures
// share the denominator 1.
class Rational {
 public:
  Rational() = default;
  Rational(int64_t value) : numerator_(value) {}             // NOLINT: integers are rationals
  Rational(Decimal value) : numerator_(std::move(value)) {}  // NOLINT: decimals are rationals
  // `denominator` must not be zero; its sign moves to the numerator.
  Rational(Decimal numerator, CompactInteger denominator);
  Rational(Decimal numerator, Integer denominator)
      : Rational(std::move(numerator), CompactInteger(std::move(denominator))) {}
  template <std::integral Word>
  Rational(Decimal numerator, Word denominator)
      : Rational(std::move(numerator), Integer(denominator)) {}

  // Reads what `ToString` writes: a decimal, or "n/d" with integers and d > 0.  INVALID_ARGUMENT
  // otherwise, OUT_OF_RANGE beyond the limits of `Decimal::Parse`.
  static absl::StatusOr<Rational> Parse(std::string_view text);

  const Decimal& numerator() const { return numerator_; }
  Integer denominator() const { return denominator_.value(); }
  int sign() const { return numerator_.sign(); }
  bool zero() const { return numerator_.zero(); }
  Rational Abs() const { return Rational(numerator_.Abs(), denominator_); }

  // Whether some finite decimal equals this number.
  bool decimal() const;

  // The exact decimal where there is one, else the reduced fraction: "2/3", "-0.5", "13/7".
  std::string ToString() const;

  // Rounded half away from zero to `places` digits after the point (may be negative): for messages,
  // never for checks.
  Decimal RoundedTo(int places) const;

  Rational operator-() const { return Rational(-numerator_, denominator_); }
  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b);  // b must not be zero
  friend int Compare(const Rational& a, const Rational& b);         // -1, 0, 1
  friend bool operator==(const Rational& a, const Rational& b) { return Compare(a, b) == 0; }
  friend bool operator<(const Rational& a, const Rational& b) { return Compare(a, b) < 0; }
  friend bool operator>(const Rational& a, const Rational& b) { return Compare(a, b) > 0; }
  friend bool operator<=(const Rational& a, const Rational& b) { return Compare(a, b) <= 0; }
  friend bool operator>=(const Rational& a, const Rational& b) { return Compare(a, b) >= 0; }

 private:
  Decimal numerator_;
  CompactInteger denominator_ = 1;  // > 0
};

int Compare(const Rational& a, const Rational& b);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_RATIONAL_H_
