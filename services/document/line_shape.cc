#include "services/document/line_shape.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "services/document/characters.h"
#include "services/lexicon/layout.h"

namespace crossfoot::document {
namespace {

using lexicon::Layout;
using lexicon::LayoutRole;

const Layout& Words() { return Layout::BuiltIn(); }

bool IsChineseNumeral(char32_t c) {
  static constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百";
  return kNumerals.find(c) != std::u32string_view::npos;
}

// Bytes of the digits (Chinese or ASCII) at the start of `text`.
size_t NumeralBytes(std::string_view text, bool chinese) {
  size_t size = 0;
  for (CodePoint c = CodePointAt(text, 0); c.size_bytes > 0; c = CodePointAt(text, size)) {
    if (chinese ? !IsChineseNumeral(c.value) : !IsDigit(c.value)) break;
    size += c.size_bytes;
  }
  return size;
}

bool StartsWithAny(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

bool ContainsAny(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (Contains(text, word)) return true;
  }
  return false;
}

bool EndsWithAny(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.ends_with(word)) return true;
  }
  return false;
}

// Removes one of the opening brackets.
std::string_view WithoutOpeningBracket(std::string_view text) {
  const CodePoint first = CodePointAt(text, 0);
  switch (first.value) {
    case U'（':
    case '(':
    case '[':
    case U'【':
      return text.substr(first.size_bytes);
    default:
      return text;
  }
}

// `text` begins with a word of `role`, blanks allowed, and a colon.
bool StartsWithLabel(std::string_view text, LayoutRole role) {
  size_t size = Words().PrefixSize(role, text);
  if (size == 0) return false;
  while (size < text.size() && IsBlank(text[size])) ++size;
  return StartsWithAny(text.substr(size), {"：", ":"});
}

// IsNumberCell but for words that stand for a number.
bool IsPlainNumber(std::string_view line) {
  const auto lead = static_cast<unsigned char>(line.front());
  if (lead >= 0xE3 && lead < 0xEF) return false;
  if (IsAsciiLetter(lead)) return false;
  size_t at = 0;
  for (const std::string_view sign :
       std::initializer_list<std::string_view>{"+", "-", "−", "–", "±", "▲", "▼"}) {
    if (IsDigit(lead)) break;
    if (line.starts_with(sign)) {
      at = sign.size();
      break;
    }
  }
  while (at < line.size() && IsBlank(line[at])) ++at;
  size_t digits = 0;
  bool point = false;
  for (; at < line.size(); ++at) {
    const char byte = line[at];
    if (IsDigit(byte)) {
      ++digits;
    } else if (byte == '.' && !point) {
      point = true;
    } else if (byte == ',' && !point && digits > 0) {
      continue;
    } else {
      break;
    }
  }
  if (digits == 0) return false;
  while (at < line.size() && IsBlank(line[at])) ++at;
  const std::string_view rest = line.substr(at);
  return rest.empty() || rest == "%" || rest == "‰" || rest == "*";
}

}  // namespace

int32_t OutlineDepth(std::string_view line) {
  const std::string_view inner = WithoutOpeningBracket(line);
  if (inner.size() != line.size()) {
    for (const bool chinese : {true, false}) {
      const size_t size = NumeralBytes(inner, chinese);
      if (size == 0 || size > (chinese ? 9 : 2)) continue;
      if (StartsWithAny(inner.substr(size), {"）", ")"})) return chinese ? 2 : 4;
    }
    return 0;
  }
  if (line.starts_with("第")) {
    const std::string_view number = line.substr(std::string_view("第").size());
    const size_t size = NumeralBytes(number, true);
    return size > 0 && Words().StartsWith(LayoutRole::kChapter, number.substr(size)) ? 1 : 0;
  }
  const size_t chinese = NumeralBytes(line, true);
  if (chinese > 0 && chinese <= 9) {
    return StartsWithAny(line.substr(chinese), {"、", "．", "."}) ? 1 : 0;
  }
  const size_t digits = NumeralBytes(line, false);
  if (digits > 0 && digits <= 2) {
    const std::string_view rest = line.substr(digits);
    if (rest.starts_with("、")) return 3;
    if (rest.starts_with(".") && rest.size() > 1 && !IsDigit(rest[1])) return 3;
  }
  return 0;
}

bool EndsClosed(std::string_view line) {
  size_t end = line.size();
  const CodePoint last = CodePointBefore(line, end);
  if (last.size_bytes == 0) return false;
  if (IsSentenceMark(last.value) || IsCloser(last.value)) return true;
  switch (last.value) {
    case U'；':
    case ';':
    case U'：':
    case ':':
    case '.':
    case '"':
      return true;
    default:
      return false;
  }
}

