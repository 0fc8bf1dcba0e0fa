#include "services/document/html/tag_stripper.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/error.h"

namespace crossfoot::document {
namespace {

std::string Stripped(std::string_view source) {
  const absl::StatusOr<StrippedHtml> html = StripTags("page", source);
  return html.ok() ? html->text : "refused";
}

std::string Repeated(std::string_view part, int count) {
  std::string text;
  for (int index = 0; index < count; ++index) text += part;
  return text;
}

bool TooDeep(const std::string& source) {
  const absl::StatusOr<StrippedHtml> html = StripTags("page", source);
  return !html.ok() && core::ReasonOf(html.status()) == core::ErrorReason::kNestingTooDeep;
}

TEST(TagStripperTest, TellsFormats) {
  EXPECT_EQ(DetectFormat("\xEF\xBB\xBF \n<!DOCTYPE html>"), SourceFormat::kHtml);
  EXPECT_EQ(DetectFormat("<html lang=zh>"), SourceFormat::kHtml);
  EXPECT_EQ(DetectFormat("<table border=0><tr>"), SourceFormat::kHtml);
  EXPECT_EQ(DetectFormat("标题\n<p>收入</p><p>利润</p>"), SourceFormat::kMixed);
  EXPECT_EQ(DetectFormat("甲<br>乙<br/>丙"), SourceFormat::kMixed);
  EXPECT_EQ(DetectFormat("收入5%，a < b，x<y，<占比>"), SourceFormat::kPlain);
  EXPECT_EQ(DetectFormat("<p 没有结束"), SourceFormat::kPlain);
  EXPECT_EQ(DetectFormat(""), SourceFormat::kPlain);
}

TEST(TagStripperTest, LeavesStructureWithoutAttributes) {
  EXPECT_EQ(Stripped("<DIV class='a>b' id=x>24<b>6</b>3<br/></div>"), "<div>2463<br></div>");
  EXPECT_EQ(Stripped("<!DOCTYPE html><html><body>甲<!-- <p> -->乙</body>"), "甲乙");
  EXPECT_EQ(Stripped("甲<script>if (a<b) '</p>'</SCRIPT >乙"), "甲乙");
  EXPECT_EQ(Stripped("<o:p>甲</o:p></ x>乙"), "甲乙");
}

TEST(TagStripperTest, LosesNoWordsToBrokenMarks) {
  EXPECT_EQ(Stripped("a<5，<占比>，<b"), "a&lt;5，&lt;占比>，&lt;b");
  EXPECT_EQ(Stripped("<p title=\"x>收入</p>"), "<p>收入</p>");
  EXPECT_EQ(Stripped("<!-- 收入"), "&lt;!-- 收入");
  EXPECT_EQ(Stripped("<script>收入"), "收入");
  EXPECT_EQ(Stripped("&amp;&lt;"), "&amp;&lt;");
}

TEST(TagStripperTest, KeepsSpansOfCells) {
  const absl::StatusOr<StrippedHtml> html =
      StripTags("page", "<table><tr><td ROWSPAN=\"2\" colspan='99999'>甲<td colspan=x>乙");
  ASSERT_TRUE(html.ok());
  ASSERT_EQ(html->cell_spans.size(), 2u);
  EXPECT_EQ(html->cell_spans[0].row_span, 2);
  EXPECT_EQ(html->cell_spans[0].column_span, 1000);
  EXPECT_EQ(html->cell_spans[1].column_span, 1);
  EXPECT_EQ(html->text.substr(html->cell_spans[0].text_start, 4), "<td>");
}

TEST(TagStripperTest, PiecesNameTheOriginals) {
  const std::string source = "甲<b class=x>乙</b>\x07丙<p id=1>丁";
  const absl::StatusOr<StrippedHtml> html = StripTags("page", source);
  ASSERT_TRUE(html.ok());
  EXPECT_EQ(html->text, "甲乙丙<p>丁");
  for (size_t index = 0; index < html->pieces.size(); ++index) {
    const StrippedHtml::Piece& piece = html->pieces[index];
    const size_t end =
        index + 1 < html->pieces.size() ? html->pieces[index + 1].text_start : html->text.size();
    if (!piece.copied) continue;
    EXPECT_EQ(html->text.substr(piece.text_start, end - piece.text_start),
              source.substr(piece.original_start, piece.original_end - piece.original_start));
  }
}

TEST(TagStripperTest, RefusesDeepNesting) {
  EXPECT_FALSE(TooDeep(Repeated("<div>", 512)));
  EXPECT_TRUE(TooDeep(Repeated("<div>", 513)));
  EXPECT_TRUE(TooDeep(Repeated("<ul><li>", 300)));
  EXPECT_TRUE(TooDeep(Repeated("<table><tr><td>", 200)));
  EXPECT_TRUE(TooDeep(Repeated("<sup>", 600)));
  EXPECT_TRUE(TooDeep(Repeated("<sup><div></sup>", 600)));
  const absl::StatusOr<StrippedHtml> html = StripTags("page", Repeated("<div>", 600));
  EXPECT_EQ(core::MetadataOf(html.status())["offset"], std::to_string(512 * 5));
}

TEST(TagStripperTest, ElementsThatCloseThemselvesDoNotCount) {
  EXPECT_FALSE(TooDeep(Repeated("<p>甲", 2000)));
  EXPECT_FALSE(TooDeep("<ul>" + Repeated("<li>甲", 2000)));
  EXPECT_FALSE(TooDeep("<dl>" + Repeated("<dt>甲<dd>乙", 2000)));
  EXPECT_FALSE(TooDeep("<table>" + Repeated("<tr><td>甲<td>乙", 2000)));
  EXPECT_FALSE(TooDeep(Repeated("<br>", 2000)));
  EXPECT_FALSE(TooDeep(Repeated("<span><b>", 2000)));
  EXPECT_FALSE(TooDeep(Repeated("<div><p>甲</div>", 2000)));
  EXPECT_FALSE(TooDeep(Repeated("<h1>甲<h2>乙", 2000)));
  EXPECT_FALSE(TooDeep(Repeated("<table><tr><td>甲", 20) + Repeated("</table>", 20)));
  EXPECT_FALSE(TooDeep("<table>" + Repeated("<table>", 2000)));
}

}  // namespace
}  // namespace crossfoot::document
