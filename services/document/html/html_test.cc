#include "services/document/html/html.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/document/draft.h"
#include "services/document/html/tag_stripper.h"
#include "services/document/line.h"

namespace crossfoot::document {
namespace {

std::vector<std::string> LinesOf(std::string_view source,
                                 SourceFormat format = SourceFormat::kHtml) {
  const absl::StatusOr<Reading> reading = ReadHtml("page", source, format);
  std::vector<std::string> words;
  if (!reading.ok()) return {"refused"};
  for (const Line& line : reading->lines) {
    words.push_back(line.table >= 0 ? "table" : std::string(reading->draft.TextOf(line.range)));
  }
  return words;
}

// The cells of the first table: "row,column+row_span*column_span:text".
std::vector<std::string> CellsOf(std::string_view source) {
  const absl::StatusOr<Reading> reading = ReadHtml("page", source, SourceFormat::kHtml);
  std::vector<std::string> words;
  if (!reading.ok() || reading->tables.empty()) return {"no table"};
  for (const DraftCell& cell : reading->tables[0].cells) {
    words.push_back(std::to_string(cell.row) + "," + std::to_string(cell.column) + "+" +
                    std::to_string(cell.row_span) + "*" + std::to_string(cell.column_span) + ":" +
                    std::string(reading->draft.TextOf(cell.range)));
  }
  return words;
}

using Words = std::vector<std::string>;

TEST(HtmlTest, BlocksBecomeLines) {
  EXPECT_EQ(LinesOf("<div>甲<p>乙</p>丙</div><ul><li>丁<li>戊</ul>"),
            (Words{"甲", "乙", "丙", "丁", "戊"}));
  EXPECT_EQ(LinesOf("<p>甲<br>乙"), (Words{"甲", "乙"}));
}

TEST(HtmlTest, LineBreaksInTheSourceAreBlanks) {
  EXPECT_EQ(LinesOf("<p>收入\n  增长 5%\n  of GDP</p>"), (Words{"收入增长 5% of GDP"}));
  EXPECT_EQ(LinesOf("<pre>甲\n乙</pre>"), (Words{"甲", "乙"}));
  EXPECT_EQ(LinesOf("甲\n<p>乙</p>丙\n丁", SourceFormat::kMixed), (Words{"甲", "乙", "丙", "丁"}));
}

TEST(HtmlTest, FootnoteMarksStaySuperscripts) {
  EXPECT_EQ(
      LinesOf("<p>2463<sup>12</sup>亿元，5m<sup>2</sup>，CO<sub>2</sub>，10<sup>-3</sup></p>"),
      (Words{"2463¹²亿元，5m²，CO₂，10⁻³"}));
}

TEST(HtmlTest, SkipsWhatIsNoText) {
  EXPECT_EQ(LinesOf("<head><title>题</title></head><nav>首页</nav><template>模板</template>正文"),
            (Words{"正文"}));
}

TEST(HtmlTest, ReadsTablesWithSpans) {
  EXPECT_EQ(
      CellsOf(
          "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>戊<td>5<td></table>"),
      (Words{"0,0+2*1:甲", "0,1+1*2:乙", "1,1+1*1:丙", "1,2+1*1:丁", "2,0+1*1:戊", "2,1+1*1:5",
             "2,2+1*1:"}));
}

TEST(HtmlTest, RowSpansEndWithTheTable) {
  EXPECT_EQ(CellsOf("<table><tr><td rowspan=9>甲<td>1<tr><td>2</table>"),
            (Words{"0,0+2*1:甲", "0,1+1*1:1", "1,1+1*1:2"}));
}

TEST(HtmlTest, LinesInACellStayOneCell) {
  EXPECT_EQ(CellsOf("<table><tr><td><p>增长速度<br>（%）</p><td><p>1.5</p><p>2.5</p></table>"),
            (Words{"0,0+1*1:增长速度（%）", "0,1+1*1:1.5 2.5"}));
}

TEST(HtmlTest, LayoutTablesAreReadThrough) {
  EXPECT_EQ(LinesOf("<table><tr><td>甲</td><td><table><tr><td>乙<td>1</table></td></tr></table>"),
            (Words{"甲", "table"}));
  EXPECT_EQ(LinesOf("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>"),
            (Words{"甲", "乙"}));
}

TEST(HtmlTest, WordsBetweenRowsFollowTheTable) {
  EXPECT_EQ(LinesOf("<div><table><tr><td>甲<td>1</tr>散落<tr><td>乙<td>2</table>后</div>"),
            (Words{"table", "散落后"}));
}

TEST(HtmlTest, OriginsOnlyGrow) {
  const absl::StatusOr<Reading> reading = ReadHtml(
      "page",
      "<table>甲<tr><td>乙<td>1</tr>丙<caption>丁</caption><tr><td>戊</table><p>己<div>&amp;</p>庚",
      SourceFormat::kHtml);
  ASSERT_TRUE(reading.ok());
  int32_t end = 0;
  for (const Draft::Piece& piece : reading->draft.pieces()) {
    EXPECT_GE(piece.original_start, end);
    EXPECT_GE(piece.original_end, piece.original_start);
    end = piece.original_end;
  }
}

}  // namespace
}  // namespace crossfoot::document
