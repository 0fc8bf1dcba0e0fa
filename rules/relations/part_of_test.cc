#include "rules/relations/part_of.h"

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

Operand Whole(int64_t value) { return {value, Decimal(1)}; }

TEST(PartOfTest, AgreesWithTwin) {
  Draw draw(12);
  int seen[4] = {};
  for (int i = 0; i < 1500; ++i) {
    std::vector<Operand> parts;
    Rational sum;
    for (int64_t count = draw.Int(1, 4); count > 0; --count) {
      parts.push_back(draw.Printed(0, 20, -1, 1));
      sum = sum + parts.back().value;
    }
    const Operand whole = draw.Near(sum, -1, 1);
    std::vector<Operand> operands = {whole};
    operands.insert(operands.end(), parts.begin(), parts.end());
    const Verdict twin = TwinPredicate(operands, [](const Numbers& values) {
      Number total = 0;
      for (size_t k = 1; k < values.size(); ++k) {
        if (values[k] > 0) total += values[k];
      }
      return total <= values[0];
    });
    const Outcome outcome = CheckPartOf(whole, parts);
    ASSERT_EQ(outcome.verdict, twin) << ToText(operands);
    ASSERT_EQ(outcome.expected, sum);
    ++seen[static_cast<int>(twin)];
  }
  EXPECT_GT(seen[static_cast<int>(Verdict::kExact)], 20);
  EXPECT_GT(seen[static_cast<int>(Verdict::kWithinRounding)], 20);
  EXPECT_GT(seen[static_cast<int>(Verdict::kInconsistent)], 20);
}

TEST(PartOfTest, OnePartAndTheSumOfAllMustFit) {
  EXPECT_EQ(CheckPartOf(Whole(31), std::vector<Operand>{Whole(28)}).verdict, Verdict::kExact);
  EXPECT_EQ(CheckPartOf(Whole(31), std::vector<Operand>{Whole(38)}).verdict,
            Verdict::kInconsistent);
  const Outcome outcome = CheckPartOf(Whole(31), std::vector<Operand>{Whole(20), Whole(15)});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.right.ToString(), "[34, ∞)");
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(25, -1)));
  EXPECT_EQ(outcome.expected, Rational(35));
}

TEST(PartOfTest, RoundingAllowsPartsThatAddUpToMore) {
  EXPECT_EQ(CheckPartOf(Whole(31), std::vector<Operand>{Whole(20), Whole(12)}).verdict,
            Verdict::kWithinRounding);
  EXPECT_EQ(CheckPartOf(Whole(0), std::vector<Operand>(9, Whole(0))).verdict, Verdict::kExact);
}

TEST(PartOfTest, ANegativeWholeHoldsNoParts) {
  EXPECT_EQ(CheckPartOf(Whole(-31), std::vector<Operand>{Whole(20)}).verdict,
            Verdict::kInconsistent);
}

TEST(PartOfTest, NegativePartsAndNoneSayNothing) {
  EXPECT_EQ(CheckPartOf(Whole(5), std::vector<Operand>{Whole(20), Whole(-15)}).verdict,
            Verdict::kUndetermined);
  EXPECT_EQ(CheckPartOf(Whole(5), {}).verdict, Verdict::kUndetermined);
}

TEST(PartOfTest, HedgedOperands) {
  const Operand over{Rational(30), Decimal(1), Qualifier::kOver};
  const Operand almost{Rational(30), Decimal(1), Qualifier::kAlmost};
  EXPECT_EQ(CheckPartOf(over, std::vector<Operand>{Whole(20)}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(CheckPartOf(Whole(40), std::vector<Operand>{over}).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckPartOf(Whole(40), std::vector<Operand>{almost}).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(CheckPartOf(Whole(20), std::vector<Operand>{over}).verdict, Verdict::kInconsistent);
}

}  // namespace
}  // namespace crossfoot::rules
