#include "rules/relations/linear_sum.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "core/decimal.h"
#include "core/mention.h"
#include "core/verdict.h"
#include "rules/relations/twin.h"

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Interval;
using core::Qualifier;
using core::Rational;
using core::Reading;
using core::Verdict;

Operand Whole(int64_t value) { return {value, Decimal(1)}; }

void ExpectAgreesWithTwin(Draw& draw, int64_t limit, int lo_place, int hi_place, int seen[4]) {
  std::vector<Operand> parts;
  std::vector<Rational> weights;
  Rational sum;
  for (int64_t count = draw.Int(1, 4); count > 0; --count) {
    parts.push_back(draw.Printed(-limit, limit, lo_place, hi_place));
    weights.push_back(draw.Int(-2, 2));
    sum = sum + parts.back().value * weights.back();
  }
  const Operand total = draw.Near(sum, lo_place, hi_place);
  const Function add = [&weights](const Numbers& values) -> std::optional<Number> {
    Number twin = 0;
    for (size_t i = 0; i < values.size(); ++i) twin += values[i] * ToNumber(weights[i]);
    return twin;
  };
  const Outcome outcome = CheckLinearSum(total, parts, weights);
  const Verdict twin = TwinEquation(total, parts, add);
  ASSERT_EQ(outcome.verdict, twin) << ToText({total}) << " = " << ToText(parts);
  ++seen[static_cast<int>(twin)];
  const std::optional<Ends> range = RangeOf(parts, Reading::kRounded, add);
  ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo);
  ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi);
  ASSERT_EQ(outcome.expected, sum);
}

TEST(LinearSumTest, AgreesWithTwin) {
  Draw draw(2);
  int seen[4] = {};
  for (int i = 0; i < 1000; ++i) ExpectAgreesWithTwin(draw, 30, -1, 0, seen);
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(LinearSumTest, AgreesWithTwinOnHugeOperands) {
  Draw draw(3);
  int seen[4] = {};
  for (int i = 0; i < 200; ++i) {
    ExpectAgreesWithTwin(draw, int64_t{1} << 60, 15, 20, seen);
  }
  EXPECT_GT(seen[static_cast<int>(Verdict::kInconsistent)], 10);
  EXPECT_GT(seen[static_cast<int>(Verdict::kWithinRounding)], 10);
}

TEST(LinearSumTest, ToleratesHalfAQuantumForEachOperand) {
  const std::vector<Operand> parts = {Whole(10), Whole(20), Whole(30)};
  EXPECT_EQ(CheckLinearSum(Whole(60), parts, {}).verdict, Verdict::kExact);
  EXPECT_EQ(CheckLinearSum(Whole(62), parts, {}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(CheckLinearSum(Whole(58), parts, {}).verdict, Verdict::kWithinRounding);
  const Outcome outcome = CheckLinearSum(Whole(65), parts, {});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.left.ToString(), "[64.5, 65.5]");
  EXPECT_EQ(outcome.right.ToString(), "[58.5, 61.5]");
  EXPECT_EQ(outcome.imbalance, Rational(3));
  EXPECT_EQ(outcome.expected, Rational(60));
}

TEST(LinearSumTest, CutOffPartsReachFurtherUp) {
  const std::vector<Operand> parts(8, Whole(10));
  EXPECT_EQ(CheckLinearSum(Whole(84), parts, {}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(CheckLinearSum(Whole(87), parts, {}).verdict, Verdict::kTruncated);
  EXPECT_EQ(CheckLinearSum(Whole(88), parts, {}).verdict, Verdict::kInconsistent);
}

TEST(LinearSumTest, HedgedOperandsBoundTheSum) {
  const Operand over{Rational(50), Decimal(1), Qualifier::kOver};
  const std::vector<Operand> parts = {Whole(10), over};
  EXPECT_EQ(CheckLinearSum(Whole(61), parts, {}).verdict, Verdict::kUndetermined);
  const Outcome outcome = CheckLinearSum(Whole(55), parts, {});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.right.ToString(), "[59.5, ∞)");
  EXPECT_EQ(outcome.imbalance, Rational(4));
}

TEST(LinearSumTest, NoPartsSayNothing) {
  EXPECT_EQ(CheckLinearSum(Whole(5), {}, {}).verdict, Verdict::kUndetermined);
}

TEST(LinearSumTest, ExcessDigitsBlock) {
  const Operand excess{Rational(Decimal(1234, -2)), Decimal(1, -1)};
  EXPECT_EQ(CheckLinearSum(excess, std::vector<Operand>{Whole(12)}, {}).verdict, Verdict::kBlocked);
  EXPECT_EQ(CheckLinearSum(Whole(12), std::vector<Operand>{excess}, {}).verdict, Verdict::kBlocked);
}

TEST(LinearSumTest, StatementsOfAPartIntersect) {
  const std::vector<Operand> total = {Whole(8)};
  const std::vector<Operand> coarse = {{Rational(10), Decimal(10)}, Whole(8)};
  const SumItem item{coarse};
  const Outcome outcome = CheckLinearSum(total, std::vector<SumItem>{item});
  EXPECT_EQ(outcome.verdict, Verdict::kExact);
  EXPECT_EQ(outcome.right.ToString(), "[7.5, 8.5]");
}

TEST(LinearSumTest, ContradictionsBlockWhateverTheDigitsGive) {
  const std::vector<Operand> total = {Whole(8)};
  const std::vector<Operand> contradiction = {Whole(8), Whole(9)};
  EXPECT_EQ(CheckLinearSum(total, std::vector<SumItem>{{contradiction}}).verdict,
            Verdict::kBlocked);
  EXPECT_EQ(CheckLinearSum(contradiction, std::vector<SumItem>{{total}}).verdict,
            Verdict::kBlocked);
  // Cut off, 1.26 and 1.2657 are one number.
  const std::vector<Operand> cut = {{Rational(Decimal(126, -2)), Decimal(1, -2)},
                                    {Rational(Decimal(12657, -4)), Decimal(1, -4)}};
  const std::vector<Operand> same = {{Rational(Decimal(12657, -4)), Decimal(1, -4)}};
  EXPECT_EQ(CheckLinearSum(cut, std::vector<SumItem>{{same}}).verdict, Verdict::kTruncated);
}

}  // namespace
}  // namespace crossfoot::rules
