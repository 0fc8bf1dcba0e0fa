#include "core/finding.h"

#include <gtest/gtest.h>

#include "core/decimal.h"
#include "core/rational.h"

namespace crossfoot::core {
namespace {

TEST(FindingTest, PrintsMessagesAndRepairs) {
  Finding finding;
  finding.rule_id = "parts-sum-to-total";
  finding.message_zh = "四地区之和不等于全国";
  finding.message_en = "the four regions do not add up";
  finding.checks = {0, 2};
  finding.figures = {1, 4, 5};
  finding.fingerprint = "0123456789abcdef";
  EXPECT_EQ(finding.DebugString(),
            "ERROR parts-sum-to-total checks=0,2 figures=1,4,5 fingerprint=0123456789abcdef\n"
            "  zh: 四地区之和不等于全国\n"
            "  en: the four regions do not add up");
  finding.suspect = 4;
  finding.admissible = Interval::Of(Rational(2178), Decimal(1), Reading::kRounded);
  finding.repairs = {{4, "2178", "相邻两位颠倒", "digits swapped"}};
  EXPECT_EQ(finding.DebugString(),
            "ERROR parts-sum-to-total checks=0,2 figures=1,4,5 suspect=4 "
            "admissible=[2177.5, 2178.5] fingerprint=0123456789abcdef\n"
            "  zh: 四地区之和不等于全国\n"
            "  en: the four regions do not add up\n"
            "  repair: figure=4 2178 (相邻两位颠倒, digits swapped)");
}

}  // namespace
}  // namespace crossfoot::core
