// Runs one case file: the parts of an Office file (tests/testing/office_file.h), the DebugString of
// the document, and where the words of its sentences and cells stand.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/document.h"
#include "core/place.h"
#include "core/string_view.h"
#include "core/text_span.h"
#include "services/document/segment.h"
#include "tests/testing/case_main.h"
#include "tests/testing/office_file.h"

namespace crossfoot::testing {
namespace {

void AppendPlace(const core::Document& document, core::TextRange range, std::string* out) {
  if (range.empty()) return;
  const std::optional<core::Place> place = document.PlaceOf(document.SpanOf(range));
  absl::StrAppend(out, place.has_value() ? ToFragment(*place) : "nowhere");
  if (place.has_value() && place->run > 0) absl::StrAppend(out, " run ", place->run);
  absl::StrAppend(out, " ", core::ToAbsl(document.TextOf(range)), "\n");
}

}  // namespace

std::string ActualOf(std::string input) {
  const std::string parts = std::move(input);
  const absl::StatusOr<core::Document> document =
      document::SegmentDocument("case", OfficeFile(parts));
  if (!document.ok()) return document.status().ToString() + "\n";
  std::string out = document->DebugString() + "places\n";
  for (const core::Block& block : document->blocks) {
    for (int32_t sentence = 0; sentence < block.sentence_count; ++sentence)
      AppendPlace(*document, document->sentences[block.first_sentence + sentence].range, &out);
    if (block.table < 0) continue;
    for (const core::Cell& cell : document->tables[block.table].cells)
      AppendPlace(*document, cell.range, &out);
  }
  return out;
}

}  // namespace crossfoot::testing
