#include "rules/relations/order.h"

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
using core::Reading;
using core::Verdict;

Operand Rate(int64_t tenths) { return {Rational(Decimal(tenths, -1)), Decimal(1, -1)}; }

// Each pair on its own: descending numbers exist when every earlier upper end reaches every later
// lower one.
Verdict Twin(const std::vector<Operand>& figures) {
  const Reading readings[] = {Reading::kPrinted, Reading::kRounded, Reading::kTruncated};
  const Verdict verdicts[] = {Verdict::kExact, Verdict::kWithinRounding, Verdict::kTruncated};
  for (int i = 0; i < 3; ++i) {
    bool holds = true;
    for (size_t later = 0; later < figures.size(); ++later) {
      for (size_t earlier = 0; earlier < later; ++earlier) {
        const Operand& a = figures[earlier];
        const Operand& b = figures[later];
        holds = holds && ReadEnds(a, readings[i]).hi >= ReadEnds(b, readings[i]).lo;
        if (a.quantum == b.quantum) holds = holds && a.value >= b.value;
      }
    }
    if (holds) return verdicts[i];
  }
  return Verdict::kInconsistent;
}

TEST(OrderTest, AgreesWithTwin) {
  Draw draw(15);
  int seen[4] = {};
  for (int i = 0; i < 3000; ++i) {
    std::vector<Operand> figures = {draw.Printed(-30, 30, -1, 0)};
    for (int64_t count = draw.Int(1, 3); count > 0; --count) {
      const Rational step = draw.Int(0, 2);
      figures.push_back(draw.Near(figures.back().value - step, -1, 1));
    }
    const Verdict twin = Twin(figures);
    const Outcome outcome = CheckOrder(figures);
    ASSERT_EQ(outcome.verdict, twin) << ToText(figures);
    ASSERT_EQ(!outcome.imbalance.zero() && twin != Verdict::kTruncated,
              twin == Verdict::kInconsistent)
        << ToText(figures);
    ++seen[static_cast<int>(twin)];
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(OrderTest, DigitsDecideAmongFiguresOfOneQuantum) {
  EXPECT_EQ(CheckOrder(std::vector<Operand>{Rate(82), Rate(76), Rate(76), Rate(-5)}).verdict,
            Verdict::kExact);
  const Outcome outcome = CheckOrder(std::vector<Operand>{Rate(82), Rate(75), Rate(76)});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.left.ToString(), "[7.55, 7.65]");
  EXPECT_EQ(outcome.right.ToString(), "(-∞, 7.55]");
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(1, -1)));
  EXPECT_EQ(outcome.expected, Rate(75).value);
}

TEST(OrderTest, ComparesWithAllThatStandBefore) {
  const Outcome outcome = CheckOrder(std::vector<Operand>{Rate(10), Rate(82), Rate(50)});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.expected, Rate(10).value);
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(71, -1)));
}

TEST(OrderTest, RoundingExcusesOnlyOtherQuanta) {
  const Operand coarse{Rational(5), Decimal(1)};
  EXPECT_EQ(CheckOrder(std::vector<Operand>{coarse, Rate(54)}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(CheckOrder(std::vector<Operand>{coarse, Rate(58)}).verdict, Verdict::kTruncated);
  EXPECT_EQ(CheckOrder(std::vector<Operand>{coarse, Rate(61)}).verdict, Verdict::kInconsistent);
}

TEST(OrderTest, HedgedFigures) {
  const Operand over{Rational(10), Decimal(1), Qualifier::kOver};
  EXPECT_EQ(CheckOrder(std::vector<Operand>{over, Rate(82)}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(CheckOrder(std::vector<Operand>{over, Rate(120)}).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckOrder(std::vector<Operand>{Rate(82), over}).verdict, Verdict::kInconsistent);
}

TEST(OrderTest, FewerThanTwoFiguresAreInOrder) {
  EXPECT_EQ(CheckOrder({}).verdict, Verdict::kExact);
  EXPECT_EQ(CheckOrder(std::vector<Operand>{Rate(1)}).verdict, Verdict::kExact);
}

}  // namespace
}  // namespace crossfoot::rules
