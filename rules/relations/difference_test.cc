#include "rules/relations/difference.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "core/decimal.h"
#include "core/mention.h"
#include "core/rational.h"
#include "core/verdict.h"
#include "rules/relations/twin.h"

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Qualifier;
using core::Rational;
using core::Reading;
using core::Verdict;

Operand Points(int64_t tenths) { return {Rational(Decimal(tenths, -1)), Decimal(1, -1)}; }

TEST(DifferenceTest, AgreesWithTwin) {
  Draw draw(6);
  int seen[4] = {};
  for (int i = 0; i < 2000; ++i) {
    const Operand a = draw.Printed(-300, 300, -2, 1);
    const Operand b = draw.Printed(-300, 300, -2, 1);
    const Operand delta = draw.Near(a.value - b.value, -2, 1);
    const Function subtract = [](const Numbers& values) -> std::optional<Number> {
      return Number(values[0] - values[1]);
    };
    const std::vector<Operand> others = {a, b};
    const Outcome outcome = CheckDifference(delta, a, b);
    const Verdict twin = TwinEquation(delta, others, subtract);
    ASSERT_EQ(outcome.verdict, twin) << ToText({delta}) << " = " << ToText(others);
    ++seen[static_cast<int>(twin)];
    const std::optional<Ends> range = RangeOf(others, Reading::kRounded, subtract);
    ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo);
    ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi);
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(DifferenceTest, PrintedRatesSubtractExactly) {
  EXPECT_EQ(CheckDifference(Points(8), Points(76), Points(68)).verdict, Verdict::kExact);
  EXPECT_EQ(CheckDifference(Points(-8), Points(68), Points(76)).verdict, Verdict::kExact);
  const Outcome off = CheckDifference(Points(9), Points(76), Points(68));
  EXPECT_EQ(off.verdict, Verdict::kWithinRounding);
  EXPECT_EQ(off.expected, Points(8).value);
  EXPECT_TRUE(off.imbalance.zero());
}

TEST(DifferenceTest, ALostSignIsInconsistent) {
  const Outcome outcome = CheckDifference(Points(8), Points(68), Points(76));
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(145, -2)));
}

TEST(DifferenceTest, HedgedGaps) {
  Operand over{Rational(18), Decimal(1), Qualifier::kOver};
  EXPECT_EQ(CheckDifference(over, Points(256), Points(65)).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckDifference(over, Points(236), Points(65)).verdict, Verdict::kInconsistent);
}

}  // namespace
}  // namespace crossfoot::rules
