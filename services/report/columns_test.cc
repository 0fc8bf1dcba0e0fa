#include "services/report/columns.h"

#include <gtest/gtest.h>

namespace crossfoot::report {
namespace {

TEST(ColumnsTest, AlignsByDisplayWidth) {
  EXPECT_EQ(AlignColumns({{"a", "亿元", "1"}, {"bcd", "%", "2 3"}}),
            "a    亿元  1\n"
            "bcd  %     2 3\n");
}

TEST(ColumnsTest, TakesRowsOfAnyLength) {
  EXPECT_EQ(AlignColumns({}), "");
  EXPECT_EQ(AlignColumns({{}, {"a"}, {"b", "c"}, {"b", ""}}), "\na\nb  c\nb\n");
}

}  // namespace
}  // namespace crossfoot::report
