#include "core/rational.h"

#include <utility>

#include "absl/status/status.h"

namespace crossfoot::core {
namespace {

Decimal Times(const Decimal& number, const CompactInteger& factor) {
  return Decimal(number.compact_coefficient() * factor, number.exponent());
}

Integer PowerOfTen(uint32_t power) { return pow(Integer(10), power); }

// Counts and removes the factor 5.
uint32_t TakeFives(Integer& number) {
  uint32_t count = 0;
  Integer quotient;
  Integer remainder;
  while (true) {
    divide_qr(number, Integer(5), quotient, remainder);
    if (!remainder.is_zero()) return count;
    number.swap(quotient);
    ++count;
  }
}

// Counts and removes the factor 2.
uint32_t TakeTwos(Integer& number) {
  const auto count = static_cast<uint32_t>(lsb(number));
  number >>= count;
  return count;
}

bool IsInteger(std::string_view text, bool sign_allowed) {
  if (sign_allowed && !text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Rational::Rational(Decimal numerator, CompactInteger denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {
  if (numerator_.zero()) {
    denominator_ = 1;
  } else if (denominator_.sign() < 0) {
    denominator_ = -denominator_;
    numerator_ = -numerator_;
  }
}

absl::StatusOr<Rational> Rational::Parse(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    absl::StatusOr<Decimal> number = Decimal::Parse(text);
    if (!number.ok()) return number.status();
    return Rational(*std::move(number));
  }
  const std::string_view above = text.substr(0, slash);
  const std::string_view below = text.substr(slash + 1);
  if (!IsInteger(above, /*sign_allowed=*/true) || !IsInteger(below, /*sign_allowed=*/false)) {
    return absl::InvalidArgumentError("not a fraction: expected integers, as in -2/3");
  }
  absl::StatusOr<Decimal> numerator = Decimal::Parse(above);
  if (!numerator.ok()) return numerator.status();
  absl::StatusOr<Decimal> denominator = Decimal::Parse(below);
  if (!denominator.ok()) return denominator.status();
  if (denominator->zero()) return absl::InvalidArgumentError("a fraction with denominator 0");
  return Rational(*std::move(numerator), denominator->coefficient());
}

bool Rational::decimal() const {
  if (denominator_.one()) return true;
  Integer rest = denominator() / gcd(numerator_.coefficient(), denominator());
  TakeTwos(rest);
  TakeFives(rest);
  return rest == 1;
}

std::string Rational::ToString() const {
  if (denominator_.one()) return numerator_.ToString();
  const Integer divisor = gcd(numerator_.coefficient(), denominator_.value());
  Integer numerator = numerator_.coefficient() / divisor;
  Integer denominator = denominator_.value() / divisor;
  Integer rest = denominator;
  const uint32_t twos = TakeTwos(rest);
  const uint32_t fives = TakeFives(rest);
  if (rest == 1) {
    const uint32_t places = twos > fives ? twos : fives;
    return Decimal(Integer(numerator * (PowerOfTen(places) / denominator)),
                   numerator_.exponent() - static_cast<int32_t>(places))
        .ToString();
  }
  const int32_t exponent = numerator_.exponent();
  if (exponent > 0) {
    numerator *= PowerOfTen(static_cast<uint32_t>(exponent));
  } else if (exponent < 0) {
    denominator *= PowerOfTen(static_cast<uint32_t>(-exponent));
  }
  const Integer common = gcd(numerator, denominator);
  return Integer(numerator / common).str() + "/" + Integer(denominator / common).str();
}

Decimal Rational::RoundedTo(int places) const {
  Integer numerator = abs(numerator_.coefficient());
  Integer denominator = denominator_.value();
  const int shift = numerator_.exponent() + places;
  if (shift > 0) {
    numerator *= PowerOfTen(static_cast<uint32_t>(shift));
  } else if (shift < 0) {
    denominator *= PowerOfTen(static_cast<uint32_t>(-shift));
  }
  Integer rounded = (2 * numerator + denominator) / (2 * denominator);
  if (sign() < 0) rounded.backend().negate();
  return Decimal(std::move(rounded), -places);
}

Rational operator+(const Rational& a, const Rational& b) {
  if (a.denominator_ == b.denominator_) {
    return Rational(a.numerator_ + b.numerator_, a.denominator_);
  }
  if (a.denominator_.one()) {
    return Rational(Times(a.numerator_, b.denominator_) + b.numerator_, b.denominator_);
  }
  if (b.denominator_.one()) {
    return Rational(a.numerator_ + Times(b.numerator_, a.denominator_), a.denominator_);
  }
  // The least common denominator keeps long sums of fractions small.
  const Integer common = gcd(a.denominator(), b.denominator());
  const CompactInteger a_factor(Integer(b.denominator() / common));
  const CompactInteger b_factor(Integer(a.denominator() / common));
  return Rational(Times(a.numerator_, a_factor) + Times(b.numerator_, b_factor),
                  a.denominator_ * a_factor);
}

Rational operator-(const Rational& a, const Rational& b) {
  if (a.denominator_ == b.denominator_) {
    return Rational(a.numerator_ - b.numerator_, a.denominator_);
  }
  return a + -b;
}

Rational operator*(const Rational& a, const Rational& b) {
  Decimal numerator = a.numerator_ * b.numerator_;
  if (b.denominator_.one()) return Rational(std::move(numerator), a.denominator_);
  if (a.denominator_.one()) return Rational(std::move(numerator), b.denominator_);
  return Rational(std::move(numerator), a.denominator_ * b.denominator_);
}

Rational operator/(const Rational& a, const Rational& b) {
  // a / (c * 10^e / d) = a * d * 10^-e / c.
  Decimal numerator = (b.denominator_.one() ? a.numerator_ : Times(a.numerator_, b.denominator_))
                          .TimesPowerOfTen(-b.numerator_.exponent());
  return Rational(std::move(numerator), a.denominator_ * b.numerator_.compact_coefficient());
}

int Compare(const Rational& a, const Rational& b) {
  const int sign = a.sign();
  if (sign != b.sign()) return sign < b.sign() ? -1 : 1;
  if (a.denominator_ == b.denominator_) return Compare(a.numerator_, b.numerator_);
  return Compare(Times(a.numerator_, b.denominator_), Times(b.numerator_, a.denominator_));
}

}  // namespace crossfoot::core
