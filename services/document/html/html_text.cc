#include "services/document/html/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/document/characters.h"
#include "services/document/html/tag_stripper.h"

namespace crossfoot::document {
namespace {

// The longest name in HTML's table is CounterClockwiseContourIntegral.
constexpr size_t kMaxNameBytes = 32;
// Names that are looked up in one document; HTML has 2231.
constexpr size_t kMaxNames = 4096;

bool IsNameByte(char c) { return IsAsciiLetter(c) || IsDigit(c); }

bool IsSpaceByte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Windows-1252 for the references &#128; to &#159;, as HTML reads them.
char32_t FromWindows1252(char32_t c) {
  static constexpr char16_t kTable[32] = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return c >= 0x80 && c < 0xA0 ? kTable[c - 0x80] : c;
}

// What gumbo makes of a short text without tags.
std::string ParseAsText(const std::string& text) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.fragment_context = GUMBO_TAG_DIV;
  GumboOutput* const output = gumbo_parse_with_options(&options, text.data(), text.size());
  std::string result;
  const GumboVector& children = output->root->v.element.children;
  for (unsigned int index = 0; index < children.length; ++index) {
    const auto* const node = static_cast<const GumboNode*>(children.data[index]);
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      result += node->v.text.text;
    }
  }
  gumbo_destroy_output(&options, output);
  return result;
}

}  // namespace

EntityDecoder::Entity EntityDecoder::Decode(std::string_view text) {
  if (text.size() < 2) return {};
  if (text[1] == '#') {
    const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    size_t at = hex ? 3 : 2;
    const size_t digits_start = at;
    char32_t value = 0;
    for (; at < text.size(); ++at) {
      const char byte = text[at];
      char32_t digit;
      if (IsDigit(byte)) {
        digit = byte - '0';
      } else if (hex && IsAsciiLetter(byte) && (byte | 0x20) <= 'f') {
        digit = (byte | 0x20) - 'a' + 10;
      } else {
        break;
      }
      value = std::min<char32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
    }
    if (at == digits_start) return {};
    if (at < text.size() && text[at] == ';') ++at;
    value = FromWindows1252(value);
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = 0xFFFD;
    numeric_.clear();
    AppendUtf8(value, &numeric_);
    return {numeric_, static_cast<int32_t>(at)};
  }
  size_t end = 1;
  while (end < text.size() && end <= kMaxNameBytes && IsNameByte(text[end])) ++end;
  if (end == 1) return {};
  if (end < text.size() && text[end] == ';') ++end;
  const std::string reference(text.substr(0, end));
  auto found = named_.find(reference);
  if (found == named_.end()) {
    if (named_.size() >= kMaxNames) return {};
    // A name without ";" may be followed by letters that gumbo leaves as they are.
    std::string decoded = ParseAsText(reference);
    size_t tail = 0;
    while (tail < decoded.size() && tail < reference.size() &&
           decoded[decoded.size() - 1 - tail] == reference[reference.size() - 1 - tail]) {
      ++tail;
    }
    Known known;
    known.size_bytes = static_cast<int32_t>(reference.size() - tail);
    known.decoded = decoded.substr(0, decoded.size() - tail);
    found = named_.emplace(reference, std::move(known)).first;
  }
  return {found->second.decoded, found->second.size_bytes};
}

HtmlTextReader::HtmlTextReader(const StrippedHtml& html, int32_t start, int32_t end,
                               EntityDecoder* entities)
    : html_(html), cursor_(start), end_(end), entities_(entities) {
  const auto piece = std::upper_bound(
      html.pieces.begin(), html.pieces.end(), start,
      [](int32_t value, const StrippedHtml::Piece& other) { return value < other.text_start; });
  piece_ = piece == html.pieces.begin() ? 0 : piece - html.pieces.begin() - 1;
}

bool HtmlTextReader::Next(Token* token) {
  if (cursor_ >= end_) return false;
  const std::string_view text = html_.text;
  const auto piece_end = [&](size_t piece) {
    return piece + 1 < html_.pieces.size() ? html_.pieces[piece + 1].text_start
                                           : static_cast<int32_t>(text.size());
  };
  // The original offset of the byte at `at`, or behind the one before it.
  const auto original = [&](int32_t at, bool behind) {
    while (piece_end(piece_) < at + (behind ? 0 : 1) && piece_ + 1 < html_.pieces.size()) ++piece_;
    const StrippedHtml::Piece& piece = html_.pieces[piece_];
    if (piece.copied) return piece.original_start + (at - piece.text_start);
    return behind ? piece.original_end : piece.original_start;
  };
  const int32_t start = cursor_;
  token->start = original(start, false);
  token->decoded = {};
  const int32_t limit = std::min(piece_end(piece_), end_);
  const char byte = text[start];
  if (IsSpaceByte(byte)) {
    token->kind = Kind::kSpace;
    ++cursor_;
  } else if (byte == '<') {
    token->kind = Kind::kTag;
    cursor_ = limit;
  } else {
    EntityDecoder::Entity entity;
    if (byte == '&') entity = entities_->Decode(text.substr(start, end_ - start));
    if (entity.size_bytes > 0) {
      token->kind = Kind::kOther;
      token->decoded = entity.decoded;
      cursor_ += entity.size_bytes;
    } else {
      token->kind = Kind::kRun;
      for (++cursor_; cursor_ < limit; ++cursor_) {
        const char next = text[cursor_];
        if (next == '<' || next == '&' || IsSpaceByte(next)) break;
      }
    }
  }
  token->bytes = text.substr(start, cursor_ - start);
  token->end = original(cursor_, true);
  return true;
}

bool ReadsAs(const StrippedHtml& html, int32_t start, int32_t end, std::string_view decoded,
             EntityDecoder* entities) {
  HtmlTextReader reader(html, start, end, entities);
  HtmlTextReader::Token token;
  size_t at = 0;
  bool after_return = false;
  while (reader.Next(&token)) {
    std::string_view expected = token.bytes;
    switch (token.kind) {
      case HtmlTextReader::Kind::kRun:
        break;
      case HtmlTextReader::Kind::kSpace:
        // gumbo reads CR and CR LF as LF.
        if (token.bytes == "\n" && after_return) expected = "";
        if (token.bytes == "\r") expected = "\n";
        break;
      case HtmlTextReader::Kind::kOther:
        expected = token.decoded;
        break;
      case HtmlTextReader::Kind::kTag:
        expected = "";
        break;
    }
    if (decoded.substr(at, expected.size()) != expected) return false;
    at += expected.size();
    after_return = token.bytes == "\r";
  }
  return at == decoded.size();
}

}  // namespace crossfoot::document
