#include "services/document/text_decoder.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/error.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;

TEST(TextDecoderTest, AcceptsUtf8WithAndWithoutMark) {
  EXPECT_TRUE(CheckText("a.txt", "收入5%", 100).ok());
  EXPECT_TRUE(CheckText("a.txt", "\xEF\xBB\xBF收入", 100).ok());
}

TEST(TextDecoderTest, RefusesEmptyText) {
  const absl::Status status = CheckText("a.txt", "", 100);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentEmpty);
}

TEST(TextDecoderTest, RefusesOneByteTooMany) {
  EXPECT_TRUE(CheckText("a.txt", "12345", 5).ok());
  const absl::Status status = CheckText("a.txt", "123456", 5);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(core::MetadataOf(status)["max_document_bytes"], "5");
}

TEST(TextDecoderTest, NamesTheOffsetOfANulByte) {
  const absl::Status status = CheckText("a.txt", std::string_view("ab\0c", 4), 100);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kBinaryContent);
  EXPECT_EQ(core::MetadataOf(status)["offset"], "2");
}

TEST(TextDecoderTest, NamesTheOffsetOfAnInvalidByte) {
  const absl::Status status = CheckText("a.txt", "收入\xB5\xC4", 100);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kEncodingInvalid);
  EXPECT_EQ(core::MetadataOf(status)["offset"], "6");
  const std::string message(status.message().data(), status.message().size());
  EXPECT_NE(message.find("a.txt"), std::string::npos);
  EXPECT_NE(message.find("offset 6"), std::string::npos);
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
