#include "rules/relations/growth.h"

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

TEST(GrowthTest, AgreesWithTwin) {
  Draw draw(5);
  int seen[4] = {};
  for (int i = 0; i < 2000; ++i) {
    const Operand now = draw.Printed(-20, 200, -1, 1);
    const Operand before = draw.Printed(1, 200, -1, 1);
    const Rational expected = Rational(100) * (now.value / before.value - Rational(1));
    const Operand rate = draw.Near(expected, -1, 1);
    const Function grow = [](const Numbers& values) -> std::optional<Number> {
      return Number(100 * (values[0] / values[1] - 1));
    };
    const std::vector<Operand> others = {now, before};
    const Outcome outcome = CheckGrowth(rate, now, before);
    const Verdict twin = TwinEquation(rate, others, grow);
    ASSERT_EQ(outcome.verdict, twin) << ToText({rate}) << " = " << ToText(others);
    ++seen[static_cast<int>(twin)];
    const std::optional<Ends> range = RangeOf(others, Reading::kRounded, grow);
    ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo) << ToText(others);
    ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi) << ToText(others);
    ASSERT_EQ(outcome.expected, expected);
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(GrowthTest, ByChangeAgreesWithTwin) {
  Draw draw(6);
  int seen[4] = {};
  for (int i = 0; i < 6000; ++i) {
    const Operand now = draw.Printed(50, 400, 0, 1);
    Operand change = draw.Printed(2, 40, -1, 0);
    if (draw.Int(0, 1) == 0) change.value = -change.value;
    const Rational expected = Rational(100) * change.value / (now.value - change.value);
    const Operand rate = draw.Near(expected, -1, 1);
    const Function grow = [](const Numbers& values) -> std::optional<Number> {
      return Number(100 * values[1] / (values[0] - values[1]));
    };
    const std::vector<Operand> others = {now, change};
    const Outcome outcome = CheckGrowthByChange(rate, now, change);
    const Verdict twin = TwinEquation(rate, others, grow);
    ASSERT_EQ(outcome.verdict, twin) << ToText({rate}) << " = " << ToText(others);
    ++seen[static_cast<int>(twin)];
    const std::optional<Ends> range = RangeOf(others, Reading::kRounded, grow);
    ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo) << ToText(others);
    ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi) << ToText(others);
    ASSERT_EQ(outcome.expected, expected);
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(GrowthTest, AChangeThatMayBeNothingSaysNothing) {
  const Operand rate{Rational(5), Decimal(1)};
  const Operand now{Rational(100), Decimal(1)};
  EXPECT_EQ(CheckGrowthByChange(rate, now, {Rational(0), Decimal(1)}).verdict,
            Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowthByChange(rate, now, {Rational(100), Decimal(1)}).verdict,
            Verdict::kUndetermined);
}

TEST(GrowthTest, ExactWhenTheDigitsGiveTheRate) {
  const Operand now{Rational(Decimal(626, 2)), Decimal(100)};
  const Operand before{Rational(Decimal(500, 2)), Decimal(100)};
  const Operand rate{Rational(Decimal(252, -1)), Decimal(1, -1)};
  EXPECT_EQ(CheckGrowth(rate, now, before).verdict, Verdict::kExact);
}

TEST(GrowthTest, ABaseThatIsNotPositiveSaysNothing) {
  const Operand rate{Rational(50), Decimal(1)};
  const Operand loss{Rational(-10), Decimal(1)};
  const Operand zero{Rational(0), Decimal(1)};
  const Operand one{Rational(5), Decimal(1)};
  EXPECT_EQ(CheckGrowth(rate, one, loss).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowth(rate, one, zero).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowth(rate, one, Operand{Rational(1), Decimal(2)}).verdict,
            Verdict::kUndetermined);
}

TEST(GrowthTest, HedgesBoundTheRate) {
  const Operand over{Rational(120), Decimal(1), Qualifier::kOver};
  const Operand before{Rational(100), Decimal(1)};
  EXPECT_EQ(CheckGrowth({Rational(25), Decimal(1)}, over, before).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowth({Rational(15), Decimal(1)}, over, before).verdict, Verdict::kInconsistent);
}

}  // namespace
}  // namespace crossfoot::rules
