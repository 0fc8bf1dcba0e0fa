// Archives that may be Office files, byte by byte.

#include <string>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/reading.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  crossfoot::fuzz::CheckReading("PK" + std::string(crossfoot::fuzz::ToText(data, size)));
  return 0;
}
