#include "services/document/tables.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/text_span.h"
#include "services/document/draft.h"
#include "services/document/line.h"
#include "services/document/plain_text.h"

namespace crossfoot::document {
namespace {

// "3x2 caption=…;unit=…;" of each table, or of the lines when there is none.
std::string Shapes(std::string_view text) {
  Reading reading = ReadPlainText(text);
  FindTables(&reading);
  std::string out;
  for (const DraftTable& table : reading.tables) {
    out += std::to_string(table.row_count) + "x" + std::to_string(table.column_count);
    const auto words = [&](int32_t line) {
      return line < 0 ? std::string()
                      : std::string(reading.draft.TextOf(reading.lines[line].range));
    };
    out += " caption=" + words(table.caption_line) + ";unit=" + words(table.unit_note_line) + ";";
  }
  return out;
}

TEST(TablesTest, ReadsTablesOneCellALine) {
  EXPECT_EQ(Shapes("主要指标\n单位：亿元\n指标\n数值\n同比（%）\n收入\n10.5\n3\n利润\n2\n-1\n"),
            "3x3 caption=主要指标;unit=单位：亿元;");
}

TEST(TablesTest, OtherColumnCountsWorkAsWell) {
  EXPECT_EQ(Shapes("分月情况\n指标\n1月\n2月\n3月\n4月\n收入\n1\n2\n3\n4\n利润\n5\n6\n7\n8\n"),
            "3x5 caption=分月情况;unit=;");
}

TEST(TablesTest, RowsWithoutHeaderNeedAPattern) {
  EXPECT_EQ(Shapes("甲\n1.0\n2\n乙\n3\n4\n丙\n5\n6\n"), "3x3 caption=;unit=;");
  EXPECT_EQ(Shapes("甲\n1.0\n2\n乙\n3\n4\n"), "");
  // A table of contents has page numbers and no table.
  EXPECT_EQ(Shapes("综合\n1\n农业\n5\n工业\n9\n投资\n12\n消费\n15\n金融\n20\n"), "");
}

TEST(TablesTest, ProseEndsATable) {
  EXPECT_EQ(Shapes("指标\n数值\n收入\n10.5\n利润\n2.5\n全年收入增长，利润下降。\n税收\n3.5\n"),
            "3x2 caption=;unit=;");
}

TEST(TablesTest, UnevenRowsEndATable) {
  EXPECT_EQ(Shapes("指标\n数值\n同比\n收入\n10.5\n1\n利润\n2.5\n2\n税收\n3.5\n工资\n4\n"),
            "3x3 caption=;unit=;");
}

TEST(TablesTest, ReadsPipeTables) {
  EXPECT_EQ(Shapes("表1 收入\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n| 5 |"),
            "3x2 caption=表1 收入;unit=;");
  EXPECT_EQ(Shapes("甲 | 乙\n--- | ---\n1 | 2\n"), "2x2 caption=;unit=;");
  EXPECT_EQ(Shapes("甲|乙\n丙|丁\n"), "");
}

TEST(TablesTest, ANumberedHeadingIsNoCaption) {
  EXPECT_EQ(Shapes("二、农业\n指标\n数值\n收入\n10.5\n利润\n2.5\n"), "3x2 caption=;unit=;");
}

TEST(TablesTest, ReadsIndents) {
  const auto label = [](std::string_view text) {
    Draft draft;
    draft.AppendCopied(text, 0);
    const IndentedLabel result = ReadIndent(draft, {0, draft.size()});
    return std::string(draft.TextOf(result.range)) + "/" + std::to_string(result.indent);
  };
  EXPECT_EQ(label("收入"), "收入/0");
  EXPECT_EQ(label("#收入"), "收入/1");
  EXPECT_EQ(label("## 收入"), "收入/2");
  EXPECT_EQ(label("其中：收入"), "收入/1");
  EXPECT_EQ(label("其中"), "其中/0");
  EXPECT_EQ(label("#"), "#/0");
}

// A million lines that look like cells and are no table.
TEST(TablesTest, HostileLinesTakeLinearTime) {
  std::string text;
  for (int index = 0; index < 300000; ++index) text += "甲\n1\n";
  EXPECT_EQ(Shapes(text), "");
  text.clear();
  for (int index = 0; index < 100000; ++index)
    text += index % 2 == 0 ? "甲\n乙\n丙\n丁\n1.5\n" : "甲\n1.5\n2\n";
  EXPECT_EQ(Shapes(text), "");
}

}  // namespace
}  // namespace crossfoot::document
