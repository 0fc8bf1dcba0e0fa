#include "services/document/transcript.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/place.h"
#include "gtest/gtest.h"
#include "services/document/line.h"

namespace crossfoot::document {
namespace {

using Script = TranscriptWriter::Script;

constexpr int64_t kManyBytes = 1 << 20;

// The words of a line as the stages read them.
std::string_view WordsOf(const Reading& reading, size_t line) {
  return reading.draft.TextOf(reading.lines[line].range);
}

TEST(TranscriptTest, KeepsWordsAndTheirPlaces) {
  TranscriptWriter writer("a.docx", kManyBytes);
  writer.places().AddRun(writer.AppendWords("收入１２"), "document", 1, 1);
  writer.places().AddRun(writer.AppendWords("亿元。"), "document", 1, 2);
  writer.EndLine({});
  EXPECT_TRUE(writer.AppendWords("").empty());
  writer.EndLine({});
  writer.places().AddRun(writer.AppendWords("一、总体"), "document", 3, 1);
  writer.EndLine({.markup = Markup::kHeading, .level = 2});
  EXPECT_TRUE(writer.status().ok());
  const Transcript transcript = std::move(writer).Finish();
  EXPECT_EQ(transcript.text, "收入１２亿元。\n一、总体\n");
  ASSERT_EQ(transcript.reading.lines.size(), 2u);
  EXPECT_EQ(WordsOf(transcript.reading, 0), "收入12亿元。");
  EXPECT_EQ(WordsOf(transcript.reading, 1), "一、总体");
  EXPECT_EQ(transcript.reading.lines[1].markup, Markup::kHeading);
  EXPECT_EQ(transcript.reading.lines[1].level, 2);
  const std::optional<core::Place> place = transcript.places.PlaceOf(transcript.text, {13, 16});
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->run, 2);
}

TEST(TranscriptTest, WritesTables) {
  TranscriptWriter writer("a.xlsx", kManyBytes);
  writer.BeginTable();
  const char* const rows[2][2] = {{"指标", "收入"}, {"  其中：软件", "12"}};
  for (int32_t row = 0; row < 2; ++row) {
    for (int32_t column = 0; column < 2; ++column) {
      writer.BeginCell({.row = row, .column = column, .row_span = row == 1 ? 5 : 1});
      writer.places().AddCell(writer.AppendWords(rows[row][column]), "Sheet1", row + 1, column + 1);
      writer.EndCell();
    }
  }
  writer.EndTable();
  writer.AppendWords("注：尾");
  writer.EndLine({});
  const Transcript transcript = std::move(writer).Finish();
  EXPECT_EQ(transcript.text, "指标\t收入\n  其中：软件\t12\n注：尾\n");
  ASSERT_EQ(transcript.reading.tables.size(), 1u);
  const DraftTable& table = transcript.reading.tables[0];
  EXPECT_EQ(table.row_count, 2);
  EXPECT_EQ(table.column_count, 2);
  ASSERT_EQ(table.cells.size(), 4u);
  EXPECT_EQ(table.cells[2].row_span, 1);  // no further than the table
  EXPECT_EQ(transcript.reading.draft.TextOf(table.cells[3].range), "12");
  ASSERT_EQ(transcript.reading.lines.size(), 2u);
  EXPECT_EQ(WordsOf(transcript.reading, 1), "注：尾");
}

TEST(TranscriptTest, KeepsMarksOfNotesApartFromNumbers) {
  TranscriptWriter writer("a.docx", kManyBytes);
  writer.AppendWords("收入12");
  writer.AppendWords("1", Script::kSuperscript);
  writer.AppendWords("亿元，CO");
  writer.AppendWords("２", Script::kSubscript);
  writer.EndLine({});
  const Transcript transcript = std::move(writer).Finish();
  EXPECT_EQ(transcript.text, "收入121亿元，CO２\n");
  EXPECT_EQ(WordsOf(transcript.reading, 0), "收入12¹亿元，CO₂");
}

TEST(TranscriptTest, MendsBytesThatAreNoText) {
  TranscriptWriter writer("a.docx", kManyBytes);
  writer.AppendWords("收\xFF入\n1\t2\x01");
  writer.EndLine({});
  const Transcript transcript = std::move(writer).Finish();
  EXPECT_EQ(transcript.text, "收\xEF\xBF\xBD入 1 2 \n");
}

TEST(TranscriptTest, StopsAtItsLimit) {
  TranscriptWriter writer("a.docx", 8);
  EXPECT_FALSE(writer.AppendWords("收入").empty());
  EXPECT_TRUE(writer.status().ok());
  EXPECT_TRUE(writer.AppendWords("12亿").empty());
  EXPECT_EQ(core::ReasonOf(writer.status()), core::ErrorReason::kDocumentTooLarge);
  EXPECT_TRUE(writer.AppendWords("1").empty());  // nothing comes behind a gap
  writer.EndLine({});
  EXPECT_EQ(std::move(writer).Finish().text, "收入\n");
}

}  // namespace
}  // namespace crossfoot::document
