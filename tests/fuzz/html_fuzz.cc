// HTML and text with tags in it, with its tables.

#include <string>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/reading.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The first byte says whether the source announces itself as HTML.
  if (size == 0) return 0;
  std::string source(data[0] % 2 == 0 ? "<!DOCTYPE html><html><body>" : "");
  source += crossfoot::fuzz::ToText(data + 1, size - 1);
  crossfoot::fuzz::CheckReading(source);
  return 0;
}
