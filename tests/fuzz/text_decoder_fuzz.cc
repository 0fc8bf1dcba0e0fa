// Bytes that may be text: the place of the first byte that is no UTF-8, against ICU, and decoding.

#include <unicode/utf8.h>

#include <string>

#include "services/document/text_decoder.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view source = crossfoot::fuzz::ToText(data, size);
  int32_t at = 0, invalid = -1;
  while (invalid < 0 && at < static_cast<int32_t>(size)) {
    const int32_t start = at;
    UChar32 c;
    U8_NEXT(data, at, static_cast<int32_t>(size), c);
    if (c < 0) invalid = start;
  }
  const size_t expected = invalid < 0 ? size : static_cast<size_t>(invalid);
  CROSSFOOT_FUZZ_CHECK(crossfoot::document::FindInvalidUtf8(source) == expected);
  const absl::StatusOr<crossfoot::document::DecodedText> decoded =
      crossfoot::document::DecodeText("fuzz", std::string(source), 1 << 20);
  if (!decoded.ok()) return 0;
  // What comes out is UTF-8, and what was UTF-8 comes out as it was, without its mark.
  CROSSFOOT_FUZZ_CHECK(crossfoot::document::FindInvalidUtf8(decoded->text) == decoded->text.size());
  if (invalid < 0 && source.find('\0') == std::string_view::npos)
    CROSSFOOT_FUZZ_CHECK(source.ends_with(decoded->text));
  return 0;
}
