#include "core/rational.h"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace crossfoot::core {
namespace {

using boost::multiprecision::cpp_rational;

cpp_rational Twin(const Rational& number) {
  cpp_rational twin(number.numerator().coefficient(), number.denominator());
  for (int i = 0; i < number.numerator().exponent(); ++i) twin *= 10;
  for (int i = 0; i > number.numerator().exponent(); --i) twin /= 10;
  return twin;
}

// Divides by 10 and counts until what is left is whole: only finite decimals end.
bool TwinIsDecimal(cpp_rational number) {
  for (int i = 0; i < 40; ++i) {
    if (denominator(number) == 1) return true;
    number *= 10;
  }
  return false;
}

Rational Parsed(std::string_view text) {
  absl::StatusOr<Rational> number = Rational::Parse(text);
  EXPECT_TRUE(number.ok()) << text << ": " << number.status();
  return number.value_or(Rational());
}

// A number and its slow twin.
struct Pair {
  explicit Pair(Rational rational) : number(std::move(rational)), twin(Twin(number)) {}
  Rational number;
  cpp_rational twin;
};

// The first operation whose result differs from the twin's; empty when all agree.
std::string Disagreement(const Pair& a, const Pair& b) {
  const Rational& x = a.number;
  const Rational& y = b.number;
  if (Twin(x + y) != a.twin + b.twin) return "+";
  if (Twin(x - y) != a.twin - b.twin) return "-";
  if (Twin(x * y) != a.twin * b.twin) return "*";
  if (!y.zero()) {
    const Rational quotient = x / y;
    if (Twin(quotient) != a.twin / b.twin || quotient.denominator() <= 0) return "/";
  }
  const int order = a.twin.compare(b.twin);
  if (Compare(x, y) != (order > 0) - (order < 0)) return "Compare";
  if ((x == y) != (order == 0)) return "==";
  if ((x < y) != (order < 0)) return "<";
  if ((x > y) != (order > 0)) return ">";
  if ((x <= y) != (order <= 0)) return "<=";
  if ((x >= y) != (order >= 0)) return ">=";
  return "";
}

std::string Disagreement(const Pair& a) {
  if (Twin(-a.number) != -a.twin) return "unary -";
  if (Twin(a.number.Abs()) != abs(a.twin)) return "Abs";
  if (a.number.sign() != a.twin.sign()) return "sign";
  if (a.number.zero() != a.twin.is_zero()) return "zero";
  return "";
}

void ExpectPrintsLikeTwin(const Rational& number) {
  const cpp_rational twin = Twin(number);
  SCOPED_TRACE(twin.str());
  EXPECT_EQ(number.decimal(), TwinIsDecimal(twin));
  const std::string text = number.ToString();
  EXPECT_EQ(Parsed(text), number);
  EXPECT_EQ(text.find('/') == std::string::npos, number.decimal());
  if (!number.decimal()) {
    EXPECT_EQ(text, twin.str());
  }
  for (int places = -2; places <= 4; ++places) {
    const Decimal rounded = number.RoundedTo(places);
    cpp_rational unit = 1;
    for (int i = 0; i < places; ++i) unit /= 10;
    for (int i = 0; i > places; --i) unit *= 10;
    const cpp_rational error = abs(cpp_rational(Twin(rounded) - twin));
    EXPECT_TRUE(rounded.IsMultipleOf(Decimal::PowerOfTen(-places)));
    EXPECT_LE(error * 2, unit);
    if (error * 2 == unit) {
      EXPECT_GT(abs(Twin(rounded)), abs(twin));
    }
  }
}

TEST(RationalTest, AgreesWithTwinOnAllSmallOperands) {
  std::vector<Pair> operands;
  for (int coefficient : {-30, -7, -1, 0, 1, 5}) {
    for (int exponent : {-2, 0, 1}) {
      for (int denominator : {-6, 1, 2, 3, 7, 10}) {
        operands.emplace_back(Rational(Decimal(Integer(coefficient), exponent), denominator));
      }
    }
  }
  for (const Pair& a : operands) {
    EXPECT_EQ(Disagreement(a), "") << a.number.ToString();
    ExpectPrintsLikeTwin(a.number);
    for (const Pair& b : operands) {
      EXPECT_EQ(Disagreement(a, b), "") << a.number.ToString() << " and " << b.number.ToString();
    }
  }
}

TEST(RationalTest, AgreesWithTwinOnLargeOperands) {
  std::mt19937_64 random(20231231);
  const auto draw = [&random] {
    Integer coefficient =
        (Integer(random()) << static_cast<unsigned>(random() % 100)) + random() % 1000;
    if (random() % 2 == 0) coefficient = -coefficient;
    Integer denominator =
        random() % 3 == 0 ? Integer(1) : Integer((random() >> (random() % 60)) + 1);
    return Rational(Decimal(coefficient, static_cast<int32_t>(random() % 31) - 15), denominator);
  };
  for (int i = 0; i < 500; ++i) {
    const Pair a(draw());
    EXPECT_EQ(Disagreement(a), "") << a.number.ToString();
    for (const Pair& b : {Pair(draw()), Pair(a.number * Rational(3) / Rational(3))}) {
      EXPECT_EQ(Disagreement(a, b), "") << a.number.ToString() << " and " << b.number.ToString();
    }
    const auto small = static_cast<int64_t>(random() % 100000);
    ExpectPrintsLikeTwin(Rational(Decimal(small), 1 + random() % 1000));
  }
}

TEST(RationalTest, KeepsPrintedFiguresOverOne) {
  const Rational sum =
      Rational(Decimal(2178, 8)) + Rational(Decimal(1291, 7)) - Rational(Decimal(15, 9));
  EXPECT_EQ(sum.denominator(), 1);
  const Rational product = sum * Rational(Decimal(5, -1));
  EXPECT_EQ(product.denominator(), 1);
}

TEST(RationalTest, LongSumsKeepASmallDenominator) {
  Rational sum;
  for (int i = 0; i < 1000; ++i) sum = sum + Rational(1, i % 2 == 0 ? 12 : 18);
  EXPECT_EQ(sum.denominator(), 36);
  EXPECT_EQ(sum.ToString(), "625/9");
}

TEST(RationalTest, PrintsDecimalsAndReducedFractions) {
  EXPECT_EQ((Rational(2) / Rational(3)).ToString(), "2/3");
  EXPECT_EQ((Rational(-26) / Rational(14)).ToString(), "-13/7");
  EXPECT_EQ((Rational(1) / Rational(-8)).ToString(), "-0.125");
  EXPECT_EQ((Rational(Decimal(6, 3)) / Rational(3)).ToString(), "2000");
  EXPECT_EQ((Rational(0) / Rational(-3)).ToString(), "0");
  EXPECT_EQ((Rational(1) / Rational(Decimal(3, 2))).ToString(), "1/300");
}

TEST(RationalTest, ParsesWhatItPrintsAndNothingElse) {
  EXPECT_EQ(Parsed("2/3"), Rational(2) / Rational(3));
  EXPECT_EQ(Parsed("-4/6"), Rational(-2) / Rational(3));
  EXPECT_EQ(Parsed("-5.4"), Rational(Decimal(-54, -1)));
  for (std::string_view text :
       {"", "/", "1/", "/2", "1/0", "1/-2", "1.5/2", "1/2/3", "1e2/3", "1 /2", "a/b", "1/+2"}) {
    EXPECT_EQ(Rational::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_EQ(Rational::Parse("1/" + std::string(Decimal::kMaxDigits + 1, '3')).status().code(),
            absl::StatusCode::kOutOfRange);
}

TEST(RationalTest, RoundsHalfAwayFromZero) {
  EXPECT_EQ(Parsed("2.5").RoundedTo(0), Decimal(3));
  EXPECT_EQ(Parsed("-2.5").RoundedTo(0), Decimal(-3));
  EXPECT_EQ(Parsed("2/3").RoundedTo(2), Decimal(67, -2));
  EXPECT_EQ(Parsed("1250").RoundedTo(-2), Decimal(1300));
  EXPECT_EQ(Parsed("-49").RoundedTo(-2), Decimal(0));
}

}  // namespace
}  // namespace crossfoot::core