bool HasInnerStop(std::string_view line) {
  for (size_t at = line.find("。"); at != std::string_view::npos; at = line.find("。", at + 3)) {
    if (at + 3 < line.size()) return true;
  }
  for (const std::string_view mark : {"！", "？", "；"}) {
    const size_t at = line.find(mark);
    if (at != std::string_view::npos && at + mark.size() < line.size()) return true;
  }
  return false;
}

bool LeavesBracketOpen(std::string_view line) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"“", "”"},
                                    {"（", "）"},
                                    {"《", "》"},
                                    {"「", "」"}}) {
    const size_t at = line.rfind(open);
    if (at != std::string_view::npos && line.find(close, at) == std::string_view::npos) return true;
  }
  return false;
}

bool EndsUnfinished(std::string_view line) {
  return Words().EndsWith(LayoutRole::kUnfinishedEnd, line) && CountCodePoints(line) >= 8;
}

bool StartsWithQuantity(std::string_view line) {
  size_t at = NumeralBytes(line, false);
  if (at == 0) return false;
  if (at < line.size() && line[at] == '.') at += 1 + NumeralBytes(line.substr(at + 1), false);
  return Words().StartsWith(LayoutRole::kMeasureStart, line.substr(at));
}

bool StartsWithMeasureWord(std::string_view line) {
  return Words().StartsWith(LayoutRole::kMeasureStart, line) ||
         Words().StartsWith(LayoutRole::kDateStart, line);
}

bool HasClausePunctuation(std::string_view line) {
  return ContainsAny(line, {"，", "。", "；", ";", "、其中"});
}

bool IsNumberCell(std::string_view line) {
  if (line.empty() || line.size() > 40) return false;
  return IsPlainNumber(line) || Words().Is(LayoutRole::kNoNumber, line);
}

bool IsYearNumber(std::string_view line) {
  return line.size() == 4 && NumeralBytes(line, false) == 4 && line >= "1900" && line <= "2100";
}

bool IsUnitNote(std::string_view line) {
  if (line.size() > 120) return false;
  const std::string_view inner = WithoutOpeningBracket(line);
  return StartsWithLabel(inner, LayoutRole::kUnitNote);
}

bool IsCaption(std::string_view line) {
  if (line.size() > 240) return false;
  if (IsUnitNote(line)) return true;
  std::string_view rest = line;
  const size_t word = Words().PrefixSize(LayoutRole::kCaption, rest);
  if (word == 0) return false;
  rest.remove_prefix(word);
  while (!rest.empty() && IsBlank(rest.front())) rest.remove_prefix(1);
  size_t size = NumeralBytes(rest, false);
  if (size == 0) size = NumeralBytes(rest, true);
  return size > 0 && !line.ends_with("。") && !HasInnerStop(line) && !Contains(line, "，");
}

bool IsNoteHead(std::string_view line) { return Words().Is(LayoutRole::kNoteHead, line); }

bool IsNote(std::string_view line) {
  if (IsNoteHead(line)) return true;
  const std::string_view inner = WithoutOpeningBracket(line);
  if (StartsWithLabel(inner, LayoutRole::kNote)) return true;
  // 注1：…, 注①：…
  const size_t size = Words().PrefixSize(LayoutRole::kNoteHead, inner);
  if (size == 0) return false;
  const std::string_view rest = inner.substr(size);
  const CodePoint mark = CodePointAt(rest, 0);
  return (IsDigit(mark.value) || (mark.value >= U'①' && mark.value <= U'⑳')) &&
         StartsWithAny(rest.substr(mark.size_bytes), {"：", ":", ".", "、", "）"});
}

bool IsSourceNote(std::string_view line) {
  if (line.size() > 150) return false;
  const std::string_view inner = WithoutOpeningBracket(line);
  return inner.size() != line.size() && StartsWithLabel(inner, LayoutRole::kSourceNote);
}

bool IsReporterLine(std::string_view line) {
  return line.size() <= 120 && !ContainsAny(line, {"，", "。", "：", ":", "？"}) &&
         (Words().StartsWith(LayoutRole::kReporter, line) ||
          (line.size() <= 60 && (line.starts_with("记者 ") || Contains(line, "新闻记者 "))));
}

bool IsContinuationNote(std::string_view line) {
  if (line.size() > 60 || !EndsWithAny(line, {"）", ")"})) return false;
  const std::string_view inner = WithoutOpeningBracket(line);
  return inner.size() != line.size() && (Words().StartsWith(LayoutRole::kContinuedOn, inner) ||
                                         Words().StartsWith(LayoutRole::kContinuedFrom, inner));
}

bool ResumesArticle(std::string_view line) {
  const std::string_view inner = WithoutOpeningBracket(line);
  return inner.size() != line.size() && Words().StartsWith(LayoutRole::kContinuedFrom, inner);
}

