#include "rules/relations/threshold.h"

#include <gtest/gtest.h>

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
using core::Verdict;

TEST(ThresholdTest, AgreesWithTwin) {
  Draw draw(14);
  int seen[4] = {};
  for (int i = 0; i < 2000; ++i) {
    const Operand bound =
        draw.Int(0, 1) == 0 ? Operand::Exact(draw.Int(-20, 20)) : draw.Printed(-20, 20, -1, 1);
    const std::vector<Operand> operands = {draw.Near(bound.value, -1, 1), bound};
    const bool at_least = draw.Int(0, 1) == 0;
    const Verdict twin = TwinPredicate(operands, [at_least](const Numbers& values) {
      return at_least ? values[0] >= values[1] : values[0] <= values[1];
    });
    const Outcome outcome =
        CheckThreshold(operands[0], bound, at_least ? Side::kAtLeast : Side::kAtMost);
    ASSERT_EQ(outcome.verdict, twin) << ToText(operands) << " at least: " << at_least;
    ASSERT_EQ(outcome.expected, bound.value);
    ++seen[static_cast<int>(twin)];
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(ThresholdTest, TheBoundItselfCounts) {
  const Operand ten = Operand::Exact(10);
  EXPECT_EQ(CheckThreshold(ten, ten, Side::kAtLeast).verdict, Verdict::kExact);
  EXPECT_EQ(CheckThreshold(ten, ten, Side::kAtMost).verdict, Verdict::kExact);
}

TEST(ThresholdTest, MeasuresTheDistance) {
  const Operand rate{Rational(Decimal(89, -1)), Decimal(1, -1)};
  const Outcome outcome = CheckThreshold(rate, Operand::Exact(10), Side::kAtLeast);
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.right.ToString(), "[10, ∞)");
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(105, -2)));
  EXPECT_EQ(CheckThreshold(rate, Operand::Exact(8), Side::kAtMost).right.ToString(), "(-∞, 8]");
}

TEST(ThresholdTest, HedgedFigures) {
  const Operand over{Rational(90), Decimal(1), Qualifier::kOver};
  EXPECT_EQ(CheckThreshold(over, Operand::Exact(80), Side::kAtLeast).verdict,
            Verdict::kWithinRounding);
  EXPECT_EQ(CheckThreshold(over, Operand::Exact(95), Side::kAtLeast).verdict,
            Verdict::kUndetermined);
  EXPECT_EQ(CheckThreshold(over, Operand::Exact(80), Side::kAtMost).verdict,
            Verdict::kInconsistent);
  EXPECT_EQ(CheckThreshold(Operand::Exact(80), over, Side::kAtLeast).verdict,
            Verdict::kInconsistent);
  EXPECT_EQ(CheckThreshold(Operand::Exact(80), over, Side::kAtMost).verdict,
            Verdict::kWithinRounding);
}

}  // namespace
}  // namespace crossfoot::rules
