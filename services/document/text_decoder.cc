#include "services/document/text_decoder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using core::ToAbsl;

bool Continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

size_t FindInvalidUtf8(std::string_view source) {
  const auto* const begin = reinterpret_cast<const unsigned char*>(source.data());
  const auto* const end = begin + source.size();
  const auto* cursor = begin;
  while (cursor != end) {
    const unsigned char lead = *cursor;
    if (lead < 0x80) {
      uint64_t word;
      while (end - cursor >= 8) {
        std::memcpy(&word, cursor, sizeof(word));
        if ((word & 0x8080808080808080) != 0) break;
        cursor += 8;
      }
      while (cursor != end && *cursor < 0x80) ++cursor;
      continue;
    }
    const auto left = end - cursor;
    if (lead >= 0xE0 && lead < 0xF0) {
      if (left < 3 || !Continues(cursor[1]) || !Continues(cursor[2]) ||
          (lead == 0xE0 && cursor[1] < 0xA0) || (lead == 0xED && cursor[1] > 0x9F)) {
        return cursor - begin;
      }
      cursor += 3;
    } else if (lead >= 0xC2 && lead < 0xE0) {
      if (left < 2 || !Continues(cursor[1])) return cursor - begin;
      cursor += 2;
    } else if (lead >= 0xF0 && lead < 0xF5) {
      if (left < 4 || !Continues(cursor[1]) || !Continues(cursor[2]) || !Continues(cursor[3]) ||
          (lead == 0xF0 && cursor[1] < 0x90) || (lead == 0xF4 && cursor[1] > 0x8F)) {
        return cursor - begin;
      }
      cursor += 4;
    } else {
      return cursor - begin;
    }
  }
  return source.size();
}

absl::Status CheckText(std::string_view uri, std::string_view source, int64_t max_document_bytes) {
  if (source.empty()) {
    return core::MakeError(
        ErrorReason::kDocumentEmpty,
        absl::StrCat(ToAbsl(uri), " is empty: it has no byte to read; send the report's text"));
  }
  const int64_t limit = std::min(max_document_bytes, kAddressableDocumentBytes);
  if (static_cast<int64_t>(source.size()) > limit) {
    return core::MakeError(
        ErrorReason::kDocumentTooLarge,
        absl::StrCat(ToAbsl(uri), " has ", source.size(), " bytes, more than the limit of ", limit,
                     "; split it or raise max_document_bytes"),
        {{"size_bytes", absl::StrCat(source.size())}, {"max_document_bytes", absl::StrCat(limit)}});
  }
  const size_t nul = source.find('\0');
  if (nul != std::string_view::npos) {
    return core::MakeError(
        ErrorReason::kBinaryContent,
        absl::StrCat(ToAbsl(uri), " holds a NUL byte at offset ", nul,
                     ", so it is no text; extract the text of PDF and office files first, and "
                     "convert UTF-16 to UTF-8"),
        {{"offset", absl::StrCat(nul)}});
  }
  const size_t invalid = FindInvalidUtf8(source);
  if (invalid != source.size()) {
    return core::MakeError(
        ErrorReason::kEncodingInvalid,
        absl::StrCat(ToAbsl(uri), " is not UTF-8 at offset ", invalid, " (byte 0x",
                     absl::Hex(static_cast<unsigned char>(source[invalid]), absl::kZeroPad2),
                     "); convert it first, for instance with iconv -f GB18030 -t UTF-8"),
        {{"offset", absl::StrCat(invalid)}});
  }
  return absl::OkStatus();
}

}  // namespace crossfoot::document
