#include "core/source_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_span.h"

namespace crossfoot::core {
namespace {

TEST(SourceMapTest, GivesNothingForAnEmptyMap) {
  SourceMap map;
  EXPECT_EQ(map.text_size(), 0);
  EXPECT_EQ(map.OriginalOf({0, 0}), (TextRange{0, 0}));
  EXPECT_EQ(map.OriginalOf({3, 9}), (TextRange{0, 0}));
}

TEST(SourceMapTest, CopiedBytesKeepTheirPlaces) {
  SourceMap map;
  map.AppendCopied(3, 10);
  map.AppendCopied(13, 5);
  EXPECT_EQ(map.text_size(), 15);
  EXPECT_EQ(map.OriginalOf({0, 15}), (TextRange{3, 18}));
  EXPECT_EQ(map.OriginalOf({9, 11}), (TextRange{12, 14}));
  EXPECT_EQ(map.OriginalOf({4, 4}), (TextRange{7, 7}));
  EXPECT_EQ(map.OriginalOf({15, 15}), (TextRange{18, 18}));
}

TEST(SourceMapTest, RangeOfIsTheInverse) {
  SourceMap map;
  EXPECT_EQ(map.RangeOf({0, 0}), std::nullopt);
  map.AppendCopied(2, 4);         // text 0..4
  map.AppendReplaced(6, 6, 1);    // 4..5, a blank that nothing stands for
  map.AppendCopied(9, 3);         // 5..8
  map.AppendReplaced(12, 20, 2);  // 8..10
  map.AppendReplaced(20, 20, 1);  // 10..11
  EXPECT_EQ(map.RangeOf({2, 6}), (TextRange{0, 4})) << "without the blank behind it";
  EXPECT_EQ(map.RangeOf({3, 10}), (TextRange{1, 6}));
  EXPECT_EQ(map.RangeOf({9, 20}), (TextRange{5, 10}));
  EXPECT_EQ(map.RangeOf({12, 20}), (TextRange{8, 10}));
  EXPECT_EQ(map.RangeOf({3, 3}), (TextRange{1, 1}));
  for (const TextRange none : {TextRange{0, 4},
                               {7, 10},
                               {2, 8},
                               {13, 20},
                               {9, 15},
                               {6, 2},
                               {-1, 3},
                               {2, 21},
                               {INT32_MIN, INT32_MAX},
                               {INT32_MAX, INT32_MAX}}) {
    EXPECT_EQ(map.RangeOf(none), std::nullopt) << none.start << ".." << none.end;
  }
}

TEST(SourceMapTest, ReplacedPieceCountsWholeWhenTouched) {
  SourceMap map;
  map.AppendCopied(0, 4);
  map.AppendReplaced(4, 10, 3);
  map.AppendCopied(10, 2);
  EXPECT_EQ(map.OriginalOf({4, 5}), (TextRange{4, 10}));
  EXPECT_EQ(map.OriginalOf({5, 6}), (TextRange{4, 10}));
  EXPECT_EQ(map.OriginalOf({3, 5}), (TextRange{3, 10}));
  EXPECT_EQ(map.OriginalOf({6, 8}), (TextRange{4, 11}));
  EXPECT_EQ(map.OriginalOf({5, 5}), (TextRange{4, 4}));
}

TEST(SourceMapTest, DroppedBytesFallBetweenPieces) {
  SourceMap map;
  map.AppendCopied(0, 3);
  map.AppendReplaced(3, 20, 0);
  map.AppendCopied(20, 3);
  EXPECT_EQ(map.OriginalOf({0, 3}), (TextRange{0, 3}));
  EXPECT_EQ(map.OriginalOf({3, 6}), (TextRange{20, 23}));
  EXPECT_EQ(map.OriginalOf({2, 4}), (TextRange{2, 21}));
}

// Against a table with one origin per byte.
TEST(SourceMapTest, AgreesWithAByteTable) {
  std::mt19937 random(20240229);
  for (int round = 0; round < 200; ++round) {
    SourceMap map;
    std::vector<TextRange> origins;
    int32_t original = 0;
    for (int piece = 0; piece < 12; ++piece) {
      original += static_cast<int32_t>(random() % 3);
      const int32_t size = static_cast<int32_t>(random() % 4);
      if (random() % 2 == 0) {
        map.AppendCopied(original, size);
        for (int32_t byte = 0; byte < size; ++byte) {
          origins.push_back({original + byte, original + byte + 1});
        }
        original += size;
      } else {
        const int32_t width = static_cast<int32_t>(random() % 5);
        map.AppendReplaced(original, original + width, size);
        for (int32_t byte = 0; byte < size; ++byte) origins.push_back({original, original + width});
        original += width;
      }
    }
    const int32_t text_size = static_cast<int32_t>(origins.size());
    ASSERT_EQ(map.text_size(), text_size);
    for (int32_t start = 0; start < text_size; ++start) {
      EXPECT_EQ(map.OriginalOf({start, start}),
                (TextRange{origins[start].start, origins[start].start}));
      for (int32_t end = start + 1; end <= text_size; ++end) {
        EXPECT_EQ(map.OriginalOf({start, end}),
                  (TextRange{origins[start].start, origins[end - 1].end}));
      }
    }
  }
}

TEST(LineIndexTest, CountsLinesAndCodePointsFromOne) {
  const std::string_view text = "一二\n3四\n";
  const LineIndex index(text);
  EXPECT_EQ(index.Locate(text, 0).line, 1);
  EXPECT_EQ(index.Locate(text, 0).column, 1);
  EXPECT_EQ(index.Locate(text, 3).column, 2);
  EXPECT_EQ(index.Locate(text, 7).line, 2);
  EXPECT_EQ(index.Locate(text, 7).column, 1);
  EXPECT_EQ(index.Locate(text, 8).column, 2);
  EXPECT_EQ(index.Locate(text, 12).line, 3);
  EXPECT_EQ(index.Locate(text, 12).column, 1);
}

TEST(LineIndexTest, AByteOrderMarkTakesNoColumn) {
  for (const std::string_view text : {"\xEF\xBB\xBF一二\n三", "\xEF\xBB\xBF一二\r\n三"}) {
    const LineIndex index(text);
    for (const int32_t byte : {0, 2, 3}) {
      EXPECT_EQ(index.Locate(text, byte).line, 1) << byte;
      EXPECT_EQ(index.Locate(text, byte).column, 1) << byte;
    }
    EXPECT_EQ(index.Locate(text, 6).column, 2);
    EXPECT_EQ(index.Locate(text, static_cast<int32_t>(text.size())).line, 2);
    EXPECT_EQ(index.Locate(text, static_cast<int32_t>(text.size())).column, 2);
  }
  EXPECT_EQ(LineIndex("\xEF\xBB\xBF").Locate("\xEF\xBB\xBF", 3).column, 1);
}

TEST(LineIndexTest, DefaultIndexAnswersTheFirstPlace) {
  const LineIndex index;
  EXPECT_EQ(index.Locate("", 0).line, 1);
  EXPECT_EQ(index.Locate("", 0).column, 1);
}

// Against counting from the start, with all three kinds of line ends and lines longer than a
// stride.
TEST(LineIndexTest, AgreesWithCounting) {
  std::mt19937 random(7);
  const std::vector<std::string> units = {"a", "é", "亿", "😀", "\n", "\r\n", "\r"};
  for (int round = 0; round < 60; ++round) {
    const bool returns = round % 2 == 0;
    std::string text;
    for (int unit = 0; unit < 900; ++unit) {
      const uint32_t pick = random() % 100;
      text += units[pick < 97 ? pick % 4 : (returns ? 4 + pick % 3 : 4)];
    }
    const LineIndex index(text);
    int32_t line = 1;
    int32_t column = 1;
    for (size_t byte = 0; byte < text.size(); ++byte) {
      if ((static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80) continue;
      const LineIndex::Position position = index.Locate(text, static_cast<int32_t>(byte));
      ASSERT_EQ(position.line, line) << byte;
      ASSERT_EQ(position.column, column) << byte;
      const bool ends_line =
          text[byte] == '\n' ||
          (text[byte] == '\r' && (byte + 1 == text.size() || text[byte + 1] != '\n'));
      if (ends_line) {
        ++line;
        column = 1;
      } else {
        ++column;
      }
    }
  }
}

TEST(EncodingMapTest, IsTheIdentityWhenEmpty) {
  const EncodingMap map;
  EXPECT_EQ(map.OriginalOf(7), 7);
  EXPECT_EQ(map.DecodedOf(7), 7);
}

TEST(EncodingMapTest, MapsBothWaysAtEveryCharacter) {
  EncodingMap map;
  map.Skip(2);
  const int32_t decoded_sizes[] = {3, 3, 1, 1, 3, 4, 1};
  int32_t decoded = 0;
  int32_t original = 2;
  for (const int32_t size : decoded_sizes) {
    map.Append(size, size == 4 ? 4 : 2);
    EXPECT_EQ(map.OriginalOf(decoded + size), original + (size == 4 ? 4 : 2));
    decoded += size;
    original += size == 4 ? 4 : 2;
  }
  decoded = 0;
  original = 2;
  for (const int32_t size : decoded_sizes) {
    EXPECT_EQ(map.OriginalOf(decoded), original);
    EXPECT_EQ(map.OriginalOf(decoded + size - 1), original);
    EXPECT_EQ(map.DecodedOf(original), decoded);
    decoded += size;
    original += size == 4 ? 4 : 2;
  }
  EXPECT_EQ(map.OriginalOf(decoded + 5), original);
  EXPECT_EQ(map.DecodedOf(original + 5), decoded);
}

}  // namespace
}  // namespace crossfoot::core
