#ifndef CROSSFOOT_SERVICES_DOCUMENT_TEXT_DECODER_H_
#define CROSSFOOT_SERVICES_DOCUMENT_TEXT_DECODER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "core/source_map.h"

namespace crossfoot::document {

// Largest document that int32 offsets can serve with room for what decoding adds.  In bytes.
inline constexpr int64_t kAddressableDocumentBytes = int64_t{512} << 20;

// A report's text in UTF-8.
struct DecodedText {
  std::string text;
  core::EncodingMap encoding;  // empty when the bytes were UTF-8
};

// Decodes UTF-8, UTF-16 (by its mark, or by where the NUL bytes of its digits and line ends stand),
// GB18030 with GBK and GB2312, and Big5.  Bytes that are UTF-8 are read as UTF-8 whatever they say;
// others by the charset that HTML declares near its start, else by ICU's guess, and only when all
// of them can be decoded.
//
// kDocumentEmpty, kDocumentTooLarge, kBinaryContent (a NUL byte) or kEncodingInvalid otherwise; the
// messages name `uri`, the 0-based offset and what to do.
absl::StatusOr<DecodedText> DecodeText(std::string_view uri, std::string source,
                                       int64_t max_document_bytes,
                                       const core::Cancellation* cancellation = nullptr);

// Offset of the first byte that begins no well-formed UTF-8 sequence (Unicode 15, table 3-7), or
// source.size().
size_t FindInvalidUtf8(std::string_view source);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_TEXT_DECODER_H_
