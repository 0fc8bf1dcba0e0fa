#include "core/period.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"

namespace crossfoot::core {
namespace {

Period Days(absl::CivilDay start, absl::CivilDay end) { return {start, end}; }

TEST(PeriodTest, PrintsFirstAndLastDay) {
  const Period period{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29)};
  EXPECT_EQ(period.ToString(), "2024-01-01/2024-02-29");
}

TEST(PeriodTest, ComparesDaysAlone) {
  Period printed{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 12, 31)};
  Period assumed = printed;
  assumed.assumed = true;
  EXPECT_EQ(printed, assumed);
  assumed.end = absl::CivilDay(2024, 11, 30);
  EXPECT_FALSE(printed == assumed);
}

TEST(PeriodTest, KnowsWholeMonths) {
  EXPECT_TRUE(Days(absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29)).WholeMonths());
  EXPECT_TRUE(Days(absl::CivilDay(2024, 12, 1), absl::CivilDay(2024, 12, 31)).WholeMonths());
  EXPECT_FALSE(Days(absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 28)).WholeMonths());
  EXPECT_FALSE(Days(absl::CivilDay(2024, 1, 2), absl::CivilDay(2024, 1, 31)).WholeMonths());
  EXPECT_FALSE(Days(absl::CivilDay(2024, 1, 31), absl::CivilDay(2024, 1, 31)).WholeMonths())
      << "a stock";
}

TEST(PeriodTest, AYearBeforeKeepsTheEndsOfMonths) {
  EXPECT_EQ(Days(absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29)).YearBefore(),
            Days(absl::CivilDay(2023, 1, 1), absl::CivilDay(2023, 2, 28)));
  EXPECT_EQ(Days(absl::CivilDay(2025, 1, 1), absl::CivilDay(2025, 2, 28)).YearBefore(),
            Days(absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29)));
  EXPECT_EQ(Days(absl::CivilDay(2025, 2, 28), absl::CivilDay(2025, 2, 28)).YearBefore(),
            Days(absl::CivilDay(2024, 2, 29), absl::CivilDay(2024, 2, 29)));
  EXPECT_EQ(Days(absl::CivilDay(2024, 4, 15), absl::CivilDay(2024, 4, 15)).YearBefore(),
            Days(absl::CivilDay(2023, 4, 15), absl::CivilDay(2023, 4, 15)));
  EXPECT_EQ(Days(absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 12, 31)).YearBefore(),
            Days(absl::CivilDay(2023, 1, 1), absl::CivilDay(2023, 12, 31)));
}

}  // namespace
}  // namespace crossfoot::core
