// Comma- and tab-separated values: records, quotes, heads and notes.

#include <string>

#include "core/document.h"
#include "services/document/csv.h"
#include "services/document/line.h"
#include "services/document/segment.h"
#include "services/document/text_decoder.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The first byte says what divides the fields.
  if (size == 0) return 0;
  const char delimiter = ",;\t"[data[0] % 3];
  const std::string text(crossfoot::fuzz::ToText(data + 1, size - 1));
  if (crossfoot::document::FindInvalidUtf8(text) < text.size()) return 0;
  const crossfoot::document::Reading reading = crossfoot::document::ReadCsv(text, delimiter);
  for (const crossfoot::document::DraftTable& table : reading.tables) {
    for (const crossfoot::document::DraftCell& cell : table.cells) {
      CROSSFOOT_FUZZ_CHECK(cell.range.start <= cell.range.end);
      CROSSFOOT_FUZZ_CHECK(cell.range.end <= reading.draft.size());
      CROSSFOOT_FUZZ_CHECK(cell.row + cell.row_span <= table.row_count);
      CROSSFOOT_FUZZ_CHECK(cell.column + cell.column_span <= table.column_count);
    }
  }
  // Behind a table of some length it is read as one whatever it is.
  std::string source = std::string("指标") + delimiter + "收入\n";
  for (int row = 0; row < 50; ++row) source += std::string("合计") + delimiter + "12\n";
  source += text;
  const auto document = crossfoot::document::SegmentDocument("fuzz", source);
  if (document.ok()) crossfoot::fuzz::CheckDocument(*document);
  return 0;
}
