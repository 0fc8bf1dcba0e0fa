#include "rules/relations/quotient.h"

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

TEST(QuotientTest, AgreesWithTwin) {
  Draw draw(4);
  int seen[4] = {};
  for (int i = 0; i < 2000; ++i) {
    const Rational scale = draw.Int(0, 1) == 0 ? 1 : 100;
    const Operand numerator = draw.Printed(-60, 60, -1, 1);
    Operand denominator = draw.Printed(1, 60, -1, 1);
    if (draw.Int(0, 3) == 0) denominator.value = -denominator.value;
    const Rational expected = scale * numerator.value / denominator.value;
    const Operand ratio = draw.Near(expected, -2, 0);
    const Function divide = [&scale](const Numbers& values) -> std::optional<Number> {
      return Number(ToNumber(scale) * values[0] / values[1]);
    };
    const std::vector<Operand> others = {numerator, denominator};
    const Outcome outcome = CheckQuotient(ratio, numerator, denominator, scale);
    const Verdict twin = TwinEquation(ratio, others, divide);
    ASSERT_EQ(outcome.verdict, twin) << ToText({ratio}) << " = " << ToText(others);
    ++seen[static_cast<int>(twin)];
    const std::optional<Ends> range = RangeOf(others, Reading::kRounded, divide);
    ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo) << ToText(others);
    ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi) << ToText(others);
    ASSERT_EQ(outcome.expected, expected);
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(QuotientTest, CommonBaseAgreesWithTwin) {
  Draw draw(14);
  int seen[4] = {};
  for (int i = 0; i < 6000; ++i) {
    const Operand part = draw.Printed(20, 400, -1, 1);
    const Operand other_part = draw.Printed(20, 400, -1, 1);
    const Operand other_share = draw.Printed(5, 60, -1, 0);
    const Rational expected = other_share.value * part.value / other_part.value;
    const Operand share = draw.Near(expected, -1, 1);
    const Function imply = [](const Numbers& values) -> std::optional<Number> {
      return Number(values[1] * values[0] / values[2]);
    };
    const std::vector<Operand> others = {part, other_share, other_part};
    const Outcome outcome = CheckCommonBase(share, part, other_share, other_part);
    const Verdict twin = TwinEquation(share, others, imply);
    ASSERT_EQ(outcome.verdict, twin) << ToText({share}) << " = " << ToText(others);
    ++seen[static_cast<int>(twin)];
    const std::optional<Ends> range = RangeOf(others, Reading::kRounded, imply);
    ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo) << ToText(others);
    ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi) << ToText(others);
    ASSERT_EQ(outcome.expected, expected);
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(QuotientTest, TradePartnersOfOneTotal) {
  const Operand first{Rational(Decimal(886, 10)), Decimal::PowerOfTen(10)};
  const Operand first_share{Rational(Decimal(528, -1)), Decimal(1, -1)};
  const Operand second{Rational(Decimal(306, 10)), Decimal::PowerOfTen(10)};
  const Operand second_share{Rational(Decimal(182, -1)), Decimal(1, -1)};
  EXPECT_EQ(CheckCommonBase(second_share, second, first_share, first).verdict,
            Verdict::kWithinRounding);
  const Operand wrong{Rational(Decimal(128, -1)), Decimal(1, -1)};
  EXPECT_EQ(CheckCommonBase(wrong, second, first_share, first).verdict, Verdict::kInconsistent);
}

TEST(QuotientTest, SharesOfAPrintedWhole) {
  const Operand part{Rational(Decimal(2178, 8)), Decimal::PowerOfTen(8)};
  const Operand whole{Rational(Decimal(2463, 8)), Decimal::PowerOfTen(8)};
  const Operand share{Rational(Decimal(884, -1)), Decimal(1, -1)};
  EXPECT_EQ(CheckQuotient(share, part, whole, 100).verdict, Verdict::kWithinRounding);
  const Operand wrong{Rational(Decimal(848, -1)), Decimal(1, -1)};
  const Outcome outcome = CheckQuotient(wrong, part, whole, 100);
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.expected.RoundedTo(1), Decimal(884, -1));
  EXPECT_EQ(outcome.imbalance, outcome.right.lo().value - outcome.left.hi().value);
}

TEST(QuotientTest, HugeOperandsStayExact) {
  const Operand part{Rational(Decimal(1, 60)), Decimal(1)};
  const Operand whole{Rational(Decimal(3, 60)), Decimal(1)};
  EXPECT_EQ(CheckQuotient(Operand::Exact(Rational(1) / Rational(3)), part, whole, 1).verdict,
            Verdict::kExact);
  const Operand off = Operand::Exact(Rational(1) / Rational(3) + Rational(Decimal(1, -58)));
  EXPECT_EQ(CheckQuotient(off, part, whole, 1).verdict, Verdict::kInconsistent);
}

TEST(QuotientTest, ADenominatorThatMayBeZeroSaysNothing) {
  const Operand one{Rational(1), Decimal(1)};
  EXPECT_EQ(CheckQuotient(one, one, Operand{Rational(0), Decimal(1)}, 1).verdict,
            Verdict::kUndetermined);
  EXPECT_EQ(CheckQuotient(one, one, Operand::Exact(0), 1).verdict, Verdict::kUndetermined);
  const Operand wide{Rational(1), Decimal(2)};
  EXPECT_EQ(CheckQuotient(Operand{Rational(3), Decimal(1)}, one, wide, 1).verdict,
            Verdict::kUndetermined);
}

TEST(QuotientTest, HedgesBoundTheRatio) {
  const Operand part{Rational(30), Decimal(1)};
  const Operand almost{Rational(50), Decimal(1), Qualifier::kAlmost};
  const Operand low{Rational(55), Decimal(1)};
  const Operand high{Rational(62), Decimal(1)};
  EXPECT_EQ(CheckQuotient(low, part, almost, 100).verdict, Verdict::kInconsistent);
  EXPECT_EQ(CheckQuotient(high, part, almost, 100).verdict, Verdict::kUndetermined);
}

}  // namespace
}  // namespace crossfoot::rules
