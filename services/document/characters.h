#ifndef CROSSFOOT_SERVICES_DOCUMENT_CHARACTERS_H_
#define CROSSFOOT_SERVICES_DOCUMENT_CHARACTERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text_span.h"

// Small questions about code points that the stages of segmentation share.  Texts are valid UTF-8
// throughout.

namespace crossfoot::document {

// The code point that begins at byte `offset`, and how many bytes it takes.
struct CodePoint {
  char32_t value = 0;
  int32_t size_bytes = 0;  // 0 at the end of the text
};
inline CodePoint CodePointAt(std::string_view text, size_t offset) {
  if (offset >= text.size()) return {};
  const auto byte = [&](size_t index) -> char32_t {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0x80;
  };
  const char32_t lead = byte(offset);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | (byte(offset + 1) & 0x3F), 2};
  if (lead < 0xF0) {
    return {(lead & 0x0F) << 12 | (byte(offset + 1) & 0x3F) << 6 | (byte(offset + 2) & 0x3F), 3};
  }
  return {(lead & 0x07) << 18 | (byte(offset + 1) & 0x3F) << 12 | (byte(offset + 2) & 0x3F) << 6 |
              (byte(offset + 3) & 0x3F),
          4};
}
// The code point that ends before byte `offset`.
CodePoint CodePointBefore(std::string_view text, size_t offset);

void AppendUtf8(char32_t code_point, std::string* out);

int32_t CountCodePoints(std::string_view text);

inline bool IsBlank(char32_t c) { return c == ' ' || c == '\t'; }
inline bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char32_t c);
// Han ideographs.
bool IsHan(char32_t c);
// Written without spaces between words: Han, kana, CJK punctuation and full-width forms.
bool IsEastAsian(char32_t c);

// 。！？!? and …: may end a sentence.
bool IsSentenceMark(char32_t c);
// ”’）)」』》】〕]}: may follow a sentence mark and still belongs to the sentence.
bool IsCloser(char32_t c);
// The opener that `c` closes, or 0.  Straight quotes have no direction and are not brackets.
char32_t OpenerOf(char32_t c);
bool IsOpener(char32_t c);

// A digit, plus or minus as a superscript, or as a subscript; other characters as they are.  A mark
// of a footnote must never join the number before it.
char32_t Scripted(char32_t c, bool superscript);

// `range` without blanks at both ends.
inline core::TextRange TrimBlanks(std::string_view text, core::TextRange range) {
  while (range.start < range.end && IsBlank(text[range.start])) ++range.start;
  while (range.start < range.end && IsBlank(text[range.end - 1])) --range.end;
  return range;
}

// `text` without any blanks: 指    标 → 指标.
std::string WithoutBlanks(std::string_view text);

bool Contains(std::string_view text, std::string_view part);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_CHARACTERS_H_
