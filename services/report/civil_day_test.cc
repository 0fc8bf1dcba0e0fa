#include "services/report/civil_day.h"

#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

TEST(CivilDayTest, ReadsWhatItWrites) {
  const absl::CivilDay first(2023, 12, 1);
  for (int day_index = 0; day_index < 500; ++day_index) {
    const absl::CivilDay day = first + day_index;
    EXPECT_EQ(ParseCivilDay(FormatCivilDay(day)), day);
  }
  EXPECT_EQ(FormatCivilDay(absl::CivilDay(2024, 2, 9)), "2024-02-09");
  EXPECT_EQ(ParseCivilDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
}

TEST(CivilDayTest, RefusesOtherFormsAndDaysThatDoNotExist) {
  for (const char* text : {"", "2024", "2024-2-29", "2024-02-30", "2023-02-29", "2024-13-01",
                           "2024-00-10", "2024-01-00", "2024/01/01", "20240-1-01", "2024-01-1 ",
                           "2024-01--1", "+024-01-01", "2024-01-01T", "----------"}) {
    EXPECT_EQ(ParseCivilDay(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace crossfoot::report
