// Folding: what was folded stays as it is, every byte keeps its origin, nothing but folding changes
// the text.

#include <string>

#include "services/document/draft.h"
#include "services/document/normalizer.h"
#include "services/document/text_decoder.h"
#include "tests/fuzz/fuzz.h"

namespace crossfoot::document {
namespace {

void Check(std::string_view source, LineBreaks line_breaks) {
  Draft draft;
  AppendNormalized(source, 0, static_cast<int32_t>(source.size()), line_breaks, &draft);
  const std::string_view text = draft.text();
  CROSSFOOT_FUZZ_CHECK(FindInvalidUtf8(text) == text.size());
  if (line_breaks == LineBreaks::kBlank) {
    CROSSFOOT_FUZZ_CHECK(text.find('\n') == std::string_view::npos);
  }
  int32_t text_end = 0, original_end = 0;
  for (const Draft::Piece& piece : draft.pieces()) {
    CROSSFOOT_FUZZ_CHECK(piece.text_start >= text_end);
    CROSSFOOT_FUZZ_CHECK(piece.original_start >= original_end);
    CROSSFOOT_FUZZ_CHECK(piece.original_end <= static_cast<int32_t>(source.size()));
    fuzz::CheckRange(text, {piece.text_start, static_cast<int32_t>(text.size())});
    fuzz::CheckRange(source, {piece.original_start, piece.original_end});
    text_end = piece.text_start;
    original_end = piece.original_end;
  }
  Draft again;
  AppendNormalized(text, 0, static_cast<int32_t>(text.size()), line_breaks, &again);
  CROSSFOOT_FUZZ_CHECK(again.text() == text);
}

}  // namespace
}  // namespace crossfoot::document

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using crossfoot::document::LineBreaks;
  const std::string_view source = crossfoot::fuzz::ToText(data, size);
  if (crossfoot::document::FindInvalidUtf8(source) != size) return 0;
  crossfoot::document::Check(source, LineBreaks::kKeep);
  crossfoot::document::Check(source, LineBreaks::kBlank);
  return 0;
}
