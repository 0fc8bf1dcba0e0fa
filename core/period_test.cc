#include "core/period.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"

namespace crossfoot::core {
namespace {

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

}  // namespace
}  // namespace crossfoot::core
