#include "core/interval.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace crossfoot::core {
namespace {

// Every interval with ends among -2, 0, 1 and 3, each open, closed or infinite.
std::vector<Interval> AllIntervals() {
  const std::vector<int> ends = {-2, 0, 1, 3};
  std::vector<Bound> bounds = {Bound::Infinite()};
  for (int end : ends) {
    bounds.push_back(Bound::Closed(end));
    bounds.push_back(Bound::Open(end));
  }
  std::vector<Interval> intervals;
  for (const Bound& lo : bounds) {
    for (const Bound& hi : bounds) {
      if (!lo.infinite && !hi.infinite) {
        const int order = Compare(lo.value, hi.value);
        if (order > 0 || (order == 0 && !(lo.closed && hi.closed))) continue;
      }
      intervals.emplace_back(lo, hi);
    }
  }
  return intervals;
}

constexpr int kFar = 1000;

// Numbers at, just inside and far from every end that `AllIntervals` uses.
std::vector<Rational> Samples() {
  std::vector<Rational> samples;
  const Rational near = Rational(1) / Rational(100000);
  for (int centre : {-kFar, -5, -2, -1, 0, 1, 2, 3, 4, kFar}) {
    for (int side : {-1, 0, 1}) samples.push_back(Rational(centre) + near * Rational(side));
  }
  return samples;
}

std::vector<Rational> Members(const Interval& interval) {
  std::vector<Rational> members;
  for (const Rational& sample : Samples()) {
    if (interval.Contains(sample)) members.push_back(sample);
  }
  return members;
}

// Checks that `result` holds exactly what the members of the operands can make: each value in it,
// each finite end reached (when closed) or approached (when open), each infinite end far away.
void ExpectTight(const Interval& result, const std::vector<Rational>& made,
                 const Rational& tolerance) {
  ASSERT_FALSE(made.empty());
  Rational lowest = made.front();
  Rational highest = made.front();
  bool lo_reached = false;
  bool hi_reached = false;
  for (const Rational& value : made) {
    ASSERT_TRUE(result.Contains(value)) << value.ToString();
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (!result.lo().infinite && value == result.lo().value) lo_reached = true;
    if (!result.hi().infinite && value == result.hi().value) hi_reached = true;
  }
  if (result.lo().infinite) {
    EXPECT_LT(lowest, Rational(-kFar / 10));
  } else {
    EXPECT_EQ(lo_reached, result.lo().closed);
    EXPECT_LE(lowest - result.lo().value, tolerance);
  }
  if (result.hi().infinite) {
    EXPECT_GT(highest, Rational(kFar / 10));
  } else {
    EXPECT_EQ(hi_reached, result.hi().closed);
    EXPECT_LE(result.hi().value - highest, tolerance);
  }
}

TEST(IntervalTest, ContainsItsInsideAndClosedEnds) {
  const Interval interval(Bound::Closed(1), Bound::Open(3));
  EXPECT_TRUE(interval.Contains(1));
  EXPECT_TRUE(interval.Contains(2));
  EXPECT_FALSE(interval.Contains(3));
  EXPECT_FALSE(interval.Contains(0));
  EXPECT_TRUE(Interval::Everything().Contains(-kFar));
  EXPECT_TRUE(Interval::AtLeast(2).Contains(2));
  EXPECT_FALSE(Interval::AtLeast(2, /*closed=*/false).Contains(2));
  EXPECT_FALSE(Interval::AtMost(2).Contains(3));
}

TEST(IntervalTest, OperationsAreTightOnAllPairsOfEnds) {
  const Rational tolerance = Rational(1) / Rational(20);
  const std::vector<Interval> intervals = AllIntervals();
  for (const Interval& a : intervals) {
    const std::vector<Rational> xs = Members(a);
    for (const Interval& b : intervals) {
      const std::vector<Rational> ys = Members(b);
      SCOPED_TRACE(a.ToString() + " and " + b.ToString());
      std::vector<Rational> sums;
      std::vector<Rational> differences;
      std::vector<Rational> products;
      std::vector<Rational> quotients;
      for (const Rational& x : xs) {
        for (const Rational& y : ys) {
          sums.push_back(x + y);
          differences.push_back(x - y);
          products.push_back(x * y);
          if (!y.zero()) quotients.push_back(x / y);
        }
      }
      ExpectTight(a + b, sums, tolerance);
      ExpectTight(a - b, differences, tolerance);
      ExpectTight(a * b, products, tolerance);
      if (b.Contains(0)) {
        EXPECT_EQ((a / b).ToString(), "(-∞, ∞)");
      } else {
        ExpectTight(a / b, quotients, tolerance);
      }
      if (HasFatalFailure() || HasNonfatalFailure()) return;
    }
  }
}

TEST(IntervalTest, NegationAndFactorsSwapFlagsWithEnds) {
  const Rational tolerance = Rational(1) / Rational(1000);
  for (const Interval& a : AllIntervals()) {
    SCOPED_TRACE(a.ToString());
    for (int factor : {-3, -1, 0, 1, 2}) {
      std::vector<Rational> made;
      for (const Rational& x : Members(a)) made.push_back(x * Rational(factor));
      ExpectTight(a * Rational(factor), made, tolerance);
    }
    std::vector<Rational> negated;
    for (const Rational& x : Members(a)) negated.push_back(-x);
    ExpectTight(-a, negated, tolerance);
  }
  EXPECT_EQ((Interval(Bound::Closed(1), Bound::Open(3)) * Rational(-2)).ToString(), "(-6, -2]");
}

TEST(IntervalTest, SetRelationsAgreeWithMembership) {
  const std::vector<Interval> intervals = AllIntervals();
  for (const Interval& a : intervals) {
    for (const Interval& b : intervals) {
      SCOPED_TRACE(a.ToString() + " and " + b.ToString());
      bool meets = false;
      bool within = true;
      for (const Rational& x : Samples()) {
        meets = meets || (a.Contains(x) && b.Contains(x));
        within = within && (!a.Contains(x) || b.Contains(x));
      }
      EXPECT_EQ(a.Meets(b), meets);
      EXPECT_EQ(a.Within(b), within);
      const std::optional<Interval> common = a.Intersect(b);
      ASSERT_EQ(common.has_value(), meets);
      if (common.has_value()) {
        for (const Rational& x : Samples()) {
          EXPECT_EQ(common->Contains(x), a.Contains(x) && b.Contains(x)) << x.ToString();
        }
        EXPECT_TRUE(a.Gap(b).zero());
      }
    }
  }
}

TEST(IntervalTest, GapIsTheDistanceOfTheNearestEnds) {
  const Interval low(Bound::Closed(1), Bound::Closed(2));
  const Interval high(Bound::Open(5), Bound::Open(7));
  EXPECT_EQ(low.Gap(high), Rational(3));
  EXPECT_EQ(high.Gap(low), Rational(3));
  EXPECT_EQ(low.Gap(Interval(Bound::Open(2), Bound::Closed(3))), Rational(0));
  EXPECT_EQ(low.Gap(Interval::AtLeast(4)), Rational(2));
  EXPECT_EQ(low.Gap(Interval::AtMost(-4)), Rational(5));
  EXPECT_EQ(low.Gap(Interval::Everything()), Rational(0));
}

TEST(IntervalTest, TouchingCountsOnlyWhenBothEndsAreClosed) {
  const Interval left(Bound::Closed(99), Bound::Open(101));
  EXPECT_FALSE(left.Meets(Interval::Point(101)));
  EXPECT_TRUE(left.Meets(Interval::Point(99)));
  EXPECT_TRUE(Interval(Bound::Open(0), Bound::Closed(1)).Meets(Interval::AtLeast(1)));
  EXPECT_FALSE(Interval(Bound::Open(0), Bound::Closed(1)).Meets(Interval::AtLeast(1, false)));
}

TEST(IntervalTest, ReadsPrintedFigures) {
  const Rational value(Decimal(-20123, -3));
  const Decimal thousandth(1, -3);
  EXPECT_EQ(Interval::Of(value, thousandth, Reading::kRounded).ToString(), "[-20.1235, -20.1225]");
  EXPECT_EQ(Interval::Of(value, thousandth, Reading::kTruncated).ToString(), "(-20.124, -20.123]");
  EXPECT_EQ(Interval::Of(value, thousandth, Reading::kPrinted).ToString(), "[-20.123, -20.123]");
  EXPECT_EQ(Interval::Of(Rational(12), Decimal(1), Reading::kTruncated).ToString(), "[12, 13)");
  EXPECT_EQ(Interval::Of(Rational(0), Decimal(1), Reading::kTruncated).ToString(), "(-1, 1)");
  EXPECT_EQ(Interval::Of(Rational(0), Decimal(1), Reading::kRounded).ToString(), "[-0.5, 0.5]");
  for (Reading reading : {Reading::kPrinted, Reading::kRounded, Reading::kTruncated}) {
    EXPECT_EQ(Interval::Of(Rational(2) / Rational(3), Decimal(0), reading).ToString(),
              "[2/3, 2/3]");
  }
}

TEST(IntervalTest, DefaultIsThePointZero) {
  EXPECT_EQ(Interval().ToString(), "[0, 0]");
  EXPECT_TRUE(Interval().bounded());
  EXPECT_FALSE(Interval::AtMost(1).bounded());
}

}  // namespace
}  // namespace crossfoot::core
