#include "core/decimal.h"

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

// The slow twin: a reduced fraction.
cpp_rational Twin(const Decimal& number) {
  cpp_rational twin(number.coefficient());
  for (int i = 0; i < number.exponent(); ++i) twin *= 10;
  for (int i = 0; i > number.exponent(); --i) twin /= 10;
  return twin;
}

Decimal Parsed(std::string_view text) {
  absl::StatusOr<Decimal> number = Decimal::Parse(text);
  EXPECT_TRUE(number.ok()) << text << ": " << number.status();
  return number.value_or(Decimal());
}

// A number and its slow twin.
struct Pair {
  explicit Pair(Decimal decimal) : number(std::move(decimal)), twin(Twin(number)) {}
  Decimal number;
  cpp_rational twin;
};

// The first operation whose result differs from the twin's; empty when all agree.
std::string Disagreement(const Pair& a, const Pair& b) {
  const Decimal& x = a.number;
  const Decimal& y = b.number;
  if (Twin(x + y) != a.twin + b.twin) return "+";
  if (Twin(x - y) != a.twin - b.twin) return "-";
  if (Twin(x * y) != a.twin * b.twin) return "*";
  const int order = a.twin.compare(b.twin);
  if (Compare(x, y) != (order > 0) - (order < 0)) return "Compare";
  if ((x == y) != (order == 0)) return "==";
  if ((x < y) != (order < 0)) return "<";
  if ((x > y) != (order > 0)) return ">";
  if ((x <= y) != (order <= 0)) return "<=";
  if ((x >= y) != (order >= 0)) return ">=";
  if (y.sign() > 0 && x.IsMultipleOf(y) != (denominator(cpp_rational(a.twin / b.twin)) == 1)) {
    return "IsMultipleOf";
  }
  return "";
}

std::string Disagreement(const Pair& a) {
  if (Twin(-a.number) != -a.twin) return "unary -";
  if (Twin(a.number.Abs()) != abs(a.twin)) return "Abs";
  if (Twin(a.number.Normalized()) != a.twin) return "Normalized";
  if (a.number.sign() != a.twin.sign()) return "sign";
  if (a.number.zero() != a.twin.is_zero()) return "zero";
  return "";
}

TEST(DecimalTest, AgreesWithTwinOnAllSmallOperands) {
  std::vector<Pair> operands;
  for (int coefficient : {-101, -100, -12, -1, 0, 1, 5, 10, 25, 1000}) {
    for (int exponent = -3; exponent <= 3; ++exponent) {
      operands.emplace_back(Decimal(Integer(coefficient), exponent));
    }
  }
  for (const Pair& a : operands) {
    EXPECT_EQ(Disagreement(a), "") << a.number.ToString();
    for (const Pair& b : operands) {
      EXPECT_EQ(Disagreement(a, b), "") << a.number.ToString() << " and " << b.number.ToString();
    }
  }
}

TEST(DecimalTest, AgreesWithTwinOnLargeOperands) {
  std::mt19937_64 random(20240229);
  const auto draw = [&random] {
    Integer coefficient = random();
    for (uint64_t limbs = random() % 4; limbs > 0; --limbs)
      coefficient = (coefficient << 64) + random();
    coefficient >>= static_cast<unsigned>(random() % 60);
    if (random() % 2 == 0) coefficient = -coefficient;
    return Decimal(coefficient, static_cast<int32_t>(random() % 81) - 40);
  };
  for (int i = 0; i < 500; ++i) {
    const Pair a(draw());
    EXPECT_EQ(Disagreement(a), "") << a.number.ToString();
    for (const Pair& b : {Pair(draw()), a, Pair(a.number.TimesPowerOfTen(-3))}) {
      EXPECT_EQ(Disagreement(a, b), "") << a.number.ToString() << " and " << b.number.ToString();
    }
    EXPECT_EQ(Parsed(a.number.ToString()), a.number);
  }
}