bool OpensArticle(std::string_view line) {
  return Words().StartsWith(LayoutRole::kArticleOpening, line);
}

bool IsSignature(std::string_view line) {
  if (!line.starts_with("（") || !line.ends_with("）")) return false;
  const std::string_view name = line.substr(3, line.size() - 6);
  if (Words().Is(LayoutRole::kEndMark, name)) return true;
  if (Words().StartsWith(LayoutRole::kNoSignature, name)) return false;
  int32_t count = 0;
  for (size_t at = 0; at < name.size(); ++count) {
    const CodePoint c = CodePointAt(name, at);
    if (count > 5 || (!IsHan(c.value) && c.value != ' ')) return false;
    at += c.size_bytes;
  }
  return count >= 2 && count <= 4;
}

bool IsDateLine(std::string_view line) {
  if (line.size() > 40) return false;
  if (line.size() >= 8 && line.find_first_not_of("0123456789-:/. ") == std::string_view::npos &&
      (line.starts_with("19") || line.starts_with("20")) && (line[4] == '-' || line[4] == '/')) {
    return true;
  }
  const std::string bare = WithoutBlanks(WithoutOpeningBracket(line));
  std::string_view rest = bare;
  for (const std::string_view part : {"年", "月", "日"}) {
    size_t size = NumeralBytes(rest, false);
    if (size == 0) size = NumeralBytes(rest, true);
    if (size == 0 || !rest.substr(size).starts_with(part)) return false;
    rest.remove_prefix(size + part.size());
  }
  return rest.empty() || rest == "）" || rest == ")";
}

bool IsPhotoCredit(std::string_view line) {
  if (line.size() <= 90 && !HasClausePunctuation(line) &&
      Words().Holds(LayoutRole::kPhotoCredit, line)) {
    return true;
  }
  return line.size() <= 30 && Words().EndsWith(LayoutRole::kPhotoCreditEnd, line) &&
         !HasClausePunctuation(line) && CountCodePoints(line) >= 3;
}

bool IsByline(std::string_view line) {
  if (line.size() > 150 || ContainsAny(line, {"。", "，", "？", "！"})) return false;
  if (IsReporterLine(line) || IsPhotoCredit(line) || IsContinuationNote(line) ||
      IsSignature(line) || IsDateLine(line)) {
    return true;
  }
  if (StartsWithLabel(line, LayoutRole::kBylineLabel)) return true;
  return Words().StartsWith(LayoutRole::kByline, line) && CountCodePoints(line) <= 40;
}

bool IsImprint(std::string_view line) {
  if (line.size() > 400 || Contains(line, "。")) return false;
  if (Words().Holds(LayoutRole::kImprintPart, line)) return true;
  if (Words().StartsWith(LayoutRole::kImprint, line)) return true;
  if (ContainsAny(line, {"，", "；", "亿", "%"})) return false;
  return Words().StartsWith(LayoutRole::kContact, line);
}

bool IsNavigation(std::string_view line) {
  return line.size() <= 40 && Words().Is(LayoutRole::kNavigation, line);
}

bool IsContentsHead(std::string_view line) {
  return line.size() <= 40 && Words().Is(LayoutRole::kContentsHead, WithoutBlanks(line));
}

bool IsDottedContentsEntry(std::string_view line) {
  if (line.size() > 300 || line.empty() || !IsDigit(line.back())) return false;
  size_t end = line.size();
  while (end > 0 && IsDigit(line[end - 1])) --end;
  if (line.size() - end > 4) return false;
  while (end > 0 && IsBlank(line[end - 1])) --end;
  const std::string_view before = line.substr(0, end);
  return before.size() > 6 && EndsWithAny(before, {"……", "...", "···", "．．．", ". . .", "———"});
}

bool IsDecoratedPageNumber(std::string_view line) {
  if (line.size() > 40) return false;
  const std::string bare = WithoutBlanks(line);
  std::string_view text = bare;
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"-", "-"},
                                    {"—", "—"},
                                    {"–", "–"},
                                    {"第", "页"}}) {
    if (!text.starts_with(open) || !text.ends_with(close)) continue;
    if (text.size() <= open.size() + close.size()) continue;
    const std::string_view number =
        text.substr(open.size(), text.size() - open.size() - close.size());
    if (number.size() <= 4 && NumeralBytes(number, false) == number.size()) return true;
  }
  return false;
}

bool IsPageNumber(std::string_view line) {
  if (line.size() <= 4 && !line.empty() && NumeralBytes(line, false) == line.size()) return true;
  return IsDecoratedPageNumber(line);
}

}  // namespace crossfoot::document
