#ifndef CROSSFOOT_SERVICES_MENTION_TEXT_H_
#define CROSSFOOT_SERVICES_MENTION_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

// Byte tests for UTF-8 text, shared by the lexers.

namespace crossfoot::mention {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
inline bool DigitAt(std::string_view text, size_t at) {
  return at < text.size() && IsDigit(text[at]);
}
inline bool LetterAt(std::string_view text, size_t at) {
  return at < text.size() && IsLetter(text[at]);
}

// The byte after the blanks at `at`, at most `limit` of them.
inline size_t SkipBlanks(std::string_view text, size_t at, size_t limit) {
  while (limit-- > 0 && at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// Bytes of the code point that starts at `at`; 1 at a stray byte.
inline size_t CodePointSize(std::string_view text, size_t at) {
  const uint8_t lead = static_cast<uint8_t>(text[at]);
  const size_t size = lead < 0x80 ? 1 : lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return size <= text.size() - at ? size : text.size() - at;
}

// The code point that ends before `at`; empty at the start.
inline std::string_view CodePointBefore(std::string_view text, size_t at) {
  size_t start = at;
  while (start > 0) {
    --start;
    if ((static_cast<uint8_t>(text[start]) & 0xC0) != 0x80) break;
  }
  return text.substr(start, at - start);
}

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_TEXT_H_
