#include "services/report/excerpt.h"

#include <chrono>
#include <random>

#include "gtest/gtest.h"
#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

ByteRange Find(std::string_view source, std::string_view part) {
  const int32_t start = static_cast<int32_t>(source.find(part));
  return {start, start + static_cast<int32_t>(part.size())};
}

std::string Lines(const std::vector<ExcerptRow>& rows) {
  std::string lines;
  for (const ExcerptRow& row : rows) lines += row.text + "\n" + row.marks + "\n";
  return lines;
}

TEST(ExcerptTest, UnderlinesAShortSentenceWhole) {
  const std::string source = "东部地区2187亿元，西部150亿元。";
  EXPECT_EQ(Lines(MakeExcerpt(source, {0, static_cast<int32_t>(source.size())},
                              {Find(source, "2187亿元"), Find(source, "150亿元")})),
            "东部地区2187亿元，西部150亿元。\n"
            "        ^~~~~~~~      ^~~~~~~\n");
}

TEST(ExcerptTest, CutsALongSentenceAroundItsMarks) {
  std::string source;
  for (int repeat = 0; repeat < 20; ++repeat) source += "前面的话，";
  source += "增长7.6%，";
  for (int repeat = 0; repeat < 20; ++repeat) source += "中间的话，";
  source += "回落0.2个百分点。";
  EXPECT_EQ(
      Lines(MakeExcerpt(source, {0, static_cast<int32_t>(source.size())},
                        {Find(source, "7.6%"), Find(source, "0.2个百分点")}, {.max_columns = 60})),
      "…的话，增长7.6%，中间的话…的话，回落0.2个百分点。\n"
      "           ^~~~                     ^~~~~~~~~~~\n");
}

TEST(ExcerptTest, BreaksRowsBetweenMarks) {
  std::string source;
  std::vector<ByteRange> marks;
  for (int part = 10; part < 22; ++part) {
    const int32_t start = static_cast<int32_t>(source.size());
    source += std::to_string(part) + "亿元";
    marks.push_back({start, static_cast<int32_t>(source.size())});
    source += "、";
  }
  const std::vector<ExcerptRow> rows = MakeExcerpt(source, {0, static_cast<int32_t>(source.size())},
                                                   marks, {.max_columns = 30, .max_rows = 8});
  ASSERT_GT(rows.size(), 1u);
  int carets = 0;
  for (const ExcerptRow& row : rows) {
    EXPECT_LE(DisplayWidth(row.text), 30);
    for (const char mark : row.marks) carets += mark == '^';
    EXPECT_NE(row.text.substr(0, 3), "亿") << "a mark was broken";
  }
  EXPECT_EQ(carets, 12);
  EXPECT_EQ(MakeExcerpt(source, {0, static_cast<int32_t>(source.size())}, marks,
                        {.max_columns = 30, .max_rows = 2})
                .size(),
            2u);
}

TEST(ExcerptTest, PrintsControlsAndLineBreaksAsOneBlank) {
  const std::string source = "合计\r\n  \x1b[31m100亿元\t \n部分";
  EXPECT_EQ(Lines(MakeExcerpt(source, {0, static_cast<int32_t>(source.size())},
                              {Find(source, "100亿元")})),
            "合计 [31m100亿元 部分\n"
            "         ^~~~~~~\n");
}

TEST(ExcerptTest, AcceptsAnyRange) {
  const std::string source = "增长7.6%。";
  EXPECT_TRUE(MakeExcerpt(source, {5, 5}, {}).empty());
  EXPECT_TRUE(MakeExcerpt("", {0, 0}, {}).empty());
  EXPECT_EQ(MakeExcerpt(source, {-4, 400}, {}).size(), 1u);
}

// Columns agree wherever the marks are and however narrow the row.
TEST(ExcerptTest, MarksStandBelowWhatTheyMark) {
  std::mt19937 random(7);
  const std::string pieces[] = {"增长", "，", "a", " ", "亿元", "…", "é", "\n"};
  for (int round = 0; round < 500; ++round) {
    std::string source;
    std::vector<ByteRange> marks;
    const int piece_count = 1 + static_cast<int>(random() % 80);
    for (int piece = 0; piece < piece_count; ++piece) {
      if (random() % 5 == 0) {
        const int32_t start = static_cast<int32_t>(source.size());
        source += "#" + std::string(random() % 4, '#');
        marks.push_back({start, static_cast<int32_t>(source.size())});
      }
      source += pieces[random() % 8];
    }
    const ExcerptOptions options = {.max_columns = 20 + static_cast<int32_t>(random() % 60),
                                    .max_rows = 100};
    int32_t carets = 0;
    for (const ExcerptRow& row :
         MakeExcerpt(source, {0, static_cast<int32_t>(source.size())}, marks, options)) {
      EXPECT_LE(DisplayWidth(row.text), options.max_columns);
      // Each column of the text that shows '#' is marked, and nothing else is.
      std::string columns;
      for (size_t byte = 0; byte < row.text.size();) {
        size_t end = byte + 1;
        while (end < row.text.size() && (row.text[end] & 0xC0) == 0x80) ++end;
        columns.append(DisplayWidth(row.text.substr(byte, end - byte)),
                       row.text[byte] == '#' ? '#' : '.');
        byte = end;
      }
      for (size_t column = 0; column < columns.size(); ++column) {
        const bool marked = column < row.marks.size() && row.marks[column] != ' ';
        EXPECT_EQ(marked, columns[column] == '#') << row.text << "\n" << row.marks;
      }
      for (const char mark : row.marks) carets += mark == '^';
    }
    EXPECT_EQ(carets, static_cast<int32_t>(marks.size()));
  }
}

TEST(ExcerptTest, TimeDoesNotGrowWithTheContext) {
  std::string source(20'000'000, 'x');
  const auto start = std::chrono::steady_clock::now();
  for (int round = 0; round < 1000; ++round) {
    MakeExcerpt(source, {0, static_cast<int32_t>(source.size())}, {{10'000'000, 10'000'005}});
  }
  // 20 GB read by eye would take far longer.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
}  // namespace crossfoot::report