TEST(DecimalTest, ParsesPlainAndScientificNotation) {
  EXPECT_EQ(Parsed("2463"), Decimal(2463));
  EXPECT_EQ(Parsed("+5.40"), Decimal(54, -1));
  EXPECT_EQ(Parsed("-0.05"), Decimal(-5, -2));
  EXPECT_EQ(Parsed("000"), Decimal(0));
  EXPECT_EQ(Parsed("-0"), Decimal(0));
  EXPECT_EQ(Parsed("2.14e12"), Decimal(2140000000000));
  EXPECT_EQ(Parsed("3E-2"), Decimal(3, -2));
  EXPECT_EQ(Parsed("1e+2"), Decimal(100));
  EXPECT_EQ(Parsed("123456789012345678901234567890.5").ToString(),
            "123456789012345678901234567890.5");
  EXPECT_EQ(Parsed("100000000000000000000000000000000000000").ToString(),
            "100000000000000000000000000000000000000");
}

TEST(DecimalTest, KeepsTheExponentThatWasPrinted) {
  EXPECT_EQ(Parsed("5.40").exponent(), -2);
  EXPECT_EQ(Parsed("5.40").coefficient(), 540);
  EXPECT_EQ(Parsed("12e3").exponent(), 3);
}

TEST(DecimalTest, RejectsWhatIsNoNumber) {
  for (std::string_view text : {"", "+", "-", ".5", "5.", "1.2.3", "1,000", " 1", "1 ", "e5", "1e",
                                "1e+", "--1", "0x10", "１", "1_0", "NaN"}) {
    EXPECT_EQ(Decimal::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_EQ(Decimal::Parse(std::string_view("1\0", 2)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(DecimalTest, RefusesNumbersBeyondTheLimits) {
  EXPECT_TRUE(Decimal::Parse(std::string(Decimal::kMaxDigits, '9')).ok());
  EXPECT_EQ(Decimal::Parse(std::string(Decimal::kMaxDigits + 1, '9')).status().code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Decimal::Parse("0." + std::string(Decimal::kMaxDigits, '0')).status().code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Parsed("1e128"), Decimal::PowerOfTen(128));
  EXPECT_EQ(Parsed("1e-128"), Decimal::PowerOfTen(-128));
  EXPECT_EQ(Decimal::Parse("1e129").status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Decimal::Parse("1e-99999999999999999999").status().code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Decimal::Parse(std::string(10'000'000, '7')).status().code(),
            absl::StatusCode::kOutOfRange);
}

TEST(DecimalTest, PrintsWithoutExponentAndTrailingZeros) {
  EXPECT_EQ(Decimal(214, 10).ToString(), "2140000000000");
  EXPECT_EQ(Decimal(-540, -2).ToString(), "-5.4");
  EXPECT_EQ(Decimal(5, -3).ToString(), "0.005");
  EXPECT_EQ(Decimal(-5, -1).ToString(), "-0.5");
  EXPECT_EQ(Decimal(1000, -3).ToString(), "1");
  EXPECT_EQ(Decimal(0, 7).ToString(), "0");
  EXPECT_EQ(Decimal(0, -7).ToString(), "0");
}

TEST(DecimalTest, NormalizesToTheFewestDigits) {
  const Decimal number =
      Decimal(Integer("-120000000000000000000000000000000000000000"), -50).Normalized();
  EXPECT_EQ(number.coefficient(), -12);
  EXPECT_EQ(number.exponent(), -10);
  EXPECT_EQ(Decimal(0, 9).Normalized().exponent(), 0);
  // 2^20 ends in no zero although it has many factors 2.
  EXPECT_EQ(Decimal(1 << 20).Normalized().coefficient(), 1 << 20);
}

TEST(DecimalTest, FindsExcessDigits) {
  EXPECT_FALSE(Parsed("12.34").IsMultipleOf(Parsed("0.1")));
  EXPECT_TRUE(Parsed("12.30").IsMultipleOf(Parsed("0.1")));
  EXPECT_TRUE(Parsed("-1200").IsMultipleOf(Parsed("100")));
  EXPECT_FALSE(Parsed("-1234").IsMultipleOf(Parsed("100000")));
  EXPECT_TRUE(Decimal(0).IsMultipleOf(Parsed("100000")));
  EXPECT_TRUE(Parsed("0.75").IsMultipleOf(Parsed("0.25")));
}

}  // namespace
}  // namespace crossfoot::core
