#ifndef CROSSFOOT_SERVICES_DOCUMENT_TEXT_DECODER_H_
#define CROSSFOOT_SERVICES_DOCUMENT_TEXT_DECODER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace crossfoot::document {

// Largest document that int32 offsets can serve with room for what decoding adds.  In bytes.
inline constexpr int64_t kAddressableDocumentBytes = int64_t{512} << 20;

// OK when `source` is UTF-8 text that can be read.  kDocumentEmpty, kDocumentTooLarge,
// kBinaryContent (a NUL byte) or kEncodingInvalid otherwise; the messages name `uri`, the 0-based
// offset and what to do.
absl::Status CheckText(std::string_view uri, std::string_view source, int64_t max_document_bytes);

// Offset of the first byte that begins no well-formed UTF-8 sequence (Unicode 15, table 3-7), or
// source.size().
size_t FindInvalidUtf8(std::string_view source);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_TEXT_DECODER_H_
