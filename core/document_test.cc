#include "core/document.h"

#include <gtest/gtest.h>

#include <string>

#include "core/source_map.h"
#include "core/text_span.h"

namespace crossfoot::core {
namespace {

// "收入５％\n表" with the full-width digit and sign folded, a heading and a table of one cell.
Document MakeDocument() {
  Document document;
  document.uri = "report.txt";
  document.source = "收入５％\n表";
  document.text = "收入5%\n表";
  document.source_map.AppendCopied(0, 6);
  document.source_map.AppendReplaced(6, 9, 1);
  document.source_map.AppendReplaced(9, 12, 1);
  document.source_map.AppendCopied(12, 4);
  document.line_index = LineIndex(document.source);
  document.article_count = 1;
  document.blocks.push_back({BlockKind::kHeading, 1, {0, 8}, 0, 1, -1, 0});
  document.sentences.push_back({{0, 8}, 0});
  document.blocks.push_back({BlockKind::kTable, 0, {9, 12}, 1, 0, 0, 0});
  Table table;
  table.row_count = 1;
  table.column_count = 1;
  table.cells.push_back({{9, 12}, 0, 0, 1, 1, true, 1});
  table.caption = {0, 8};
  document.tables.push_back(table);
  return document;
}

TEST(DocumentTest, SpansSpeakOfTheSource) {
  const Document document = MakeDocument();
  const TextSpan span = document.SpanOf({6, 8});
  EXPECT_EQ(DebugString(span), "6..12@1:3");
  EXPECT_EQ(document.ContentOf(span), "５％");
  EXPECT_EQ(document.TextOf({6, 8}), "5%");
  EXPECT_EQ(DebugString(document.SpanOf({9, 12})), "13..16@2:1");
}

TEST(DocumentTest, DebugStringListsBlocksSentencesAndCells) {
  EXPECT_EQ(MakeDocument().DebugString(),
            "article 0\n"
            "HEADING 1 [0,8)\n"
            "  sentence [0,8) 0..12@1:1 收入5%\n"
            "TABLE [9,12)\n"
            "  1x1\n"
            "  caption [0,8) 0..12@1:1 收入5%\n"
            "  cell 0,0 header indent 1 [9,12) 13..16@2:1 表\n");
}

}  // namespace
}  // namespace crossfoot::core
