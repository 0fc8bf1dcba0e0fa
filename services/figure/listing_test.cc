#include "services/figure/listing.h"

#include <gtest/gtest.h>

#include <memory>

namespace crossfoot::figure {
namespace {

const lexicon::Lexicon& Words() {
  static const lexicon::Lexicon& lexicon = *lexicon::Lexicon::Load()->release();
  return lexicon;
}

using Names = std::vector<std::string>;

TEST(ListingTest, ItemsThatEndAlike) {
  EXPECT_EQ(ItemsBefore("关税、契税、车船税", false, 4, Words()),
            (Names{"关税", "契税", "车船税"}));
  EXPECT_EQ(ItemsBefore("关税、契税和车船税", false, 2, Words()).size(), 0u);  // two items
  EXPECT_EQ(ItemsBefore("其中关税、契税、房产税和车船税", false, 5, Words()).size(), 4u);
  EXPECT_EQ(ItemsBefore("关税、契税、企业", false, 4, Words()), Names());
  EXPECT_EQ(ItemsBefore("关税、契税 、 车船税 ", false, 3, Words()).size(), 3u);
}

TEST(ListingTest, AnOpenListTellsOnlyOfTooSmallACount) {
  EXPECT_EQ(ItemsBefore("关税、契税、车船税", true, 7, Words()), Names());
  EXPECT_EQ(ItemsBefore("关税、契税、车船税", true, 2, Words()).size(), 3u);
  EXPECT_EQ(ItemsBefore("关税、契税、车船税", true, 3, Words()).size(), 3u);
}

TEST(ListingTest, AWordOpensAListOfAnything) {
  const std::string_view clause = "从优化布局、培育企业、建设平台和网络";
  EXPECT_EQ(ItemsBefore(clause, false, 3, Words()).size(), 3u);
  EXPECT_EQ(ItemsBefore(clause, false, 4, Words()), Names());  // 和 may divide
  EXPECT_EQ(ItemsBefore(clause, false, 6, Words()).size(), 3u);
  EXPECT_EQ(ItemsBefore("优化布局、培育企业、建设平台", false, 6, Words()), Names());
}

TEST(ListingTest, ACountBehindAConjunctionIsAnItem) {
  EXPECT_EQ(ItemsBefore("包括汽车集群、纤维集群、制药集群以及", false, 7, Words()), Names());
  EXPECT_EQ(ItemsBefore("包括汽车集群、纤维集群、制药集群", false, 7, Words()).size(), 3u);
}

TEST(ListingTest, BehindTheColonOfACount) {
  EXPECT_EQ(ItemsBehind("提升研发能力、制造能力、服务能力和保障能力", 5, Words()),
            (Names{"提升研发能力", "制造能力", "服务能力", "保障能力"}));
  EXPECT_EQ(ItemsBehind("研发能力、制造能力、服务能力等", 5, Words()), Names());
  EXPECT_EQ(ItemsBehind("研发能力、制造能力、服务水平", 5, Words()), Names());
  // 和 may divide an item, wherever it stands.
  EXPECT_EQ(ItemsBehind("研发和制造能力、服务能力、保障能力", 4, Words()), Names());
  EXPECT_EQ(ItemsBehind("研发和制造能力、服务能力、保障能力", 3, Words()).size(), 3u);
  EXPECT_EQ(ItemsBehind("研发和制造能力、服务能力、保障能力", 6, Words()).size(), 3u);
  EXPECT_EQ(ItemsBehind("", 5, Words()), Names());
  EXPECT_EQ(ItemsBehind("研发能力、制造能力，服务能力、保障能力", 5, Words()), Names());
}

TEST(ListingTest, ItemsThatEndAlikeButOne) {
  EXPECT_EQ(ItemsBehind(
                "对平台给予补贴；对企业购买服务，分档给予奖励；对示范场景给予奖励；对培训给予奖励",
                5, Words())
                .size(),
            4u);
  EXPECT_EQ(
      ItemsBehind("对平台给予补贴；给予贷款贴息；对示范场景给予奖励；对培训给予奖励", 5, Words()),
      Names());
  EXPECT_EQ(ItemsBehind("建设平台给予补贴；对企业给予奖励；对示范场景给予奖励", 5, Words()),
            Names());
}

TEST(ListingTest, ItemsThatBeginAlike) {
  EXPECT_EQ(ItemsBehind("支持建设平台，每家20万元；支持培育企业；支持开放场景和数据", 4, Words()),
            (Names{"支持建设平台", "支持培育企业", "支持开放场景和数据"}));
  EXPECT_EQ(ItemsBehind("支持建设平台；培育企业；支持开放场景", 4, Words()), Names());
  EXPECT_EQ(ItemsBehind("支持建设平台；支持培育企业", 3, Words()), Names());
}

}  // namespace
}  // namespace crossfoot::figure
