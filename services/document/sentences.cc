#include "services/document/sentences.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "core/text_span.h"
#include "services/document/characters.h"

namespace crossfoot::document {
namespace {

// How many open brackets are looked at for the partner of a closing one.
constexpr size_t kMaxOpenBrackets = 8;

// A point ends a sentence behind more bytes than this: "No. 5" is none.
constexpr int32_t kMinEnglishSentenceBytes = 12;

// A bracket and its partner: byte offsets of the opening and behind the closing one.
struct Bracket {
  int32_t start;
  int32_t end;
  char32_t opener;
};

bool IsBracket(char32_t c) { return IsOpener(c) || IsCloser(c); }

// Whether an ASCII character is a bracket or sentence mark.
constexpr std::array<bool, 0x80> kAsciiMark = [] {
  std::array<bool, 0x80> marks = {};
  for (const char mark : {'(', ')', '[', ']', '!', '?', '.'})
    marks[static_cast<uint8_t>(mark)] = true;
  return marks;
}();

// The first place from `at` on, up to `end`, where a bracket or sentence mark may stand.  Steps are
// constants behind branches, so that the processor need not wait for one character to find the
// next.
int32_t SkipPlain(std::string_view text, int32_t at, int32_t end) {
  const auto byte = [text](int32_t place) { return static_cast<uint8_t>(text[place]); };
  while (at < end) {
    const uint8_t lead = byte(at);
    if (lead >= 0xE4 && lead <= 0xE9) {  // nearly all Chinese characters
      at += 3;
    } else if (lead < 0x80) {
      // A point behind a digit ends nothing.
      if (kAsciiMark[lead] && !(lead == '.' && at > 0 && IsDigit(byte(at - 1)))) break;
      ++at;
    } else if ((lead == 0xEF && byte(at + 1) == 0xBC && byte(at + 2) == 0x8C) ||  // ，
               (lead == 0xE3 && byte(at + 1) == 0x80 && byte(at + 2) == 0x81)) {  // 、
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

// A bracket, or what may end a sentence.
struct Mark {
  int32_t at;
  CodePoint c;
};

using Marks = absl::InlinedVector<Mark, 32>;

Marks FindMarks(std::string_view text, core::TextRange block) {
  Marks marks;
  for (int32_t at = SkipPlain(text, block.start, block.end); at < block.end;) {
    const CodePoint c = CodePointAt(text, at);
    if (IsSentenceMark(c.value) || IsBracket(c.value) || c.value == '.') marks.push_back({at, c});
    at = SkipPlain(text, at + c.size_bytes, block.end);
  }
  return marks;
}

// Pairs of brackets, by their start, none longer than kMaxBracketBytes.
using Brackets = absl::InlinedVector<Bracket, 8>;

Brackets FindBrackets(const Marks& marks) {
  struct Open {
    char32_t opener;
    int32_t start;
  };
  absl::InlinedVector<Open, 8> open;
  Brackets brackets;
  for (const auto& [at, c] : marks) {
    if (IsOpener(c.value)) {
      open.push_back({c.value, at});
      continue;
    }
    const char32_t opener = OpenerOf(c.value);
    if (opener == 0) continue;
    const size_t deepest = open.size() > kMaxOpenBrackets ? open.size() - kMaxOpenBrackets : 0;
    for (size_t index = open.size(); index-- > deepest;) {
      if (open[index].opener != opener) continue;
      if (at - open[index].start <= kMaxBracketBytes) {
        brackets.push_back({open[index].start, at + c.size_bytes, opener});
      }
      open.resize(index);
      break;
    }
  }
  std::sort(brackets.begin(), brackets.end(),
            [](const Bracket& a, const Bracket& b) { return a.start < b.start; });
  // Keep the outermost.
  int32_t end = 0;
  const auto inside = [&end](const Bracket& bracket) {
    if (bracket.start < end) return true;
    end = bracket.end;
    return false;
  };
  brackets.erase(std::remove_if(brackets.begin(), brackets.end(), inside), brackets.end());
  return brackets;
}

// What stands behind a closing quote when the sentence goes on: “稳中有进。”的态势.
bool GoesOn(char32_t next) {
  static constexpr std::u32string_view kNext = U"，、；：的等和与及为是之地得）)》”’";
  return kNext.find(next) != std::u32string_view::npos;
}

}  // namespace

void CutSentences(std::string_view text, core::TextRange block,
                  std::vector<core::TextRange>* sentences) {
  text = text.substr(0, block.end);
  const Marks marks = FindMarks(text, block);
  const Brackets brackets = FindBrackets(marks);
  size_t bracket = 0;
  int32_t start = block.start;
  bool whole_bracket = false;  // the sentence so far is one bracket
  auto cut = [&](int32_t end) {
    const core::TextRange range = TrimBlanks(text, {start, end});
    if (!range.empty()) sentences->push_back(range);
    start = end;
  };
  // The end of the closers behind `at`.
  auto skip_closers = [&](int32_t at) {
    for (CodePoint c = CodePointAt(text, at); c.size_bytes > 0; c = CodePointAt(text, at)) {
      if (!IsCloser(c.value) && !IsSentenceMark(c.value) && c.value != '"') break;
      at += c.size_bytes;
    }
    return at;
  };
  int32_t behind = block.start;  // the first place not yet looked at
  for (const auto& [mark_at, c] : marks) {
    if (mark_at < behind) continue;
    int32_t at = mark_at;
    while (bracket < brackets.size() && brackets[bracket].start < at) ++bracket;
    if (bracket < brackets.size() && brackets[bracket].start == at) {
      const Bracket& current = brackets[bracket++];
      whole_bracket = TrimBlanks(text, {start, at}).empty();
      at = behind = current.end;
      // A mark that ends the bracket ends the sentence when the bracket is a sentence of its own,
      // or a quotation that nothing joins to what follows.
      const CodePoint closer = CodePointBefore(text, at);
      const CodePoint mark = CodePointBefore(text, at - closer.size_bytes);
      if (!IsSentenceMark(mark.value)) continue;
      const bool quote = current.opener == U'“' || current.opener == U'「';
      const bool alone = whole_bracket && current.opener != U'《' && !quote;
      if (alone || (quote && !GoesOn(CodePointAt(text, at).value))) {
        behind = skip_closers(at);
        cut(behind);
      }
      continue;
    }
    const int32_t next = at + c.size_bytes;
    bool ends = false;
    if (c.value == U'。' || c.value == U'！' || c.value == U'？') {
      ends = true;
    } else if (c.value == U'…') {
      ends = CodePointAt(text, next).value == U'…' && !GoesOn(CodePointAt(text, next + 3).value);
    } else if (c.value == '!' || c.value == '?') {
      const char32_t after = CodePointAt(text, next).value;
      ends = after == 0 || IsBlank(after) || IsEastAsian(after) || IsCloser(after);
    } else if (c.value == '.') {
      const char32_t before = CodePointBefore(text, at).value;
      const char32_t after = CodePointAt(text, next).value;
      const CodePoint word = CodePointAt(text, next + 1);
      ends =
          at > start && (IsAsciiLetter(before) || IsCloser(before) || before == '%') &&
          IsBlank(after) &&
          ((word.value >= 'A' && word.value <= 'Z') || IsOpener(word.value) || IsHan(word.value)) &&
          at - start > kMinEnglishSentenceBytes;
    }
    behind = next;
    if (!ends) continue;
    behind = skip_closers(next);
    cut(behind);
  }
  cut(block.end);
}

}  // namespace crossfoot::document
