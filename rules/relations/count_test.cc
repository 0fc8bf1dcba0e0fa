#include "rules/relations/count.h"

#include <gtest/gtest.h>

#include <optional>

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

TEST(CountTest, AgreesWithTwin) {
  Draw draw(13);
  int seen[4] = {};
  for (int i = 0; i < 1000; ++i) {
    const int64_t listed = draw.Int(0, 40);
    const Operand stated = draw.Near(listed, -1, 1);
    const Verdict twin = TwinEquation(
        stated, {}, [listed](const Numbers&) -> std::optional<Number> { return Number(listed); });
    const Outcome outcome = CheckCount(stated, listed);
    ASSERT_EQ(outcome.verdict, twin) << ToText({stated}) << " for " << listed;
    ASSERT_EQ(outcome.expected, Rational(listed));
    ++seen[static_cast<int>(twin)];
  }
  for (int count : seen) EXPECT_GT(count, 5);
}

TEST(CountTest, CountsAreExact) {
  const Operand five = Operand::Exact(5);
  EXPECT_EQ(CheckCount(five, 5).verdict, Verdict::kExact);
  const Outcome outcome = CheckCount(five, 4);
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.imbalance, Rational(1));
  EXPECT_EQ(CheckCount({Rational(5), Decimal(1)}, 6).verdict, Verdict::kInconsistent);
}

TEST(CountTest, HedgedCounts) {
  const Operand over{Rational(10), Decimal(1), Qualifier::kOver};
  EXPECT_EQ(CheckCount(over, 12).verdict, Verdict::kUndetermined);
  EXPECT_EQ(CheckCount(over, 9).verdict, Verdict::kInconsistent);
}

}  // namespace
}  // namespace crossfoot::rules
