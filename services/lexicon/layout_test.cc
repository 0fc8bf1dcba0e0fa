#include "services/lexicon/layout.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"

namespace crossfoot::lexicon {
namespace {

TEST(LayoutTest, LoadsTheBuiltInWords) {
  ASSERT_TRUE(Layout::BuiltInStatus().ok()) << Layout::BuiltInStatus();
  const Layout& layout = Layout::BuiltIn();
  EXPECT_TRUE(layout.Is(LayoutRole::kTotalLabel, "合计"));
  EXPECT_FALSE(layout.Is(LayoutRole::kTotalLabel, "合"));
  EXPECT_TRUE(layout.EndsWith(LayoutRole::kPhotoCreditEnd, "张三摄"));
  EXPECT_TRUE(layout.Holds(LayoutRole::kNumberHeaderPart, "比上年增长"));
}

TEST(LayoutTest, FindsTheLongestPrefix) {
  const auto layout =
      Layout::Parse({{"a", "words { role: ROLE_NOTE words: \"注\" words: \"注释\" }"}});
  ASSERT_TRUE(layout.ok());
  EXPECT_EQ((*layout)->PrefixSize(LayoutRole::kNote, "注释："), 6U);
  EXPECT_EQ((*layout)->PrefixSize(LayoutRole::kNote, "备注："), 0U);
}

struct BadLayout {
  const char* name;
  const char* text;
  const char* message;
};

class BadLayoutTest : public ::testing::TestWithParam<BadLayout> {};

TEST_P(BadLayoutTest, IsRefusedWithItsPlace) {
  const auto layout = Layout::Parse({{"layout.textproto", GetParam().text}});
  ASSERT_FALSE(layout.ok());
  EXPECT_EQ(core::ReasonOf(layout.status()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(std::string(layout.status().message()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadLayoutTest,
    ::testing::Values(
        BadLayout{"NoRole", "\nwords { words: \"注\" }",
                  "layout.textproto:2: words without a role"},
        BadLayout{"NoWord", "words { role: ROLE_NOTE }",
                  "layout.textproto:1: an entry without a word"},
        BadLayout{"EmptyWord", "words { role: ROLE_NOTE words: \"\" }",
                  "layout.textproto:1: an empty word"},
        BadLayout{
            "Twice",
            "words { role: ROLE_NOTE words: \"注\" }\n\nwords { role: ROLE_NOTE words: \"注\" }",
            "layout.textproto:3: \"注\" stands twice in its role"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace crossfoot::lexicon
