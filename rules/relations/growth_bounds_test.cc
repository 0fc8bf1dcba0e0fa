#include "rules/relations/growth_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
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

Operand Rate(int64_t tenths) { return {Rational(Decimal(tenths, -1)), Decimal(1, -1)}; }

// The rate lies between the smallest minimum and the largest maximum of all corners.
Verdict Twin(const Operand& rate, const std::vector<Operand>& parts) {
  const Reading readings[] = {Reading::kPrinted, Reading::kRounded, Reading::kTruncated};
  const Verdict verdicts[] = {Verdict::kExact, Verdict::kWithinRounding, Verdict::kTruncated};
  const Function minimum = [](const Numbers& rates) -> std::optional<Number> {
    return *std::min_element(rates.begin(), rates.end());
  };
  const Function maximum = [](const Numbers& rates) -> std::optional<Number> {
    return *std::max_element(rates.begin(), rates.end());
  };
  for (int i = 0; i < 3; ++i) {
    const Ends ends = ReadEnds(rate, readings[i]);
    if (RangeOf(parts, readings[i], minimum)->lo <= ends.hi &&
        ends.lo <= RangeOf(parts, readings[i], maximum)->hi) {
      return verdicts[i];
    }
  }
  return Verdict::kInconsistent;
}

TEST(GrowthBoundsTest, AgreesWithTwin) {
  Draw draw(11);
  int seen[4] = {};
  for (int i = 0; i < 1500; ++i) {
    const Operand rate = draw.Printed(-30, 30, -1, 1);
    std::vector<Operand> parts;
    for (int64_t count = draw.Int(1, 3); count > 0; --count) {
      parts.push_back(draw.Near(rate.value, -1, 1));
    }
    const Verdict twin = Twin(rate, parts);
    const Outcome outcome = CheckGrowthBounds(rate, parts);
    ASSERT_EQ(outcome.verdict, twin) << ToText({rate}) << " of " << ToText(parts);
    ASSERT_EQ(outcome.imbalance.zero(),
              twin == Verdict::kExact || twin == Verdict::kWithinRounding);
    ++seen[static_cast<int>(twin)];
  }
  for (int count : seen) EXPECT_GT(count, 2);
}

TEST(GrowthBoundsTest, NamesTheNearestBound) {
  const std::vector<Operand> parts = {Rate(31), Rate(82), Rate(-5)};
  EXPECT_EQ(CheckGrowthBounds(Rate(76), parts).verdict, Verdict::kExact);
  const Outcome above = CheckGrowthBounds(Rate(97), parts);
  EXPECT_EQ(above.verdict, Verdict::kInconsistent);
  EXPECT_EQ(above.expected, Rate(82).value);
  EXPECT_EQ(above.right.ToString(), "[-0.55, 8.25]");
  EXPECT_EQ(above.imbalance, Rational(Decimal(14, -1)));
  const Outcome below = CheckGrowthBounds(Rate(-15), parts);
  EXPECT_EQ(below.verdict, Verdict::kInconsistent);
  EXPECT_EQ(below.expected, Rate(-5).value);
  EXPECT_EQ(CheckGrowthBounds(Rate(83), parts).verdict, Verdict::kWithinRounding);
}

TEST(GrowthBoundsTest, OnePartMustHaveTheSameRate) {
  EXPECT_EQ(CheckGrowthBounds(Rate(76), std::vector<Operand>{Rate(76)}).verdict, Verdict::kExact);
  EXPECT_EQ(CheckGrowthBounds({Rational(8), Decimal(1)}, std::vector<Operand>{Rate(76)}).verdict,
            Verdict::kWithinRounding);
  EXPECT_EQ(CheckGrowthBounds(Rate(79), std::vector<Operand>{Rate(76)}).verdict,
            Verdict::kInconsistent);
}

TEST(GrowthBoundsTest, HedgedRates) {
  Operand over{Rational(10), Decimal(1), Qualifier::kOver};
  EXPECT_EQ(CheckGrowthBounds(Rate(120), std::vector<Operand>{Rate(50), over}).verdict,
            Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowthBounds(Rate(80), std::vector<Operand>{Rate(50), over}).verdict,
            Verdict::kWithinRounding);
  EXPECT_EQ(CheckGrowthBounds(Rate(40), std::vector<Operand>{Rate(50), over}).verdict,
            Verdict::kInconsistent);
}

TEST(GrowthBoundsTest, NoPartsSayNothing) {
  EXPECT_EQ(CheckGrowthBounds(Rate(76), {}).verdict, Verdict::kUndetermined);
}

}  // namespace
}  // namespace crossfoot::rules
