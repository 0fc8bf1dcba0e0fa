#include "services/document/characters.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/text_span.h"

namespace crossfoot::document {
namespace {

TEST(CharactersTest, ReadsCodePointsOfEveryLength) {
  const std::string_view text = "aé亿😀";
  const char32_t expected[] = {U'a', U'é', U'亿', U'😀'};
  size_t at = 0;
  for (const char32_t c : expected) {
    const CodePoint point = CodePointAt(text, at);
    EXPECT_EQ(point.value, c);
    at += point.size_bytes;
    EXPECT_EQ(CodePointBefore(text, at).value, c);
    std::string bytes;
    AppendUtf8(c, &bytes);
    EXPECT_EQ(static_cast<int32_t>(bytes.size()), point.size_bytes);
    EXPECT_EQ(CodePointAt(bytes, 0).value, c);
  }
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(CodePointAt(text, at).size_bytes, 0);
  EXPECT_EQ(CodePointBefore(text, 0).size_bytes, 0);
}

TEST(CharactersTest, CountsCodePointsAcrossWords) {
  std::string text;
  for (int32_t count = 0; count < 40; ++count) {
    EXPECT_EQ(CountCodePoints(text), count);
    text += count % 3 == 0 ? "a" : count % 3 == 1 ? "亿" : "😀";
  }
}

TEST(CharactersTest, PairsBrackets) {
  EXPECT_EQ(OpenerOf(U'）'), U'（');
  EXPECT_EQ(OpenerOf(U'”'), U'“');
  EXPECT_EQ(OpenerOf(U'，'), char32_t{0});
  EXPECT_TRUE(IsOpener(U'《'));
  EXPECT_FALSE(IsOpener(U'》'));
  EXPECT_TRUE(IsCloser(U'》'));
}

TEST(CharactersTest, TrimsBlanksOnly) {
  const std::string_view text = " \t一 二\t ";
  EXPECT_EQ(TrimBlanks(text, {0, static_cast<int32_t>(text.size())}), (core::TextRange{2, 9}));
  EXPECT_TRUE(TrimBlanks("   ", {0, 3}).empty());
  EXPECT_EQ(WithoutBlanks("指   标"), "指标");
}

TEST(CharactersTest, TellsScripts) {
  EXPECT_TRUE(IsHan(U'亿'));
  EXPECT_TRUE(IsHan(U'〇'));
  EXPECT_FALSE(IsHan(U'，'));
  EXPECT_TRUE(IsEastAsian(U'，'));
  EXPECT_TRUE(IsEastAsian(U'…'));
  EXPECT_FALSE(IsEastAsian(U'5'));
}

}  // namespace
}  // namespace crossfoot::document
