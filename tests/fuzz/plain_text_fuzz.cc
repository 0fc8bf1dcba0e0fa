// Plain text and Markdown, with the tables that they print: blocks, sentences and cells.

#include <string>

#include "core/document.h"
#include "services/document/segment.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string source(crossfoot::fuzz::ToText(data, size));
  // A bracket makes it look like mark-up; html_fuzz reads that.
  if (source.find('<') != std::string::npos || source.find('&') != std::string::npos) return 0;
  const auto document = crossfoot::document::SegmentDocument("fuzz", source);
  const auto again = crossfoot::document::SegmentDocument("fuzz", source);
  CROSSFOOT_FUZZ_CHECK(document.status() == again.status());
  if (!document.ok()) return 0;
  crossfoot::fuzz::CheckDocument(*document);
  CROSSFOOT_FUZZ_CHECK(document->DebugString() == again->DebugString());
  return 0;
}
