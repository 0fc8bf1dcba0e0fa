#include "rules/relations/ladder.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "core/decimal.h"
#include "core/mention.h"

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Interval;
using core::Qualifier;
using core::Rational;
using core::Reading;
using core::Verdict;

Verdict ClimbOver(bool hedged, Fit printed, Fit rounded, Fit truncated) {
  return Climb(hedged, [=](Reading reading) {
    return reading == Reading::kPrinted   ? printed
           : reading == Reading::kRounded ? rounded
                                          : truncated;
  });
}

TEST(LadderTest, TakesTheBestReadingThatFits) {
  const Fit no = Fit::kNever;
  const Fit some = Fit::kSometimes;
  EXPECT_EQ(ClimbOver(false, some, no, no), Verdict::kExact);
  EXPECT_EQ(ClimbOver(false, no, some, some), Verdict::kWithinRounding);
  EXPECT_EQ(ClimbOver(false, no, Fit::kAlways, no), Verdict::kWithinRounding);
  EXPECT_EQ(ClimbOver(false, no, no, some), Verdict::kTruncated);
  EXPECT_EQ(ClimbOver(false, no, no, no), Verdict::kInconsistent);
}

TEST(LadderTest, HedgedOperandsProveNothingByTheirDigits) {
  const Fit no = Fit::kNever;
  const Fit some = Fit::kSometimes;
  const Fit all = Fit::kAlways;
  EXPECT_EQ(ClimbOver(true, all, some, no), Verdict::kUndetermined);
  EXPECT_EQ(ClimbOver(true, all, no, some), Verdict::kUndetermined);
  EXPECT_EQ(ClimbOver(true, no, all, all), Verdict::kWithinRounding);
  EXPECT_EQ(ClimbOver(true, all, no, no), Verdict::kInconsistent);
}

TEST(LadderTest, UndefinedAndBlockedReadings) {
  const Fit no = Fit::kNever;
  EXPECT_EQ(ClimbOver(false, Fit::kUndefined, no, no), Verdict::kUndetermined);
  EXPECT_EQ(ClimbOver(false, no, Fit::kUndefined, no), Verdict::kUndetermined);
  EXPECT_EQ(ClimbOver(true, no, no, Fit::kUndefined), Verdict::kUndetermined);
  EXPECT_EQ(ClimbOver(false, Fit::kBlocked, no, no), Verdict::kBlocked);
  EXPECT_EQ(ClimbOver(false, no, Fit::kBlocked, no), Verdict::kBlocked);
  EXPECT_EQ(ClimbOver(false, no, Fit::kBlocked, Fit::kSometimes), Verdict::kTruncated);
}

TEST(LadderTest, AsksForNoReadingThatCannotMatter) {
  std::vector<Reading> asked;
  Climb(false, [&asked](Reading reading) {
    asked.push_back(reading);
    return reading == Reading::kRounded ? Fit::kSometimes : Fit::kNever;
  });
  EXPECT_EQ(asked, (std::vector<Reading>{Reading::kPrinted, Reading::kRounded}));
}

TEST(LadderTest, EquationsStateBothSides) {
  const Operand left{Rational(7), Decimal(1)};
  const auto imply = [](Reading reading) -> std::optional<Interval> {
    return Interval::Of(Rational(9), Decimal(1), reading);
  };
  const Outcome outcome = JudgeEquation(left, false, Rational(9), imply);
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.left.ToString(), "[6.5, 7.5]");
  EXPECT_EQ(outcome.right.ToString(), "[8.5, 9.5]");
  EXPECT_EQ(outcome.imbalance, Rational(1));
  EXPECT_EQ(outcome.expected, Rational(9));
  EXPECT_EQ(JudgeEquation(left, false, std::nullopt, imply).verdict, Verdict::kUndetermined);
}

TEST(LadderTest, HedgedEquationsHoldForSureOnlyBetweenPoints) {
  const Operand about_zero{Rational(0), Decimal(0), Qualifier::kAbout};
  const auto zero = [](Reading) -> std::optional<Interval> { return Interval::Point(0); };
  EXPECT_EQ(JudgeEquation(about_zero, false, Rational(0), zero).verdict, Verdict::kWithinRounding);
  const Operand about_ten{Rational(10), Decimal(1), Qualifier::kAbout};
  const auto ten = [](Reading) -> std::optional<Interval> { return Interval::Point(10); };
  EXPECT_EQ(JudgeEquation(about_ten, false, Rational(10), ten).verdict, Verdict::kUndetermined);
}

TEST(LadderTest, RangesHoldForSureInsideWhatIsCertain) {
  const Operand over{Rational(10), Decimal(1), Qualifier::kOver};
  const auto at_least = [](int64_t bound) {
    return [bound](Reading) {
      return Implied{Interval::AtLeast(bound - 1), Interval::AtLeast(bound + 1)};
    };
  };
  EXPECT_EQ(JudgeRange(over, true, 8, at_least(8)).verdict, Verdict::kWithinRounding);
  EXPECT_EQ(JudgeRange(over, true, 10, at_least(10)).verdict, Verdict::kUndetermined);
  const Operand almost{Rational(10), Decimal(1), Qualifier::kAlmost};
  EXPECT_EQ(JudgeRange(almost, true, 12, at_least(12)).verdict, Verdict::kInconsistent);
}

}  // namespace
}  // namespace crossfoot::rules
