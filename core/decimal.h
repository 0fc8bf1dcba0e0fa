#ifndef CROSSFOOT_CORE_DECIMAL_H_
#define CROSSFOOT_CORE_DECIMAL_H_

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "core/compact_integer.h"

namespace crossfoot::core {

// An exact decimal number: coefficient * 10^exponent.  The only type that ever holds a reported
// number; binary floating point is never involved.
//
//   Decimal level = Decimal::Parse("2.14").value().TimesPowerOfTen(12);  // 2140000000000
//
// Equal numbers compare equal whatever their exponents: 5.40 == 5.4.  A value type; +, - and * are
// exact and cannot fail; there is no division (see Rational).
class Decimal {
 public:
  // Longest number that `Parse` reads, in digits, and the largest absolute exponent after an "e".
  // Printed statistics have fewer than twenty digits; the limit keeps hostile input linear.
  static constexpr int kMaxDigits = 128;
  static constexpr int kMaxExponent = 128;

  Decimal() = default;
  Decimal(int64_t value) : coefficient_(value) {}  // NOLINT: integers are decimals
  Decimal(CompactInteger coefficient, int32_t exponent)
      : coefficient_(std::move(coefficient)), exponent_(exponent) {}
  Decimal(Integer coefficient, int32_t exponent)
      : Decimal(CompactInteger(std::move(coefficient)), exponent) {}
  template <std::integral Word>
  Decimal(Word coefficient, int32_t exponent) : Decimal(Integer(coefficient), exponent) {}

  // Reads [+-]digits[.digits][(e|E)[+-]digits].  INVALID_ARGUMENT for anything else, OUT_OF_RANGE
  // beyond the limits.
  static absl::StatusOr<Decimal> Parse(std::string_view text);

  // 10^exponent.
  static Decimal PowerOfTen(int32_t exponent) { return Decimal(CompactInteger(1), exponent); }

  Integer coefficient() const { return coefficient_.value(); }
  const CompactInteger& compact_coefficient() const { return coefficient_; }
  int32_t exponent() const { return exponent_; }

  int sign() const { return coefficient_.sign(); }  // -1, 0, 1
  bool zero() const { return coefficient_.zero(); }

  Decimal Abs() const { return Decimal(coefficient_.Abs(), exponent_); }
  Decimal TimesPowerOfTen(int32_t power) const { return Decimal(coefficient_, exponent_ + power); }

  // The same number with the fewest digits in the coefficient; zero has exponent 0.
  Decimal Normalized() const;

  // Whether this is a whole multiple of `quantum`, which must be positive: 12.34 is no multiple of
  // 0.1 ("excess digits" of XBRL Calculations 1.1).
  bool IsMultipleOf(const Decimal& quantum) const;

  // Plain notation without an exponent and without trailing zeros after the point: "2140000000000",
  // "-5.4", "0".
  std::string ToString() const;

  Decimal operator-() const { return Decimal(-coefficient_, exponent_); }
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  friend int Compare(const Decimal& a, const Decimal& b);  // -1, 0, 1
  friend bool operator==(const Decimal& a, const Decimal& b) { return Compare(a, b) == 0; }
  friend bool operator<(const Decimal& a, const Decimal& b) { return Compare(a, b) < 0; }
  friend bool operator>(const Decimal& a, const Decimal& b) { return Compare(a, b) > 0; }
  friend bool operator<=(const Decimal& a, const Decimal& b) { return Compare(a, b) <= 0; }
  friend bool operator>=(const Decimal& a, const Decimal& b) { return Compare(a, b) >= 0; }

 private:
  CompactInteger coefficient_;
  int32_t exponent_ = 0;
};

int Compare(const Decimal& a, const Decimal& b);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_DECIMAL_H_
