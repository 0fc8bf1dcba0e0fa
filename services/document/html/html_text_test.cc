#include "services/document/html/html_text.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/document/html/tag_stripper.h"

namespace crossfoot::document {
namespace {

std::string Decoded(std::string_view text) {
  EntityDecoder decoder;
  const EntityDecoder::Entity entity = decoder.Decode(text);
  return std::string(entity.decoded) + "|" + std::to_string(entity.size_bytes);
}

TEST(EntityDecoderTest, DecodesNames) {
  EXPECT_EQ(Decoded("&amp;x"), "&|5");
  EXPECT_EQ(Decoded("&nbsp;"), "\u00A0|6");
  EXPECT_EQ(Decoded("&ampfoo"), "&|4");
  EXPECT_EQ(Decoded("&CounterClockwiseContourIntegral;"), "∳|33");
  EXPECT_EQ(Decoded("&foo;"), "|0");
  EXPECT_EQ(Decoded("& "), "|0");
  EXPECT_EQ(Decoded("&"), "|0");
}

TEST(EntityDecoderTest, DecodesNumbers) {
  EXPECT_EQ(Decoded("&#65285;"), "％|8");
  EXPECT_EQ(Decoded("&#x4EBF;元"), "亿|8");
  EXPECT_EQ(Decoded("&#37 "), "%|4");
  EXPECT_EQ(Decoded("&#150;"), "–|6");
  EXPECT_EQ(Decoded("&#xD800;"), "\uFFFD|8");
  EXPECT_EQ(Decoded("&#99999999999;"), "\uFFFD|14");
  EXPECT_EQ(Decoded("&#;"), "|0");
  EXPECT_EQ(Decoded("&#x;"), "|0");
}

TEST(HtmlTextReaderTest, TokensNameTheirOriginalBytes) {
  const std::string source = "甲<b>乙</b>&#65;<x";
  const absl::StatusOr<StrippedHtml> html = StripTags("page", source);
  ASSERT_TRUE(html.ok());
  EntityDecoder entities;
  HtmlTextReader reader(*html, 0, static_cast<int32_t>(html->text.size()), &entities);
  HtmlTextReader::Token token;
  std::string log;
  while (reader.Next(&token)) {
    log += source.substr(token.start, token.end - token.start);
    log += token.kind == HtmlTextReader::Kind::kOther ? "=" + std::string(token.decoded) : "";
    log += "|";
  }
  EXPECT_EQ(log, "甲|乙|&#65;=A|<=<|x|");
}

TEST(HtmlTextReaderTest, ComparesWithDecodedText) {
  const absl::StatusOr<StrippedHtml> html = StripTags("page", "甲\r\n乙&amp;\r丙<b>丁</b>");
  ASSERT_TRUE(html.ok());
  EntityDecoder entities;
  const auto end = static_cast<int32_t>(html->text.size());
  EXPECT_TRUE(ReadsAs(*html, 0, end, "甲\n乙&\n丙丁", &entities));
  EXPECT_FALSE(ReadsAs(*html, 0, end, "甲\n乙&\n丙", &entities));
  EXPECT_FALSE(ReadsAs(*html, 0, end, "甲\n乙&\n丙丁戊", &entities));
  EXPECT_FALSE(ReadsAs(*html, 0, end, "甲 乙&\n丙丁", &entities));
}

}  // namespace
}  // namespace crossfoot::document
