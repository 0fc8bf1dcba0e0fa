// What must hold of every document, on seeded random sources that mix what reports are made of.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "core/text_span.h"
#include "services/document/draft.h"
#include "services/document/normalizer.h"
#include "services/document/segment.h"

namespace crossfoot::document {
namespace {

using core::Document;
using core::TextRange;
using core::TextSpan;

constexpr int kRounds = 1500;

const std::vector<std::string_view>& PlainParts() {
  static const std::vector<std::string_view>& parts = *new std::vector<std::string_view>{
      "收入",       "全市",   "增长",
      "同比",       "5.4%",   "２０％",
      "2463¹",      "亿元",   "，",
      "。",         "；",     "：",
      "（",         "）",     "“",
      "”",          "\n",     "\n",
      "\n\n",       "\r\n",   " ",
      "  ",         "    ",   "　　",
      "\t",         "一、",   "（二）",
      "1、",        "附注",   "注：",
      "单位：亿元", "指标",   "- ",
      "# ",         "## ",    "#",
      "|",          "|---|",  "……",
      "12",         "2021",   "持平",
      "-1.6",       "—",      "①",
      "½",          "㎡",     "\u200B",
      "\u00AD",     "\uFEFF", "😀",
      "é",          "ABC",    ".",
      "!",          "<",      ">",
      "&",          "&amp;",  "（来源：甲）",
      "本报讯",     "李某摄", "- 3 -",
      "\u2028",     "⼈",     "﹐",
      "\x07",       "其中：", "总收入在过去的一年里保持了较快的增长势头并且好于预期水平"};
  return parts;
}

const std::vector<std::string_view>& HtmlParts() {
  static const std::vector<std::string_view>& parts =
      *new std::vector<std::string_view>{"<p>",
                                         "</p>",
                                         "<br>",
                                         "<div>",
                                         "</div>",
                                         "<table>",
                                         "</table>",
                                         "<tr>",
                                         "<td>",
                                         "</td>",
                                         "<th>",
                                         "<td rowspan=2>",
                                         "<td colspan='3'>",
                                         "<caption>",
                                         "</caption>",
                                         "<ul>",
                                         "<li>",
                                         "</ul>",
                                         "<h1>",
                                         "</h1>",
                                         "<h3>",
                                         "</h3>",
                                         "<sup>",
                                         "</sup>",
                                         "<sub>",
                                         "</sub>",
                                         "<b>",
                                         "</b>",
                                         "<span x=\"1\">",
                                         "</span>",
                                         "<!-- 甲 -->",
                                         "<!--",
                                         "<script>",
                                         "</script>",
                                         "<pre>",
                                         "</pre>",
                                         "&nbsp;",
                                         "&#65285;",
                                         "&#x4EBF;",
                                         "&ampx",
                                         "&lt;",
                                         "&bogus;",
                                         "<nav>",
                                         "</nav>",
                                         "<a href='",
                                         "\">",
                                         "<tbody>",
                                         "</tr>",
                                         "<select>",
                                         "<template>",
                                         "</template>"};
  return parts;
}

std::string RandomSource(std::mt19937* random, bool html) {
  std::string source = html ? "<p>始</p>" : "始";
  const uint32_t count = 1 + (*random)() % 60;
  for (uint32_t index = 0; index < count; ++index) {
    const auto& parts = html && (*random)() % 2 == 0 ? HtmlParts() : PlainParts();
    source += parts[(*random)() % parts.size()];
  }
  return source;
}

bool OnBoundary(std::string_view text, int32_t offset) {
  return offset == static_cast<int32_t>(text.size()) ||
         (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

std::string WithoutWhiteSpace(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte != ' ' && byte != '\t' && byte != '\n') out += byte;
  }
  return out;
}

std::string Normalized(std::string_view source) {
  Draft draft;
  AppendNormalized(source, 0, static_cast<int32_t>(source.size()), LineBreaks::kKeep, &draft);
  return std::string(draft.text());
}

// Spans of all code points, in order: inside the source, on boundaries, and growing.
void CheckSpans(const Document& document) {
  int32_t last_start = 0;
  int32_t last_end = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(document.text.size());) {
    int32_t end = at + 1;
    while (!OnBoundary(document.text, end)) ++end;
    const TextSpan span = document.SpanOf({at, end});
    ASSERT_LE(0, span.start_byte);
    ASSERT_LE(span.start_byte, span.end_byte);
    ASSERT_LE(span.end_byte, static_cast<int32_t>(document.source.size()));
    ASSERT_TRUE(OnBoundary(document.source, span.start_byte));
    ASSERT_TRUE(OnBoundary(document.source, span.end_byte));
    ASSERT_GE(span.start_byte, last_start);
    ASSERT_GE(span.end_byte, last_end);
    last_start = span.start_byte;
    last_end = span.end_byte;
    at = end;
  }
}

// Blocks, sentences and cells lie where they must.
void CheckStructure(const Document& document) {
  int32_t end = 0;
  int32_t sentences = 0;
  int32_t tables = 0;
  int32_t article = 0;
  for (size_t index = 0; index < document.blocks.size(); ++index) {
    const core::Block& block = document.blocks[index];
    ASSERT_FALSE(block.range.empty());
    ASSERT_EQ(block.range.start, index == 0 ? 0 : end + 1);
    if (index > 0) {
      ASSERT_EQ(document.text[end], '\n');
    }
    end = block.range.end;
    ASSERT_TRUE(block.article == article || block.article == article + 1);
    article = block.article;
    ASSERT_EQ(block.first_sentence, sentences);
    ASSERT_EQ(block.sentence_count == 0, block.kind == core::BlockKind::kTable);
    ASSERT_EQ(block.level > 0, block.kind == core::BlockKind::kHeading);
    int32_t sentence_end = block.range.start;
    for (int32_t number = 0; number < block.sentence_count; ++number) {
      const core::Sentence& sentence = document.sentences[sentences + number];
      ASSERT_EQ(sentence.block, static_cast<int32_t>(index));
      ASSERT_GE(sentence.range.start, sentence_end);
      ASSERT_FALSE(sentence.range.empty());
      ASSERT_EQ(document.TextOf(sentence.range).find('\n'), std::string_view::npos);
      sentence_end = sentence.range.end;
    }
    ASSERT_LE(sentence_end, block.range.end);
    sentences += block.sentence_count;
    if (block.kind != core::BlockKind::kTable) continue;
    ASSERT_EQ(block.table, tables++);
    const core::Table& table = document.tables[block.table];
    int32_t cell_end = block.range.start;
    for (const core::Cell& cell : table.cells) {
      ASSERT_LE(0, cell.row);
      ASSERT_LE(cell.row + cell.row_span, table.row_count);
      ASSERT_LE(0, cell.column);
      ASSERT_LE(cell.column + cell.column_span, table.column_count);
      ASSERT_LE(cell.range.start, cell.range.end);
      if (cell.range.empty()) continue;
      ASSERT_GE(cell.range.start, cell_end);
      ASSERT_LE(cell.range.end, block.range.end);
      cell_end = cell.range.end;
    }
  }
  ASSERT_EQ(end, static_cast<int32_t>(document.text.size()));
  ASSERT_EQ(sentences, static_cast<int32_t>(document.sentences.size()));
  ASSERT_EQ(tables, static_cast<int32_t>(document.tables.size()));
  ASSERT_EQ(document.article_count, article + 1);
}

TEST(SegmentPropertyTest, HoldsForPlainText) {
  std::mt19937 random(1);
  for (int round = 0; round < kRounds; ++round) {
    const std::string source = RandomSource(&random, false);
    SCOPED_TRACE(source);
    const absl::StatusOr<Document> document = SegmentDocument("a.txt", source);
    ASSERT_TRUE(document.ok());
    CheckStructure(*document);
    CheckSpans(*document);
    if (HasFatalFailure()) return;
    // A range's original bytes, read again, are the range; joints and gaps may differ in white
    // space, and a bullet, a Markdown mark or a skipped line may stand in a gap between two lines.
    for (int round_in = 0; round_in < 20; ++round_in) {
      const auto size = static_cast<uint32_t>(document->text.size());
      TextRange range = {static_cast<int32_t>(random() % size),
                         static_cast<int32_t>(random() % size)};
      if (range.start > range.end) std::swap(range.start, range.end);
      while (!OnBoundary(document->text, range.start)) --range.start;
      while (!OnBoundary(document->text, range.end)) ++range.end;
      // Within one line of the source.
      const TextSpan span = document->SpanOf(range);
      const std::string_view content = document->ContentOf(span);
      if (range.empty() || Normalized(content).find('\n') != std::string::npos) continue;
      if (document->TextOf(range).find_first_of("\n\t") != std::string_view::npos) continue;
      ASSERT_EQ(WithoutWhiteSpace(Normalized(content)), WithoutWhiteSpace(document->TextOf(range)));
    }
  }
}

TEST(SegmentPropertyTest, HoldsForHtml) {
  std::mt19937 random(2);
  for (int round = 0; round < kRounds; ++round) {
    const std::string source = RandomSource(&random, true);
    SCOPED_TRACE(source);
    const absl::StatusOr<Document> document = SegmentDocument("a.html", source);
    ASSERT_TRUE(document.ok());
    CheckStructure(*document);
    CheckSpans(*document);
    if (HasFatalFailure()) return;
  }
}

TEST(SegmentPropertyTest, HoldsForMixedText) {
  std::mt19937 random(3);
  for (int round = 0; round < kRounds; ++round) {
    const std::string source = "始\n" + RandomSource(&random, true);
    SCOPED_TRACE(source);
    const absl::StatusOr<Document> document = SegmentDocument("a.txt", source);
    ASSERT_TRUE(document.ok());
    CheckStructure(*document);
    CheckSpans(*document);
    if (HasFatalFailure()) return;
  }
}

// No digit of the source is lost: numbers in prose must never vanish.
TEST(SegmentPropertyTest, LosesNoDigits) {
  std::mt19937 random(4);
  for (int round = 0; round < kRounds; ++round) {
    std::string source = RandomSource(&random, false);
    SCOPED_TRACE(source);
    const absl::StatusOr<Document> document = SegmentDocument("a.txt", source);
    ASSERT_TRUE(document.ok());
    // Page numbers between the halves of a sentence may go.
    if (source.find("- 3 -") != std::string::npos || source.find("12") != std::string::npos ||
        source.find("2021") != std::string::npos || source.find("<") != std::string::npos) {
      continue;
    }
    const auto digits = [](std::string_view text) {
      return std::count_if(text.begin(), text.end(),
                           [](char byte) { return byte >= '0' && byte <= '9'; });
    };
    ASSERT_EQ(digits(document->text), digits(Normalized(source)));
  }
}

}  // namespace
}  // namespace crossfoot::document
