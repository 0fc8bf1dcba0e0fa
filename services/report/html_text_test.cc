#include "services/report/html_text.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "core/text_span.h"
#include "services/document/segment.h"

namespace crossfoot::report {
namespace {

// What is printed of all that is read of `bytes`.
std::string Printed(const std::string& bytes) {
  const absl::StatusOr<core::Document> document = document::SegmentDocument("a", bytes, {});
  if (!document.ok()) return std::string(document.status().message());
  return PrintedText(*document, {0, static_cast<int32_t>(document->text.size())});
}

TEST(HtmlTextTest, EscapesWhatIsMarkup) {
  EXPECT_EQ(EscapeHtml(R"(</script><b a="1" c='2'>&amp;)"),
            "&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
}

TEST(HtmlTextTest, LeavesNothingThatTurnsTextRoundOrIsNoCharacter) {
  EXPECT_EQ(EscapeHtml("a\u202e\u2066b\x1b\x01\nc\xff"), "a  b   c\uFFFD");
}

TEST(HtmlTextTest, PrintsFullWidthCharactersAsTheyStand) {
  EXPECT_EQ(Printed("全国收入２４６３亿元，增长７．６％。"),
            "全国收入２４６３亿元，增长７．６％。");
}

TEST(HtmlTextTest, PrintsTraditionalCharactersAsTheyStand) {
  EXPECT_EQ(Printed("全國業務收入2463億元，增長7.6%。"), "全國業務收入2463億元，增長7.6%。");
}

TEST(HtmlTextTest, PrintsACharacterThatIsReadAsTwoOnce) {
  EXPECT_EQ(Printed("面积达到25㎡，增长１%。"), "面积达到25㎡，增长１%。");
}

TEST(HtmlTextTest, LeavesMarkupOut) {
  EXPECT_EQ(Printed("<p>全国<b>收入</b>２463&nbsp;亿元&lt;。</p>"), "全国收入２463 亿元<。");
}

}  // namespace
}  // namespace crossfoot::report
