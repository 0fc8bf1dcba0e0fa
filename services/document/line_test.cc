#include "services/document/line.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/text_span.h"
#include "services/document/draft.h"

namespace crossfoot::document {
namespace {

// The lines that `text` becomes, with a mark for what was recognised.
std::vector<std::string> Cut(std::string_view text, bool markdown) {
  Draft draft;
  draft.AppendCopied(text, 0);
  std::vector<Line> lines;
  Line line;
  line.range = {0, static_cast<int32_t>(text.size())};
  AppendLine(draft, line, markdown, &lines);
  std::vector<std::string> words;
  for (const Line& part : lines) {
    std::string mark;
    if (part.markup == Markup::kHeading) mark = "H" + std::to_string(part.level) + ":";
    if (part.markup == Markup::kListItem) mark = "L:";
    if (part.markup == Markup::kFurniture) mark = "F:";
    words.push_back(mark + std::string(draft.TextOf(part.range)));
  }
  return words;
}

using Words = std::vector<std::string>;

TEST(LineTest, CutsAtGapsBehindClosingMarks) {
  EXPECT_EQ(Cut("  收入增长。  利润下降。", false), (Words{"收入增长。", "利润下降。"}));
  EXPECT_EQ(Cut("他说“稳定。”  利润下降。", false), (Words{"他说“稳定。”", "利润下降。"}));
}

TEST(LineTest, CutsAroundNumberedHeadings) {
  EXPECT_EQ(Cut("标题  一、工业增长  4月份增长", false),
            (Words{"标题", "一、工业增长", "4月份增长"}));
}

TEST(LineTest, KeepsGapsInsideLabels) {
  EXPECT_EQ(Cut("粮  食", false), (Words{"粮  食"}));
  EXPECT_EQ(Cut("指         标", false), (Words{"指         标"}));
  EXPECT_EQ(Cut("男  性    女  性", false), (Words{"男  性    女  性"}));
}

TEST(LineTest, BlanksMakeNoLine) { EXPECT_TRUE(Cut(" \t ", true).empty()); }

TEST(LineTest, RecognisesMarkdown) {
  EXPECT_EQ(Cut("## 总体情况", true), (Words{"H2:总体情况"}));
  EXPECT_EQ(Cut("<!-- 收入5% -->", true), (Words{"F:<!-- 收入5% -->"}));
  EXPECT_EQ(Cut("<!-- 收入5% --> 后文", true), (Words{"<!-- 收入5% --> 后文"}));
  EXPECT_EQ(Cut("#水稻", true), (Words{"#水稻"}));
  EXPECT_EQ(Cut("- 04 标题", true), (Words{"L:04 标题"}));
  EXPECT_EQ(Cut("• 收入", true), (Words{"L:收入"}));
  EXPECT_EQ(Cut("- 5.4", true), (Words{"- 5.4"}));
  EXPECT_EQ(Cut("-5.4", true), (Words{"-5.4"}));
  EXPECT_EQ(Cut("- 12 -", true), (Words{"- 12 -"}));
  EXPECT_EQ(Cut("---", true), (Words{"F:---"}));
  EXPECT_EQ(Cut("--", true), (Words{"--"}));
  EXPECT_EQ(Cut("[原文](https://example.org/1)", true), (Words{"F:[原文](https://example.org/1)"}));
  EXPECT_EQ(Cut("[注](a)后有3亿元(含税)", true), (Words{"[注](a)后有3亿元(含税)"}));
  EXPECT_EQ(Cut("## 总体情况", false), (Words{"## 总体情况"}));
}

TEST(LineTest, CountsTheIndent) {
  Draft draft;
  draft.AppendCopied("   收入", 0);
  std::vector<Line> lines;
  Line line;
  line.range = {0, draft.size()};
  AppendLine(draft, line, true, &lines);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].indent, 3);
  EXPECT_EQ(lines[0].range, (core::TextRange{3, 9}));
}

}  // namespace
}  // namespace crossfoot::document
