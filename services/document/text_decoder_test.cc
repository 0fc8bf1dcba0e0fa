#include "services/document/text_decoder.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/error.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;

TEST(TextDecoderTest, AcceptsUtf8WithAndWithoutMark) {
  EXPECT_TRUE(DecodeText("a.txt", "收入5%", 100).ok());
  EXPECT_TRUE(DecodeText("a.txt", "\xEF\xBB\xBF收入", 100).ok());
}

TEST(TextDecoderTest, RefusesEmptyText) {
  const absl::Status status = DecodeText("a.txt", "", 100).status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentEmpty);
}

TEST(TextDecoderTest, RefusesOneByteTooMany) {
  EXPECT_TRUE(DecodeText("a.txt", "12345", 5).ok());
  const absl::Status status = DecodeText("a.txt", "123456", 5).status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(core::MetadataOf(status)["max_document_bytes"], "5");
}

TEST(TextDecoderTest, NamesTheOffsetOfANulByte) {
  const absl::Status status = DecodeText("a.txt", std::string("ab\0c", 4), 100).status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kBinaryContent);
  EXPECT_EQ(core::MetadataOf(status)["offset"], "2");
}

TEST(TextDecoderTest, NamesTheOffsetOfAnInvalidByte) {
  const absl::Status status = DecodeText("a.txt", "收入\xB5\xC4", 100).status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kEncodingInvalid);
  EXPECT_EQ(core::MetadataOf(status)["offset"], "6");
  const std::string message(status.message().data(), status.message().size());
  EXPECT_NE(message.find("a.txt"), std::string::npos);
  EXPECT_NE(message.find("offset 6"), std::string::npos);
}

// `text`, which is UTF-8, in another charset.
std::string Encoded(std::string_view text, const char* charset) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 16, '\0');
  const int32_t bytes = ucnv_convert(charset, "UTF-8", out.data(), static_cast<int32_t>(out.size()),
                                     text.data(), static_cast<int32_t>(text.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << u_errorName(error);
  out.resize(bytes);
  return out;
}

TEST(TextDecoderTest, DecodesEveryEncodingToTheSameText) {
  const std::string text = "2024年全区粮食产量75.5万吨，增长3.2%。\n其中，稻谷产量40万吨。\n";
  for (const char* charset : {"UTF-16LE", "UTF-16BE", "GB18030", "GBK", "Big5"}) {
    const std::string source = charset == std::string_view("Big5")
                                   ? Encoded("糧食產量75.5萬噸，增長3.2%。\n", charset)
                                   : Encoded(text, charset);
    const absl::StatusOr<DecodedText> decoded = DecodeText("a.txt", source, 1000);
    ASSERT_TRUE(decoded.ok()) << charset << decoded.status();
    EXPECT_EQ(decoded->text,
              charset == std::string_view("Big5") ? "糧食產量75.5萬噸，增長3.2%。\n" : text)
        << charset;
    // Every character maps to its own bytes and back.
    const auto at = static_cast<int32_t>(decoded->text.find("75.5"));
    const int32_t original = decoded->encoding.OriginalOf(at);
    const std::string digits = Encoded("75.5", charset);
    EXPECT_EQ(source.substr(original, digits.size()), digits) << charset;
    EXPECT_EQ(decoded->encoding.DecodedOf(original), at) << charset;
    EXPECT_EQ(decoded->encoding.OriginalOf(static_cast<int32_t>(decoded->text.size())),
              static_cast<int32_t>(source.size()));
  }
}

TEST(TextDecoderTest, SkipsTheMarkOfUtf16) {
  const std::string source = "\xFF\xFE" + Encoded("产量5吨", "UTF-16LE");
  const absl::StatusOr<DecodedText> decoded = DecodeText("a.txt", source, 100);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->text, "产量5吨");
  EXPECT_EQ(decoded->encoding.OriginalOf(0), 2);
}

TEST(TextDecoderTest, TakesTheCharsetThatHtmlDeclares) {
  const std::string source =
      Encoded("<html><meta charset=\"gb2312\"><p>产量五吨</p></html>", "GB18030");
  const absl::StatusOr<DecodedText> decoded = DecodeText("a.html", source, 1000);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_NE(decoded->text.find("产量五吨"), std::string::npos);
}

// By the definition: decode one sequence of up to four bytes, then look at its value.
bool IsWellFormed(std::string_view bytes) {
  const auto byte = [&](size_t index) { return static_cast<unsigned char>(bytes[index]); };
  const unsigned char lead = byte(0);
  const size_t size = lead < 0x80       ? 1
                      : lead >> 5 == 6  ? 2
                      : lead >> 4 == 14 ? 3
                      : lead >> 3 == 30 ? 4
                                        : 0;
  if (size != bytes.size()) return false;
  uint32_t value = size == 1 ? lead : lead & (0x7F >> size);
  for (size_t index = 1; index < size; ++index) {
    if (byte(index) >> 6 != 2) return false;
    value = value << 6 | (byte(index) & 0x3F);
  }
  const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return value >= least[size] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

TEST(TextDecoderTest, AgreesWithTheDefinitionOnAllShortSequences) {
  for (uint32_t lead = 0; lead < 256; ++lead) {
    const std::string one(1, static_cast<char>(lead));
    EXPECT_EQ(FindInvalidUtf8(one) == 1, IsWellFormed(one)) << lead;
    for (uint32_t second = 0; second < 256; ++second) {
      std::string two = one + static_cast<char>(second);
      const bool two_ok = IsWellFormed(two) || (lead < 0x80 && second < 0x80);
      EXPECT_EQ(FindInvalidUtf8(two) == 2, two_ok) << lead << " " << second;
      if (lead < 0xC0) continue;
      for (const uint32_t third : {0x00, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF}) {
        std::string three = two + static_cast<char>(third);
        const bool three_ok = IsWellFormed(three) || (IsWellFormed(two) && third < 0x80);
        EXPECT_EQ(FindInvalidUtf8(three) == 3, three_ok);
        std::string four = three + '\xBF';
        if (IsWellFormed(four)) {
          EXPECT_EQ(FindInvalidUtf8(four), 4u);
        }
        if (lead >= 0xF0 && !IsWellFormed(four)) {
          EXPECT_EQ(FindInvalidUtf8(four), 0u);
        }
      }
    }
  }
}

TEST(TextDecoderTest, FindsABadByteBehindLongAscii) {
  for (size_t size = 0; size < 40; ++size) {
    EXPECT_EQ(FindInvalidUtf8(std::string(size, 'a') + '\xFF'), size);
  }
}

}  // namespace
}  // namespace crossfoot::document
