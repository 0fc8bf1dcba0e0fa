#include "services/report/words.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "core/verdict.h"
#include "services/report/language.h"

namespace crossfoot::report {
namespace {

TEST(WordsTest, SpeaksBothLanguages) {
  EXPECT_EQ(RoleName("part rate", Language::kChinese), "分项增速");
  EXPECT_EQ(RoleName("part rate", Language::kEnglish), "part rate");
  EXPECT_EQ(VerdictName(core::Verdict::kWithinRounding, Language::kChinese), "舍入以内");
  EXPECT_EQ(VerdictName(core::Verdict::kBlocked, Language::kEnglish), "blocked");
  EXPECT_EQ(SeverityName(core::Severity::kError, Language::kChinese), "错误");
  EXPECT_EQ(SeverityName(core::Severity::kInfo, Language::kEnglish), "info");
}

TEST(WordsTest, FillsInWhatIsCounted) {
  EXPECT_EQ(Fill("另有 {0} 个", "3"), "另有 3 个");
  EXPECT_EQ(Fill("none", "3"), "none");
  EXPECT_EQ(Fill("{1} of {0} {2} {x} {", std::vector<std::string_view>{"{1}", "2"}),
            "2 of {1} {2} {x} {");
}

TEST(WordsTest, ARoleThatTheTableDoesNotKnowStaysAsItIs) {
  EXPECT_EQ(RoleName("margin", Language::kChinese), "margin");
}

}  // namespace
}  // namespace crossfoot::report
