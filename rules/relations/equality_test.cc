#include "rules/relations/equality.h"

#include <gtest/gtest.h>

#include <algorithm>
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

Operand Percent(int64_t tenths) { return {Rational(Decimal(tenths, -1)), Decimal(1, -1)}; }

// Every pair must share a number (for intervals that is enough), and print the same digits at the
// same place.
Verdict Twin(const std::vector<Operand>& statements) {
  const Reading readings[] = {Reading::kPrinted, Reading::kRounded, Reading::kTruncated};
  const Verdict verdicts[] = {Verdict::kExact, Verdict::kWithinRounding, Verdict::kTruncated};
  for (int i = 0; i < 3; ++i) {
    std::vector<Ends> ends;
    for (const Operand& statement : statements) ends.push_back(ReadEnds(statement, readings[i]));
    bool holds = true;
    for (size_t a = 0; a < statements.size(); ++a) {
      for (size_t b = 0; b < a; ++b) {
        holds = holds && ends[a].lo <= ends[b].hi && ends[b].lo <= ends[a].hi &&
                (!(statements[a].quantum == statements[b].quantum) ||
                 statements[a].value == statements[b].value);
      }
    }
    if (holds) return verdicts[i];
  }
  return Verdict::kInconsistent;
}

TEST(EqualityTest, AgreesWithTwin) {
  Draw draw(1);
  int seen[4] = {};
  for (int i = 0; i < 2000; ++i) {
    const Operand first = draw.Printed(-40, 40, -1, 1);
    std::vector<Operand> statements = {first};
    for (int64_t more = draw.Int(1, 2); more > 0; --more) {
      statements.push_back(draw.Near(first.value, -2, 1));
    }
    const Outcome outcome = CheckEquality(statements);
    const Verdict twin = Twin(statements);
    ASSERT_EQ(outcome.verdict, twin) << ToText(statements);
    ++seen[static_cast<int>(twin)];
    const bool meets = twin == Verdict::kExact || twin == Verdict::kWithinRounding;
    ASSERT_EQ(outcome.imbalance.zero(), meets) << ToText(statements);
    if (meets) {
      ASSERT_TRUE(outcome.left.Meets(outcome.right));
    }
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(EqualityTest, SameDigitsAreExact) {
  const Outcome outcome = CheckEquality(std::vector<Operand>{Percent(76), Percent(76)});
  EXPECT_EQ(outcome.verdict, Verdict::kExact);
  EXPECT_EQ(outcome.left.ToString(), "[7.55, 7.65]");
  EXPECT_EQ(outcome.expected, Rational(Decimal(76, -1)));
}

TEST(EqualityTest, CoarseAndFineAgreeWithinRounding) {
  const Operand coarse{Rational(Decimal(246, 9)), Decimal::PowerOfTen(9)};
  const Operand fine{Rational(Decimal(2463, 8)), Decimal::PowerOfTen(8)};
  const Outcome outcome = CheckEquality(std::vector<Operand>{coarse, fine});
  EXPECT_EQ(outcome.verdict, Verdict::kWithinRounding);
  EXPECT_EQ(outcome.expected, fine.value);
}

TEST(EqualityTest, NeighbouringDigitsContradict) {
  const Outcome outcome = CheckEquality(std::vector<Operand>{Percent(76), Percent(77)});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.left.ToString(), "[7.55, 7.65]");
  EXPECT_EQ(outcome.right.ToString(), "[7.65, 7.75]");
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(1, -1)));
}

TEST(EqualityTest, ShowsTheStatementsFarthestApart) {
  // The coarse one agrees with both of the others, which do not agree.
  const Operand coarse{Rational(5), Decimal(1)};
  const Outcome outcome = CheckEquality(std::vector<Operand>{coarse, Percent(54), Percent(46)});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.left.ToString(), "[5.35, 5.45]");
  EXPECT_EQ(outcome.right.ToString(), "[4.55, 4.65]");
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(7, -1)));
  EXPECT_EQ(outcome.expected, Rational(Decimal(46, -1)));
}

TEST(EqualityTest, DigitsCutOffAreTruncated) {
  const Operand coarse{Rational(7), Decimal(1)};
  EXPECT_EQ(CheckEquality(std::vector<Operand>{coarse, Percent(76)}).verdict, Verdict::kTruncated);
}

TEST(EqualityTest, HedgedStatementsNeverProve) {
  Operand over{Rational(100), Decimal(1), Qualifier::kOver};
  EXPECT_EQ(CheckEquality(std::vector<Operand>{Percent(1023), over}).verdict,
            Verdict::kUndetermined);
  const Outcome outcome = CheckEquality(std::vector<Operand>{Percent(950), over});
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.imbalance, Rational(Decimal(495, -2)));
}

TEST(EqualityTest, FewerThanTwoStatementsAgree) {
  EXPECT_EQ(CheckEquality({}).verdict, Verdict::kExact);
  EXPECT_EQ(CheckEquality(std::vector<Operand>{Percent(76)}).verdict, Verdict::kExact);
}

}  // namespace
}  // namespace crossfoot::rules
