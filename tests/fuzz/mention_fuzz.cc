// All mentions of a document: inside it, in order, without overlaps, the same each time.

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "core/document.h"
#include "core/mention.h"
#include "services/document/segment.h"
#include "services/mention/recognize.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using crossfoot::core::Mention;
  const auto document = crossfoot::document::SegmentDocument(
      "fuzz", std::string(crossfoot::fuzz::ToText(data, size)));
  if (!document.ok()) return 0;
  const crossfoot::mention::RecognizeOptions options = {.reference_date =
                                                            absl::CivilDay(2024, 3, 31)};
  const auto& words = crossfoot::fuzz::Words();
  const std::vector<Mention> mentions =
      crossfoot::mention::RecognizeMentions(*document, words, options);
  int32_t end = 0;
  for (const Mention& mention : mentions) {
    crossfoot::fuzz::CheckRange(document->text, mention.range);
    crossfoot::fuzz::CheckSpan(*document, document->SpanOf(mention.range));
    CROSSFOOT_FUZZ_CHECK(!mention.range.empty() && mention.range.start >= end);
    end = mention.range.end;
    CROSSFOOT_FUZZ_CHECK((mention.sentence >= 0) != (mention.table >= 0));
    if (mention.sentence >= 0) {
      CROSSFOOT_FUZZ_CHECK(document->sentences[mention.sentence].range.Contains(mention.range));
    } else {
      const auto& cells = document->tables[mention.table].cells;
      CROSSFOOT_FUZZ_CHECK(mention.cell >= 0 && cells[mention.cell].range.Contains(mention.range));
    }
    if (mention.period.has_value()) {
      CROSSFOOT_FUZZ_CHECK(mention.period->start <= mention.period->end);
    }
  }
  const std::vector<Mention> again =
      crossfoot::mention::RecognizeMentions(*document, words, options);
  CROSSFOOT_FUZZ_CHECK(again.size() == mentions.size());
  for (size_t i = 0; i < mentions.size(); ++i) {
    CROSSFOOT_FUZZ_CHECK(mentions[i].DebugString(*document) == again[i].DebugString(*document));
  }
  return 0;
}
