#include "services/document/normalizer.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/simplified_data.h"

namespace crossfoot::document {
namespace {

// The one code point that `c` stands for in Unicode's data, or 0.
char32_t Decompose(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const nfkc = unorm2_getNFKCInstance(&error);
  if (U_FAILURE(error)) return 0;
  std::array<UChar, 8> buffer;
  const int32_t length = unorm2_getRawDecomposition(nfkc, static_cast<UChar32>(c), buffer.data(),
                                                    static_cast<int32_t>(buffer.size()), &error);
  if (U_FAILURE(error) || length <= 0) return 0;
  const bool pair = length == 2 && U16_IS_LEAD(buffer[0]) && U16_IS_TRAIL(buffer[1]);
  if (pair) return static_cast<char32_t>(U16_GET_SUPPLEMENTARY(buffer[0], buffer[1]));
  return length == 1 ? buffer[0] : 0;
}

// Ranges that hold ideographs and radicals encoded a second time.
bool IsCompatibilityIdeograph(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}

// The Chinese mark that small and vertical forms of an ASCII mark stand for, or 0.
char32_t ChineseMarkOf(char32_t ascii) {
  switch (ascii) {
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case '!':
    case '?':
      return ascii + 0xFEE0;
    default:
      return 0;
  }
}

Folding FoldByProperties(char32_t c) {
  using Kind = Folding::Kind;
  switch (c) {
    case '\t':
      return {};
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case 0x85:
    case 0x2028:
    case 0x2029:
      return {Kind::kLineBreak};
    default:
      break;
  }
  const UChar32 code_point = static_cast<UChar32>(c);
  const int8_t category = u_charType(code_point);
  if (category == U_CONTROL_CHAR) return {Kind::kDrop};
  if (category == U_SPACE_SEPARATOR) {
    return c == ' ' ? Folding{} : Folding{Kind::kReplace, ' '};
  }
  if (u_hasBinaryProperty(code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return {Kind::kDrop};
  if (c >= 0xFFF9 && c <= 0xFFFB) return {Kind::kDrop};  // interlinear annotation marks
  const int32_t type = u_getIntPropertyValue(code_point, UCHAR_DECOMPOSITION_TYPE);
  switch (type) {
    case U_DT_WIDE: {
      const char32_t folded = Decompose(c);
      if (folded == 0 || ChineseMarkOf(folded) != 0) return {};
      return {Kind::kReplace, folded};
    }
    case U_DT_NARROW:
    case U_DT_SMALL:
    case U_DT_NOBREAK:
    case U_DT_VERTICAL: {
      const char32_t folded = Decompose(c);
      if (folded == 0) return {};
      const char32_t mark = ChineseMarkOf(folded);
      return {Kind::kReplace, mark != 0 ? mark : folded};
    }
    default:
      break;
  }
  if (IsCompatibilityIdeograph(c)) {
    const char32_t folded = Decompose(c);
    if (folded != 0) return {Kind::kReplace, folded};
  }
  return {};
}

// Begins a character from U+4000 to U+9FFF, which is kept or folded to three bytes again.
bool IsHanLead(unsigned char byte) { return byte >= 0xE4 && byte <= 0xE9; }

// The foldings of the code points below U+10000, two bytes each.  Of those from U+3400 to U+F8FF
// only Traditional characters are folded.
class FoldingTable {
 public:
  FoldingTable() {
    entries_.fill(kKept);
    for (char32_t c = 0; c < 0x10000; ++c) {
      if (c == 0x3400) c = 0xF900;
      const Folding folding = FoldByProperties(c);
      switch (folding.kind) {
        case Folding::Kind::kKeep:
          break;
        case Folding::Kind::kDrop:
          entries_[c] = kDropped;
          break;
        case Folding::Kind::kReplace:
          entries_[c] =
              folding.replacement < 0x10000 ? static_cast<uint16_t>(folding.replacement) : kLarge;
          break;
        case Folding::Kind::kLineBreak:
          entries_[c] = '\n';
          break;
      }
    }
    // Lines of two characters of three bytes each: 萬万.
    for (const auto& file : embedded::simplified_data()) {
      const std::string_view data(file.data, file.size);
      for (size_t at = 0; at < data.size();) {
        const size_t end = std::min(data.find('\n', at), data.size());
        const std::string_view line = data.substr(at, end - at);
        if (line.size() == 6 && !line.starts_with("#"))
          entries_[CodePointAt(line, 0).value] = static_cast<uint16_t>(CodePointAt(line, 3).value);
        at = end + 1;
      }
    }
    // What a compatibility form becomes may be a Traditional character.
    for (uint16_t& entry : entries_) {
      if (entry >= 0x3400 && entry != kKept && entries_[entry] != kKept) entry = entries_[entry];
    }
    for (size_t c = 0; c < entries_.size(); ++c) {
      if (entries_[c] != kKept) folded_[c >> 6] |= uint64_t{1} << (c & 63);
    }
  }

  bool Keeps(char32_t c) const {
    return c < 0x10000 ? KeepsSmall(c) : (c < 0x2F800 || c >= 0x2FA20) && c < 0xE0000;
  }
  bool KeepsSmall(char32_t c) const { return (folded_[c >> 6] >> (c & 63) & 1) == 0; }

  // The first place from `cursor` on, up to `end`, that holds no kept character from U+4000 to
  // U+9FFF.  `bytes` is UTF-8.
  int32_t SkipKeptHan(const unsigned char* bytes, int32_t cursor, int32_t end) const {
    while (cursor < end && IsHanLead(bytes[cursor])) {
      const size_t row = (bytes[cursor] & 0x0F) << 6 | (bytes[cursor + 1] & 0x3F);
      if ((folded_[row] >> (bytes[cursor + 2] & 0x3F) & 1) != 0) break;
      cursor += 3;
    }
    return cursor;
  }

  Folding Of(char32_t c) const {
    using Kind = Folding::Kind;
    if (Keeps(c)) return {};
    if (c >= 0x10000) return FoldLarge(c);
    switch (entries_[c]) {
      case kDropped:
        return {Kind::kDrop};
      case kLarge:
        return FoldByProperties(c);
      case '\n':
        return {Kind::kLineBreak};
      default:
        return {Kind::kReplace, entries_[c]};
    }
  }

 private:
  Folding FoldLarge(char32_t c) const {
    const Folding folding = FoldByProperties(c);
    const bool again = folding.kind == Folding::Kind::kReplace && folding.replacement < 0x10000 &&
                       !Keeps(folding.replacement);
    return again ? Of(folding.replacement) : folding;
  }

  static constexpr uint16_t kKept = 0xFFFF;
  static constexpr uint16_t kDropped = 0;
  static constexpr uint16_t kLarge = 1;  // replaced by a code point above U+FFFF
  std::array<uint16_t, 0x10000> entries_;
  std::array<uint64_t, 0x10000 / 64> folded_ = {};  // a bit each: small enough to stay in the cache
};

// Never destroyed, so that it serves threads that outlive main.
const FoldingTable& Foldings() {
  static const FoldingTable& table = *std::make_unique<FoldingTable>().release();
  return table;
}

}  // namespace

Folding Fold(char32_t code_point) { return Foldings().Of(code_point); }

void AppendNormalized(std::string_view source, int32_t start, int32_t end, LineBreaks line_breaks,
                      Draft* draft) {
  const FoldingTable& foldings = Foldings();
  const std::string_view text = source.substr(0, end);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(source.data());
  int32_t run_start = start;
  int32_t cursor = start;
  std::string replacement;
  while (cursor < end) {
    while (cursor < end && bytes[cursor] >= ' ' && bytes[cursor] < 0x7F) ++cursor;
    if (cursor == end) break;
    const unsigned char lead = bytes[cursor];
    if (IsHanLead(lead)) {
      cursor = foldings.SkipKeptHan(bytes, cursor, end);
      if (cursor == end || !IsHanLead(bytes[cursor])) continue;
      draft->AppendCopied(text.substr(run_start, cursor - run_start), run_start);
      replacement.clear();
      AppendUtf8(foldings.Of(CodePointAt(text, cursor).value).replacement, &replacement);
      draft->AppendCopied(replacement, cursor);
      cursor = run_start = cursor + 3;
      continue;
    }
    if (lead == '\t' || (lead == '\n' && line_breaks == LineBreaks::kKeep)) {
      ++cursor;
      continue;
    }
    const CodePoint c = CodePointAt(text, cursor);
    if (foldings.Keeps(c.value)) {
      cursor += c.size_bytes;
      continue;
    }
    const Folding folding = foldings.Of(c.value);
    draft->AppendCopied(text.substr(run_start, cursor - run_start), run_start);
    int32_t next = cursor + c.size_bytes;
    replacement.clear();
    switch (folding.kind) {
      case Folding::Kind::kKeep:
        AppendUtf8(c.value, &replacement);
        break;
      case Folding::Kind::kDrop:
        break;
      case Folding::Kind::kReplace:
        AppendUtf8(folding.replacement, &replacement);
        break;
      case Folding::Kind::kLineBreak:
        if (c.value == '\r' && next < end && bytes[next] == '\n') ++next;
        replacement.push_back(line_breaks == LineBreaks::kKeep ? '\n' : ' ');
        break;
    }
    draft->AppendReplaced(replacement, cursor, next);
    cursor = run_start = next;
  }
  draft->AppendCopied(text.substr(run_start, cursor - run_start), run_start);
}

}  // namespace crossfoot::document
