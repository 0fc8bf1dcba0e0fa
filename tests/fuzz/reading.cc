#include "tests/fuzz/reading.h"

#include <optional>

#include "core/document.h"
#include "core/place.h"
#include "core/text_span.h"
#include "services/document/segment.h"
#include "tests/fuzz/fuzz.h"

namespace crossfoot::fuzz {
namespace {

void CheckPlace(const core::Document& document, core::TextRange range) {
  const std::optional<core::Place> place = document.PlaceOf(document.SpanOf(range));
  if (!place.has_value()) return;
  switch (place->kind) {
    case core::Place::Kind::kPage:
      CROSSFOOT_FUZZ_CHECK(place->page >= 1 && !place->boxes.empty());
      break;
    case core::Place::Kind::kParagraph:
      CROSSFOOT_FUZZ_CHECK(place->paragraph >= 1 && place->run >= 1 && !place->part.empty());
      break;
    case core::Place::Kind::kCell:
      CROSSFOOT_FUZZ_CHECK(place->row >= 1 && place->column >= 1);
      break;
  }
}

}  // namespace

void CheckReading(const std::string& bytes) {
  const auto document = document::SegmentDocument("fuzz", bytes);
  const auto again = document::SegmentDocument("fuzz", bytes);
  CROSSFOOT_FUZZ_CHECK(document.status() == again.status());
  if (!document.ok()) return;
  CheckDocument(*document);
  for (const core::Sentence& sentence : document->sentences) CheckPlace(*document, sentence.range);
  for (const core::Table& table : document->tables) {
    for (const core::Cell& cell : table.cells) CheckPlace(*document, cell.range);
  }
  CROSSFOOT_FUZZ_CHECK(document->DebugString() == again->DebugString());
}

}  // namespace crossfoot::fuzz
