#include "services/document/line.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line_shape.h"

namespace crossfoot::document {
namespace {

// A run of this many blanks is what an indent of two full-width spaces each way folds to.
constexpr int32_t kParagraphGap = 4;

// Where blanks in the middle of a line stand for a lost line break: `before` ends at the run of
// `gap` blanks and began with this line or after the last cut, `after` starts behind the run.
bool BreaksAt(std::string_view before, std::string_view after, int32_t gap) {
  const CodePoint last = CodePointBefore(before, before.size());
  if (IsSentenceMark(last.value)) return true;
  if (IsCloser(last.value) &&
      IsSentenceMark(CodePointBefore(before, before.size() - last.size_bytes).value)) {
    return true;
  }
  const std::string_view head = after.substr(0, 64);
  const int32_t depth = OutlineDepth(head);
  if (depth == 1 || depth == 2 || (depth > 0 && (before == "附注" || EndsClosed(before))))
    return true;
  if (head.starts_with("附注") || head.starts_with("注：") || head.starts_with("注:")) return true;
  // A numbered heading ends at the next gap.
  if (OutlineDepth(before.substr(0, 64)) != 0 && before.size() < 180 && !EndsClosed(before)) {
    return true;
  }
  // An indented paragraph behind a title: prose of some length follows.
  return gap >= kParagraphGap && before.size() >= 30 && after.size() >= 120 &&
         HasClausePunctuation(after.substr(0, 240));
}

// Recognises Markdown and takes its marks out of the range.
void ApplyMarkdown(const Draft& draft, Line* line) {
  const std::string_view text = draft.TextOf(line->range);
  // The first bytes of all marks.
  if (std::string_view("#-=*_+![<\xE2\xC2").find(text.front()) == std::string_view::npos) return;
  if (text.starts_with("<!--") && text.find("-->") == text.size() - 3) {
    line->markup = Markup::kFurniture;
    return;
  }
  size_t hashes = 0;
  while (hashes < text.size() && text[hashes] == '#') ++hashes;
  if (hashes > 0 && hashes <= 6 && hashes < text.size() && text[hashes] == ' ') {
    line->markup = Markup::kHeading;
    line->level = static_cast<int32_t>(hashes);
    line->range.start += static_cast<int32_t>(hashes);
    line->range = TrimBlanks(draft.text(), line->range);
    return;
  }
  if (text.size() >= 3 && text.find_first_not_of("-=*_ ") == std::string_view::npos &&
      WithoutBlanks(text).size() >= 3) {
    line->markup = Markup::kFurniture;
    return;
  }
  if ((text.starts_with("[") || text.starts_with("![")) && text.ends_with(")") &&
      text.find("](") != std::string_view::npos && text.find(')') == text.size() - 1) {
    line->markup = Markup::kFurniture;
    return;
  }
  for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "● ", "· ", "•", "●"}) {
    if (!text.starts_with(bullet)) continue;
    const core::TextRange rest = TrimBlanks(
        draft.text(), {line->range.start + static_cast<int32_t>(bullet.size()), line->range.end});
    if (rest.empty() || IsNumberCell(draft.TextOf(rest)) || IsDecoratedPageNumber(text)) return;
    line->markup = Markup::kListItem;
    line->range = rest;
    return;
  }
}

}  // namespace

void AppendLine(const Draft& draft, Line line, bool markdown, std::vector<Line>* lines) {
  const std::string_view text = draft.text();
  auto append = [&](core::TextRange range) {
    Line part = line;
    part.range = TrimBlanks(text, range);
    if (part.range.empty()) return;
    part.indent = part.range.start - range.start;
    if (markdown && part.markup == Markup::kNone) ApplyMarkdown(draft, &part);
    if (part.range.empty()) return;
    lines->push_back(part);
    line.blank_before = true;  // of the next part
  };
  core::TextRange rest = line.range;
  if (line.markup != Markup::kNone && line.markup != Markup::kListItem) {
    append(rest);
    return;
  }
  int32_t cursor = TrimBlanks(text, rest).start;
  while (cursor < rest.end) {
    const size_t at = text.substr(0, rest.end).find("  ", cursor);
    if (at == std::string_view::npos) break;
    const int32_t gap_start = static_cast<int32_t>(at);
    int32_t gap_end = gap_start;
    while (gap_end < rest.end && IsBlank(text[gap_end])) ++gap_end;
    if (gap_end == rest.end) break;
    const std::string_view before = draft.TextOf(TrimBlanks(text, {rest.start, gap_start}));
    const std::string_view after = text.substr(gap_end, rest.end - gap_end);
    if (BreaksAt(before, after, gap_end - gap_start)) {
      append({rest.start, gap_start});
      rest.start = gap_start;
      line.markup = Markup::kNone;
    }
    cursor = gap_end;
  }
  append(rest);
}

}  // namespace crossfoot::document
