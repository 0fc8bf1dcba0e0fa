#include "core/check.h"

#include <gtest/gtest.h>

namespace crossfoot::core {
namespace {

TEST(CheckTest, PrintsRolesSidesAndImbalance) {
  Check check;
  check.id = "c1";
  check.rule_id = "parts-sum-to-total";
  check.verdict = Verdict::kInconsistent;
  check.figures = {0, 3, 4};
  check.roles = {"total", "part", "part"};
  check.left = Interval::Of(Rational(9), Decimal(1), Reading::kRounded);
  check.right = Interval::Of(Rational(6), Decimal(1), Reading::kTruncated);
  check.imbalance = Decimal(15, -1);
  check.expression_zh = "2 + 4 = 6";
  EXPECT_EQ(check.DebugString(),
            "c1 parts-sum-to-total INCONSISTENT total=0 part=3 part=4 left=[8.5, 9.5] right=[6, 7) "
            "imbalance=1.5 | 2 + 4 = 6");
  check.note_zh = "扣除跨地区企业";
  check.imbalance = 0;
  EXPECT_EQ(check.DebugString(),
            "c1 parts-sum-to-total INCONSISTENT total=0 part=3 part=4 left=[8.5, 9.5] right=[6, 7) "
            "| 2 + 4 = 6 | 扣除跨地区企业");
}

}  // namespace
}  // namespace crossfoot::core
