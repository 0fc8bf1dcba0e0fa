// Plain text and Markdown, with the tables that they print: blocks, sentences and cells.

#include <string>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/reading.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string source(crossfoot::fuzz::ToText(data, size));
  // A bracket makes it look like mark-up; html_fuzz reads that.
  if (source.find('<') != std::string::npos || source.find('&') != std::string::npos) return 0;
  crossfoot::fuzz::CheckReading(source);
  return 0;
}
