#include "services/method/page.h"

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::method {
namespace {

TEST(PageTest, PagesFollowOneAnotherToTheEnd) {
  const auto first = PageOf(5, 2, "", "rules");
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->begin, 0u);
  EXPECT_EQ(first->end, 2u);
  const auto second = PageOf(5, 2, first->next_page_token, "rules");
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->begin, 2u);
  EXPECT_EQ(second->end, 4u);
  const auto last = PageOf(5, 2, second->next_page_token, "rules");
  ASSERT_TRUE(last.ok());
  EXPECT_EQ(last->begin, 4u);
  EXPECT_EQ(last->end, 5u);
  EXPECT_EQ(last->next_page_token, "");
}

TEST(PageTest, SizesHaveADefaultAndAMaximum) {
  EXPECT_EQ(PageOf(5000, 0, "", "")->end, 50u);
  EXPECT_EQ(PageOf(5000, 4000, "", "")->end, 1000u);
  EXPECT_EQ(PageOf(0, 0, "", "")->end, 0u);
  EXPECT_EQ(core::MetadataOf(PageOf(5, -1, "", "").status()).at("field"), "page_size");
}

TEST(PageTest, ForeignTokensAreRefused) {
  const std::string token = PageOf(5, 2, "", "rules of a pack")->next_page_token;
  for (const auto& page :
       {PageOf(5, 2, token, "rules"), PageOf(2, 2, token, "rules of a pack"),
        PageOf(5, 2, "***", "rules"), PageOf(5, 2, "AAAA", "rules"), PageOf(5, 2, "MA", "")}) {
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(core::ReasonOf(page.status()), core::ErrorReason::kArgumentInvalid);
    EXPECT_EQ(core::MetadataOf(page.status()).at("field"), "page_token");
  }
}

}  // namespace
}  // namespace crossfoot::method
