#include "services/report/html_text.h"

#include <cstdint>

#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

// Where the character of `text`, which is UTF-8, that begins at `at` ends.
int32_t EndOfCharacter(std::string_view text, int32_t at) {
  const auto size = static_cast<int32_t>(text.size());
  ++at;
  while (at < size && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  for (const char byte : ToPrintable(text)) {
    switch (byte) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += byte;
    }
  }
  return escaped;
}

void Append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) out += part;
}

std::string PrintedText(const core::Document& document, core::TextRange range) {
  const std::string_view text = document.TextOf({0, range.end});
  if (document.ContentOf(range) == document.TextOf(range)) {
    return std::string(document.TextOf(range));
  }
  std::string printed;
  for (int32_t at = range.start; at < range.end;) {
    int32_t end = EndOfCharacter(text, at);
    const core::TextRange source = document.source_map.OriginalOf({at, end});
    // Characters that stand for the same bytes are one.
    while (end < range.end &&
           document.source_map.OriginalOf({end, EndOfCharacter(text, end)}) == source) {
      end = EndOfCharacter(text, end);
    }
    const std::string_view words =
        std::string_view(document.source).substr(source.start, source.size());
    const bool one = !words.empty() && EndOfCharacter(words, 0) == source.size();
    printed += one && text[at] != ' ' ? words : text.substr(at, end - at);
    at = end;
  }
  return printed;
}

}  // namespace crossfoot::report
