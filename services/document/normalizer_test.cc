#include "services/document/normalizer.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "services/document/characters.h"
#include "services/document/draft.h"

namespace crossfoot::document {
namespace {

std::string Normalized(std::string_view source, LineBreaks line_breaks = LineBreaks::kKeep) {
  Draft draft;
  AppendNormalized(source, 0, static_cast<int32_t>(source.size()), line_breaks, &draft);
  return std::string(draft.text());
}

TEST(NormalizerTest, FoldsFullWidthForms) {
  EXPECT_EQ(Normalized("２０２４年ＧＤＰ增长５．６％"), "2024年GDP增长5.6%");
  EXPECT_EQ(Normalized("－１＋２／３～４＃＄"), "-1+2/3~4#$");
  EXPECT_EQ(Normalized("￥１００"), "¥100");
}

TEST(NormalizerTest, KeepsChinesePunctuation) {
  const std::string_view text = "，。、；：（）！？“”《》—–―-…";
  EXPECT_EQ(Normalized(text), text);
}

TEST(NormalizerTest, SmallAndVerticalFormsBecomeChineseMarks) {
  EXPECT_EQ(Normalized("﹐﹔﹕﹙﹚﹗﹖"), "，；：（）！？");
  EXPECT_EQ(Normalized("︵︶︰︱"), "（）‥—");
  EXPECT_EQ(Normalized("﹪﹣﹢"), "%-+");
  EXPECT_EQ(Normalized("｡､｢｣"), "。、「」");
}

TEST(NormalizerTest, NeverMakesDigitsOrLettersOfOtherSigns) {
  const std::string_view text = "2463¹亿 m² H₂O ①2020 ㈠ ⑴ ½ ⅓ ㎡ ㎏ ℃ Ⅲ № ㋀ ⒈ ™ ª ㍿";
  EXPECT_EQ(Normalized(text), text);
}

TEST(NormalizerTest, FoldsIdeographsEncodedTwice) {
  EXPECT_EQ(Normalized("⼈⽇"), "人日");
  EXPECT_EQ(Normalized("\uF901"), "更");
  EXPECT_EQ(Normalized("\U0002F800"), "丽");
}

TEST(NormalizerTest, BlanksBecomeSpaces) {
  EXPECT_EQ(Normalized("　一 二 三\t四"), " 一 二 三\t四");
}

TEST(NormalizerTest, DropsWhatNobodySees) {
  EXPECT_EQ(Normalized("\uFEFF2\u200B4\u00AD6\u200D3\u0007亿\u2060\uFE0F"), "2463亿");
}

TEST(NormalizerTest, ReadsEveryLineEnd) {
  EXPECT_EQ(Normalized("a\r\nb\rc\nd\u2028e\fg\u0085h"), "a\nb\nc\nd\ne\ng\nh");
  EXPECT_EQ(Normalized("a\u2028b\r\nc", LineBreaks::kBlank), "a b c");
}

TEST(NormalizerTest, ChangedBytesMapAsAWhole) {
  Draft draft;
  const std::string source = "收入５亿";
  AppendNormalized(source, 0, static_cast<int32_t>(source.size()), LineBreaks::kKeep, &draft);
  ASSERT_EQ(draft.pieces().size(), 3u);
  EXPECT_EQ(draft.pieces()[1].original_start, 6);
  EXPECT_EQ(draft.pieces()[1].original_end, 9);
  EXPECT_FALSE(draft.pieces()[1].copied);
}

// For every code point: folding is settled (folding twice is folding once), the bulk path agrees
// with Fold, and no digit appears that is not a full-width one.
TEST(NormalizerTest, HoldsForEveryCodePoint) {
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    if (c == 0x31000) c = 0xE0000;  // nothing is assigned between
    if (c == 0xF0000) break;        // private use from here on
    const Folding folding = Fold(c);
    std::string expected;
    switch (folding.kind) {
      case Folding::Kind::kKeep:
        AppendUtf8(c, &expected);
        break;
      case Folding::Kind::kDrop:
        break;
      case Folding::Kind::kReplace:
        AppendUtf8(folding.replacement, &expected);
        EXPECT_EQ(Fold(folding.replacement).kind, Folding::Kind::kKeep) << std::hex << uint32_t{c};
        if (IsDigit(folding.replacement)) {
          EXPECT_EQ(c, U'０' + (folding.replacement - '0')) << std::hex << uint32_t{c};
        }
        break;
      case Folding::Kind::kLineBreak:
        expected = "\n";
        break;
    }
    std::string source;
    AppendUtf8(c, &source);
    if (Normalized(source) != expected) {
      ADD_FAILURE() << std::hex << uint32_t{c};
    }
  }
}

// A replacement is what NFKC gives, but for the Chinese marks.
TEST(NormalizerTest, FollowsUnicode) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const nfkc = unorm2_getNFKCInstance(&error);
  ASSERT_TRUE(U_SUCCESS(error));
  for (char32_t c = 0xF900; c <= 0xFFEF; ++c) {
    const Folding folding = Fold(c);
    if (folding.kind != Folding::Kind::kReplace || folding.replacement >= U'\uFF00') continue;
    UChar buffer[16];
    error = U_ZERO_ERROR;
    const int32_t length =
        unorm2_getRawDecomposition(nfkc, static_cast<UChar32>(c), buffer, 16, &error);
    ASSERT_TRUE(U_SUCCESS(error));
    ASSERT_GE(length, 1);
    if (length == 1) {
      // A Traditional character goes on to its Simplified one.
      const Folding again = Fold(buffer[0]);
      const char32_t expected =
          again.kind == Folding::Kind::kReplace ? again.replacement : char32_t{buffer[0]};
      EXPECT_EQ(expected, folding.replacement) << std::hex << uint32_t{c};
    }
  }
}

TEST(NormalizerTest, FoldsTraditionalCharactersInPlace) {
  EXPECT_EQ(Normalized("較上年同期增長1.2萬億元，佔全國比重"),
            "较上年同期增长1.2万亿元，占全国比重");
  // These have uses of their own in Simplified text.
  EXPECT_EQ(Normalized("乾县著名瞭望"), "乾县著名瞭望");
}

}  // namespace
}  // namespace crossfoot::document
