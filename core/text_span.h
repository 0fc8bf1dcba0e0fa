#ifndef CROSSFOOT_CORE_TEXT_SPAN_H_
#define CROSSFOOT_CORE_TEXT_SPAN_H_

#include <cstdint>
#include <string>

namespace crossfoot::core {

// A place in the ORIGINAL bytes of a document, the only coordinates that leave the program.
struct TextSpan {
  int32_t start_byte = 0;  // 0-based, inclusive
  int32_t end_byte = 0;    // 0-based, exclusive
  int32_t line = 0;        // 1-based; 0 when the span is not set
  int32_t column = 0;      // 1-based, in code points

  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// A half-open range of bytes of `Document::text`, the normalised text.  Stages compute with these;
// `Document::SpanOf` turns one into a `TextSpan`.
struct TextRange {
  int32_t start = 0;
  int32_t end = 0;

  int32_t size() const { return end - start; }
  bool empty() const { return end <= start; }
  bool Contains(const TextRange& other) const { return start <= other.start && other.end <= end; }
  bool Overlaps(const TextRange& other) const { return start < other.end && other.start < end; }

  friend bool operator==(const TextRange&, const TextRange&) = default;
};

// "12..21@1:5", for goldens.
std::string DebugString(const TextSpan& span);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_TEXT_SPAN_H_
