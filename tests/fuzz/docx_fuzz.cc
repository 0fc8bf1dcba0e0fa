// The parts of a Word document, in the text form of tests/testing/office_file.h: what stands behind
// the archive, which ooxml_fuzz is for.

#include <string>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/reading.h"
#include "tests/testing/office_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string parts = "--- body\n" + std::string(crossfoot::fuzz::ToText(data, size));
  crossfoot::fuzz::CheckReading(crossfoot::testing::OfficeFile(parts));
  return 0;
}
