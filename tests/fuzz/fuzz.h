#ifndef CROSSFOOT_TESTS_FUZZ_FUZZ_H_
#define CROSSFOOT_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/document.h"
#include "core/text_span.h"
#include "services/lexicon/lexicon.h"

// What the fuzz targets share.  A target defines LLVMFuzzerTestOneInput, which reads its input as
// one parser does and stops the program when a property does not hold:
//
//   make fuzz                       each target for a minute, under the address sanitiser
//   bazel test //tests/fuzz/...     each target over the inputs kept in corpus/

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

// Stops the program when `condition` is false.
#define CROSSFOOT_FUZZ_CHECK(condition) \
  ((condition) ? void() : ::crossfoot::fuzz::Stop(__FILE__, __LINE__, #condition))

namespace crossfoot::fuzz {

[[noreturn]] void Stop(const char* file, int line, const char* condition);

inline std::string_view ToText(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The words built into the program.
const lexicon::Lexicon& Words();

// `range` lies in `text` and cuts no code point in two.
void CheckRange(std::string_view text, core::TextRange range);

// `span` lies in the document's source and cuts no code point in two.
void CheckSpan(const core::Document& document, core::TextSpan span);

// Blocks, sentences, tables and cells lie in the text in order, on borders of code points, and so
// do the places in the source that they come from.
void CheckDocument(const core::Document& document);

}  // namespace crossfoot::fuzz

#endif  // CROSSFOOT_TESTS_FUZZ_FUZZ_H_
