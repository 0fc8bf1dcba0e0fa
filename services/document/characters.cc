#include "services/document/characters.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/code_points.h"

namespace crossfoot::document {

CodePoint CodePointBefore(std::string_view text, size_t offset) {
  if (offset == 0 || offset > text.size()) return {};
  size_t start = offset - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return CodePointAt(text, start);
}

void AppendUtf8(char32_t c, std::string* out) {
  auto append = [out](char32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    append(c);
  } else if (c < 0x800) {
    append(0xC0 | c >> 6);
    append(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    append(0xE0 | c >> 12);
    append(0x80 | (c >> 6 & 0x3F));
    append(0x80 | (c & 0x3F));
  } else {
    append(0xF0 | c >> 18);
    append(0x80 | (c >> 12 & 0x3F));
    append(0x80 | (c >> 6 & 0x3F));
    append(0x80 | (c & 0x3F));
  }
}

int32_t CountCodePoints(std::string_view text) { return core::CountCodePoints(text); }

bool IsAsciiLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsHan(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3007 || (c >= 0x20000 && c <= 0x3FFFF);
}

bool IsEastAsian(char32_t c) {
  return IsHan(c) || (c >= 0x3000 && c <= 0x30FF) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x2014 && c <= 0x2026);
}

bool IsSentenceMark(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'…' || c == '!' || c == '?';
}

bool IsCloser(char32_t c) { return OpenerOf(c) != 0; }

char32_t OpenerOf(char32_t c) {
  switch (c) {
    case U'）':
      return U'（';
    case ')':
      return '(';
    case U'”':
      return U'“';
    case U'’':
      return U'‘';
    case U'》':
      return U'《';
    case U'」':
      return U'「';
    case U'』':
      return U'『';
    case U'】':
      return U'【';
    case U'〕':
      return U'〔';
    case ']':
      return '[';
    default:
      return 0;
  }
}

bool IsOpener(char32_t c) {
  switch (c) {
    case U'（':
    case '(':
    case U'“':
    case U'‘':
    case U'《':
    case U'「':
    case U'『':
    case U'【':
    case U'〔':
    case '[':
      return true;
    default:
      return false;
  }
}

char32_t Scripted(char32_t c, bool superscript) {
  static constexpr char32_t kSuperscripts[] = U"⁰¹²³⁴⁵⁶⁷⁸⁹";
  if (IsDigit(c)) return superscript ? kSuperscripts[c - '0'] : U'₀' + (c - '0');
  if (c == '+') return superscript ? U'⁺' : U'₊';
  if (c == '-') return superscript ? U'⁻' : U'₋';
  return c;
}

std::string WithoutBlanks(std::string_view text) {
  std::string out(text);
  if (Contains(text, " ") || Contains(text, "\t")) {
    std::erase_if(out, [](char byte) { return IsBlank(byte); });
  }
  return out;
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace crossfoot::document
