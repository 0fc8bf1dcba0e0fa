#include "core/compact_integer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace crossfoot::core {
namespace {

// Numbers on both sides of every border: zero, the largest that are kept in place, a machine word,
// and beyond.
std::vector<Integer> Borders() {
  std::vector<Integer> numbers;
  for (const Integer& centre : {Integer(0), Integer(CompactInteger::kMaxSmall), Integer(1) << 31,
                                Integer(1) << 63, Integer(1) << 64, Integer(1) << 100}) {
    for (int step = -2; step <= 2; ++step) {
      numbers.push_back(centre + step);
      numbers.push_back(-centre + step);
    }
  }
  return numbers;
}

TEST(CompactIntegerTest, KeepsEveryNumber) {
  for (const Integer& number : Borders()) {
    const CompactInteger compact(number);
    EXPECT_EQ(compact.value(), number);
    EXPECT_EQ(compact.sign(), number.sign());
    EXPECT_EQ(compact.zero(), number.is_zero());
    EXPECT_EQ(compact.one(), number == 1);
    EXPECT_EQ(compact.small(), abs(number) <= CompactInteger::kMaxSmall);
    if (number >= std::numeric_limits<int64_t>::min() &&
        number <= std::numeric_limits<int64_t>::max()) {
      EXPECT_TRUE(CompactInteger(static_cast<int64_t>(number)) == compact) << number;
    }
  }
}

TEST(CompactIntegerTest, AgreesWithBigIntegers) {
  const std::vector<Integer> numbers = Borders();
  for (const Integer& a : numbers) {
    const CompactInteger x(a);
    EXPECT_EQ((-x).value(), -a);
    EXPECT_EQ(x.Abs().value(), abs(a));
    for (const Integer& b : numbers) {
      const CompactInteger y(b);
      EXPECT_EQ((x + y).value(), a + b) << a << " + " << b;
      EXPECT_EQ((x - y).value(), a - b) << a << " - " << b;
      EXPECT_EQ((x * y).value(), a * b) << a << " * " << b;
      EXPECT_EQ(x == y, a == b) << a << " == " << b;
      EXPECT_EQ(Compare(x, y), (a > b) - (a < b)) << a << " <> " << b;
      // What is small by value is small in form, or equal numbers would differ.
      EXPECT_EQ((x - y).small(), abs(Integer(a - b)) <= CompactInteger::kMaxSmall);
    }
  }
}

TEST(CompactIntegerTest, CopiesAndMoves) {
  const Integer large = Integer(1) << 90;
  CompactInteger a(large);
  CompactInteger b = a;
  CompactInteger c = std::move(a);
  EXPECT_EQ(b.value(), large);
  EXPECT_EQ(c.value(), large);
  b = CompactInteger(7);
  c = b;
  EXPECT_EQ(c.value(), 7);
  CompactInteger& same = c;
  c = same;
  EXPECT_EQ(c.value(), 7);
  c = CompactInteger(large);
  c = std::move(b);
  EXPECT_EQ(c.value(), 7);
}

TEST(CompactIntegerTest, TakesOneWord) { EXPECT_EQ(sizeof(CompactInteger), sizeof(int64_t)); }

}  // namespace
}  // namespace crossfoot::core
