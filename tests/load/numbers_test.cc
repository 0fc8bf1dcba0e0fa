#include "tests/load/numbers.h"

#include <vector>

#include "gtest/gtest.h"

namespace crossfoot::load {
namespace {

TEST(NumbersTest, PercentileIsTheNearestRank) {
  std::vector<double> values;
  for (int value = 200; value >= 1; --value) values.push_back(value);
  EXPECT_EQ(Percentile(values, 50), 100);
  EXPECT_EQ(Percentile(values, 99), 198);
  EXPECT_EQ(Percentile(values, 99.6), 200);
  EXPECT_EQ(Percentile(values, 100), 200);
  EXPECT_EQ(Percentile({7}, 1), 7);
  EXPECT_EQ(Percentile({}, 50), 0);
}

TEST(NumbersTest, MedianIsTheMiddle) {
  EXPECT_EQ(Median({3, 1, 2}), 2);
  EXPECT_EQ(Median({4, 1, 2, 3}), 2.5);
  EXPECT_EQ(Median({}), 0);
}

TEST(NumbersTest, BestRateIsThatOfEchoWhenTheCheckTakesNothing) {
  EXPECT_DOUBLE_EQ(BestRate(20000, 0, 2), 20000);
  // 50 us a call and 500 us of one of two processors.
  EXPECT_DOUBLE_EQ(BestRate(20000, 500e-6, 2), 1 / 300e-6);
}

}  // namespace
}  // namespace crossfoot::load
