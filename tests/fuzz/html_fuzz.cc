// HTML and text with tags in it, with its tables.

#include <string>

#include "core/document.h"
#include "services/document/segment.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The first byte says whether the source announces itself as HTML.
  if (size == 0) return 0;
  std::string source(data[0] % 2 == 0 ? "<!DOCTYPE html><html><body>" : "");
  source += crossfoot::fuzz::ToText(data + 1, size - 1);
  const auto document = crossfoot::document::SegmentDocument("fuzz", source);
  const auto again = crossfoot::document::SegmentDocument("fuzz", source);
  CROSSFOOT_FUZZ_CHECK(document.status() == again.status());
  if (!document.ok()) return 0;
  crossfoot::fuzz::CheckDocument(*document);
  CROSSFOOT_FUZZ_CHECK(document->DebugString() == again->DebugString());
  return 0;
}
