#include "services/document/blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/cancellation.h"
#include "core/document.h"
#include "core/large_memory.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line.h"
#include "services/document/line_shape.h"
#include "services/document/sentences.h"
#include "services/document/tables.h"

namespace crossfoot::document {
namespace {

using core::BlockKind;
using core::TextRange;

// Longest heading without and with a number, and the shortest line that is prose for its length. In
// code points.
constexpr int32_t kMaxHeading = 36;
constexpr int32_t kMaxNumberedHeading = 50;
constexpr int32_t kProseLength = 40;
// Shortest full line of a hard-wrapped text.
constexpr int32_t kMinWrapWidth = 20;
// Foreign lines that may stand between the halves of a sentence.
constexpr size_t kMaxForeignLines = 3;

// A line that is read as what it is.
struct Classified {
  BlockKind kind = BlockKind::kParagraph;
  int32_t level = 0;
  bool weak = false;    // a heading for its shortness alone
  bool broken = false;  // a short line that the next one goes on with
  bool closed = false;  // ends with a mark that nothing continues
  bool prose = false;   // reads as a sentence: clause marks, or long
  int32_t length = 0;   // in code points, at most kCountedBytes bytes counted
  bool starts_article = false;
  bool running = false;  // a running head or foot
};

// Lengths beyond this do not matter.
constexpr size_t kCountedBytes = 600;

// The lines of a block: [first, last) of the reading's, those that are left out skipped.
struct BlockLines {
  size_t first;
  size_t last;
};

class BlockBuilder {
 public:
  BlockBuilder(const Reading& reading, core::Document* document,
               const core::Cancellation* cancellation)
      : reading_(reading),
        lines_(reading.lines),
        document_(*document),
        cancellation_(cancellation),
        copier_(&reading.draft, document) {}

  void Build() {
    using Step = void (BlockBuilder::*)();
    for (const Step step :
         {&BlockBuilder::Classify, &BlockBuilder::MarkRunningHeads,
          &BlockBuilder::DemoteBrokenHeadings, &BlockBuilder::MarkContents, &BlockBuilder::MarkTop,
          &BlockBuilder::MarkNotes, &BlockBuilder::JoinLines, &BlockBuilder::MarkArticles,
          &BlockBuilder::Write}) {
      if (core::Stopped(cancellation_)) return;
      (this->*step)();
    }
  }

 private:
  std::string_view Text(size_t line) const { return reading_.draft.TextOf(lines_[line].range); }

  void Classify() {
    classes_.resize(lines_.size());
    for (const size_t line : core::Steps(lines_.size(), cancellation_)) {
      Classified& c = classes_[line];
      const std::string_view text = Text(line);
      c.length = CountCodePoints(text.substr(0, kCountedBytes));
      c.closed = EndsClosed(text);
      c.prose = c.length > kProseLength || HasClausePunctuation(text.substr(0, kCountedBytes));
      switch (lines_[line].markup) {
        case Markup::kTable:
          c.kind = BlockKind::kTable;
          continue;
        case Markup::kHeading:
          c.kind = BlockKind::kHeading;
          c.level = lines_[line].level;
          continue;
        case Markup::kCaption:
          c.kind = BlockKind::kCaption;
          continue;
        case Markup::kNote:
          c.kind = BlockKind::kNote;
          continue;
        case Markup::kFurniture:
          c.kind = BlockKind::kFurniture;
          continue;
        case Markup::kListItem:
          c.kind = BlockKind::kListItem;
          break;
        case Markup::kNone:
          break;
      }
      if (text.size() > kCountedBytes) {
        if (IsNote(text.substr(0, 64))) c.kind = BlockKind::kNote;
        continue;
      }
      if (IsByline(text) || IsImprint(text) || IsNavigation(text) || IsDottedContentsEntry(text) ||
          IsDecoratedPageNumber(text) || IsLonePageNumber(line)) {
        c.kind = BlockKind::kFurniture;
      } else if (IsNote(text)) {
        c.kind = BlockKind::kNote;
      } else if (IsCaption(text)) {
        c.kind = BlockKind::kCaption;
      } else if (lines_[line].markup == Markup::kListItem) {
        continue;
      } else {
        ClassifyHeading(text, &c);
      }
    }
  }

  // Four digits or fewer, alone between empty lines.
  bool IsLonePageNumber(size_t line) const {
    if (!IsPageNumber(Text(line)) || IsYearNumber(Text(line))) return false;
    return lines_[line].blank_before &&
           (line + 1 == lines_.size() || lines_[line + 1].blank_before);
  }

  static void ClassifyHeading(std::string_view text, Classified* c) {
    const int32_t depth = OutlineDepth(text);
    if (HasInnerStop(text)) return;
    const bool full_stop = text.ends_with("。") || text.ends_with("；") || text.ends_with(";") ||
                           text.ends_with("：") || text.ends_with(":") || text.ends_with("！");
    if (full_stop) return;
    if (depth > 0 && c->length <= kMaxNumberedHeading) {
      // A long sentence behind （1） or 1. is an item of a list and no heading.
      if (depth >= 3 && c->prose && c->length > kMaxHeading) return;
      c->kind = BlockKind::kHeading;
      c->level = std::min(depth + 1, 6);
      return;
    }
    // A quotation or bracket that goes on in the next line.
    if (LeavesBracketOpen(text)) {
      c->prose = true;
      return;
    }
    if (c->length > kMaxHeading || text.ends_with("，") || text.ends_with("、") ||
        text.ends_with(",")) {
      return;
    }
    c->kind = BlockKind::kHeading;
    c->level = 3;
    c->weak = true;
  }

  // A short line that the next one goes on with is the beginning of a sentence and no heading.
  void DemoteBrokenHeadings() {
    for (size_t line = 0; line + 1 < lines_.size(); ++line) {
      Classified& c = classes_[line];
      if (!c.weak) continue;
      const bool goes_on = c.prose && lines_[line + 1].markup == Markup::kNone &&
                           (Wraps(line, line + 1) || StartsWithQuantity(Text(line + 1)));
      if (!goes_on && !EndsUnfinished(Text(line)) && !BreaksNumber(line)) continue;
      c.kind = BlockKind::kParagraph;
      c.level = 0;
      c.weak = false;
      c.broken = true;
      c.prose = true;
    }
  }

  // Whether a sentence breaks off behind a number whose unit begins the next line, or the next but
  // for a page number and a running head.
  bool BreaksNumber(size_t line) const {
    if (!classes_[line].prose || Text(line).empty() || !IsDigit(Text(line).back())) return false;
    size_t next = line + 1;
    while (next < lines_.size() && next - line <= kMaxForeignLines && IsForeign(next)) ++next;
    return next < lines_.size() && StartsWithMeasureWord(Text(next));
  }

  // Whether `line`, right below `before` and about as long, is the next line of a hard-wrapped
  // text.
  bool Wraps(size_t before, size_t line) const {
    const int32_t width = classes_[before].length;
    return !lines_[line].blank_before && before + 1 == line && lines_[line].indent < 2 &&
           width >= kMinWrapWidth && width <= 2 * kMaxNumberedHeading &&
           classes_[line].length * 10 >= width * 8 && classes_[line].length <= width + 4;
  }

  // Buttons and breadcrumbs above the title, and the title: the first heading or short line that is
  // no furniture.
  void MarkTop() {
    const auto is_crumb = [this](size_t line) { return Text(line) == ">" || Text(line) == "»"; };
    for (size_t line = 0; line < lines_.size(); ++line) {
      if (!classes_[line].weak) continue;
      if ((line > 0 && is_crumb(line - 1)) || (line + 1 < lines_.size() && is_crumb(line + 1))) {
        classes_[line].kind = BlockKind::kFurniture;
        classes_[line].weak = false;
      }
    }
    // Short words before the title are buttons.
    size_t line = 0;
    size_t words = 0;
    while (line < lines_.size() && classes_[line].length <= 4 &&
           Text(line).find_first_of("0123456789") == std::string_view::npos &&
           (classes_[line].weak || classes_[line].kind == BlockKind::kFurniture)) {
      ++line;
      ++words;
    }
    if (words >= 2) {
      for (size_t word = 0; word < line; ++word) classes_[word].kind = BlockKind::kFurniture;
    }
    for (line = 0; line < lines_.size(); ++line) {
      Classified& c = classes_[line];
      if (c.kind == BlockKind::kFurniture || c.kind == BlockKind::kNote) continue;
      if (c.kind == BlockKind::kHeading && (c.weak || lines_[line].markup == Markup::kHeading)) {
        c.level = 1;
        c.weak = false;
      } else if (c.kind == BlockKind::kParagraph && !c.closed && !c.broken &&
                 c.length <= kMaxNumberedHeading &&
                 !(c.prose && line + 1 < lines_.size() && Wraps(line, line + 1))) {
        c.kind = BlockKind::kHeading;
        c.level = 1;
      }
      return;
    }
  }

  // Short lines beside page numbers that stand so more than once.
  void MarkRunningHeads() {
    absl::flat_hash_map<std::string, std::vector<size_t>> beside;
    const auto is_page = [this](size_t line) {
      return IsDecoratedPageNumber(Text(line)) || IsLonePageNumber(line);
    };
    for (size_t line = 0; line < lines_.size(); ++line) {
      const Classified& c = classes_[line];
      if (lines_[line].markup != Markup::kNone || c.prose || c.closed || is_page(line)) continue;
      if (c.kind != BlockKind::kHeading && c.kind != BlockKind::kFurniture) continue;
      if ((line > 0 && is_page(line - 1)) || (line + 1 < lines_.size() && is_page(line + 1)))
        beside[WithoutBlanks(Text(line))].push_back(line);
    }
    for (const auto& [text, lines] : beside) {
      if (lines.size() < 2) continue;
      for (const size_t line : lines) {
        classes_[line].kind = BlockKind::kFurniture;
        classes_[line].level = 0;
        classes_[line].weak = false;
        classes_[line].running = true;
      }
    }
  }

  // The entries below 目录: short lines that stand again further down, or end with a page number.
  void MarkContentsBelowHead() {
    absl::flat_hash_map<std::string, size_t> last;  // line of each short text
    bool known = false;
    for (size_t line = 0; line < lines_.size(); ++line) {
      if (classes_[line].length <= kMaxNumberedHeading) last[WithoutBlanks(Text(line))] = line;
      known |= IsContentsHead(Text(line));
    }
    if (!known) return;
    bool below = false;
    for (size_t line = 0; line < lines_.size(); ++line) {
      Classified& c = classes_[line];
      if (IsContentsHead(Text(line))) {
        below = true;
      } else if (below && c.kind != BlockKind::kFurniture) {
        const std::string text = WithoutBlanks(Text(line));
        const size_t digits = text.find_last_not_of("0123456789") + 1;
        const bool paged = digits > 6 && digits < text.size() && text.size() - digits <= 3;
        const bool again = c.length <= kMaxNumberedHeading && last[text] > line;
        below = lines_[line].table < 0 && !c.closed && c.length <= kMaxNumberedHeading &&
                (paged || again);
      }
      if (!below || c.kind == BlockKind::kTable) continue;
      c.kind = BlockKind::kFurniture;
      c.level = 0;
      c.weak = false;
    }
  }

  // Entries of a table of contents printed as a list with ascending page numbers before them: "- 04
  // …".
  void MarkContents() {
    MarkContentsBelowHead();
    std::vector<size_t> entries;
    int32_t last_page = -1;
    auto flush = [&] {
      if (entries.size() >= 3) {
        for (const size_t line : entries) classes_[line].kind = BlockKind::kFurniture;
      }
      entries.clear();
      last_page = -1;
    };
    for (size_t line = 0; line < lines_.size(); ++line) {
      const Classified& c = classes_[line];
      if (c.kind == BlockKind::kHeading) continue;
      const bool known = entries.size() >= 2;
      const int32_t page = c.kind == BlockKind::kListItem ? ContentsPage(Text(line), known) : -1;
      if (page <= last_page) flush();
      if (page > last_page) {
        entries.push_back(line);
        last_page = page;
      }
    }
    flush();
  }

  // The page number that begins an entry "04 标题", or -1.  A title may begin with a number when
  // entries before it make a table of contents `known`.
  static int32_t ContentsPage(std::string_view text, bool known) {
    size_t digits = 0;
    int32_t page = 0;
    while (digits < text.size() && digits < 4 && IsDigit(text[digits])) {
      page = page * 10 + (text[digits++] - '0');
    }
    if (digits == 0 || digits == 4 || digits >= text.size() || text[digits] != ' ') return -1;
    const size_t words = text.find_first_not_of(' ', digits);
    if (words == std::string_view::npos || text[words] == '%') return -1;
    if (IsDigit(text[words]) && !known) return -1;
    return EndsClosed(text) && !text.ends_with("）") && !text.ends_with(")") ? -1 : page;
  }

  // The numbered items below 附注 and 注： are notes.
  void MarkNotes() {
    bool notes = false;
    bool all = false;  // below a line that is nothing but 附注
    for (size_t line = 0; line < lines_.size(); ++line) {
      Classified& c = classes_[line];
      const std::string_view text = Text(line);
      if (c.kind == BlockKind::kNote) {
        all = IsNoteHead(text.ends_with("：") ? text.substr(0, text.size() - 3) : text);
        notes = all || IsNote(text);
        continue;
      }
      if (!notes) continue;
      const int32_t depth = OutlineDepth(text.substr(0, 64));
      const bool item = depth >= 3 || (depth == 2 && all);
      const bool goes_on = all && c.kind == BlockKind::kParagraph && depth == 0 && c.closed;
      if (item || goes_on) {
        c.kind = BlockKind::kNote;
        c.level = 0;
        c.weak = false;
      } else {
        notes = false;
      }
    }
  }

  // Whether `line` continues the open sentence that ends in `last`.
  bool Continues(size_t last, size_t line) const {
    const Classified& after = classes_[line];
    if (lines_[line].markup != Markup::kNone || lines_[line].indent >= 2) return false;
    if (OutlineDepth(Text(line).substr(0, 64)) != 0) return false;
    if (after.kind == BlockKind::kHeading) return after.weak && Wraps(last, line);
    return after.kind == BlockKind::kParagraph;
  }

  // A credit below a picture or a page number between the halves of a sentence.
  bool IsForeign(size_t line) const {
    if (classes_[line].running) return true;
    if (line > 0 && classes_[line - 1].running && IsDecoratedPageNumber(Text(line))) return true;
    if (classes_[line].kind != BlockKind::kFurniture || !lines_[line].blank_before) return false;
    if (IsPhotoCredit(Text(line)) || IsDecoratedPageNumber(Text(line))) return true;
    return IsLonePageNumber(line);
  }

  // A word that a number before it belongs to.
  static bool StartsWithMeasure(std::string_view text) {
    for (const std::string_view mark : {".", ",", "，", "。", "、", "；", "-", "—", "–"}) {
      if (text.starts_with(mark)) return true;
    }
    return StartsWithMeasureWord(text);
  }

  void JoinLines() {
    skipped_.assign(lines_.size(), false);
    for (size_t line = 0; line < lines_.size();) {
      BlockLines block = {line, line + 1};
      const BlockKind kind = classes_[line].kind;
      const bool joins =
          kind == BlockKind::kParagraph || kind == BlockKind::kListItem || kind == BlockKind::kNote;
      bool prose = classes_[line].prose;
      size_t last = line;
      while (joins && prose && !classes_[last].closed) {
        size_t next = last + 1;
        bool digits_skipped = false;
        while (next < lines_.size() && next - last <= kMaxForeignLines && IsForeign(next)) {
          digits_skipped |= IsPageNumber(Text(next)) && !IsDecoratedPageNumber(Text(next));
          ++next;
        }
        if (next >= lines_.size() || !Continues(last, next)) break;
        if (digits_skipped && StartsWithMeasure(Text(next))) break;
        for (size_t foreign = last + 1; foreign < next; ++foreign) skipped_[foreign] = true;
        prose |= classes_[next].prose;
        last = next;
        block.last = next + 1;
      }
      blocks_.push_back(block);
      line = block.last;
    }
  }

  // A name in brackets behind the last sentence, as papers sign: …发展。（某某某）
  static bool EndsSigned(std::string_view text) {
    if (!text.ends_with("）")) return false;
    const size_t open = text.rfind("（");
    return open != std::string_view::npos && text.substr(0, open).ends_with("。") &&
           IsSignature(text.substr(open));
  }

  void MarkArticles() {
    int32_t titles = 0;
    for (size_t line = 0; line < lines_.size(); ++line) {
      titles += lines_[line].markup == Markup::kHeading && lines_[line].level == 1 ? 1 : 0;
    }
    bool content = false;            // the current article has prose or a table
    bool ended = false;              // a source line or a signature closed it
    size_t heading = lines_.size();  // block of the last heading with nothing but bylines behind it
    for (size_t index = 0; index < blocks_.size(); ++index) {
      const size_t line = blocks_[index].first;
      const size_t last = blocks_[index].last - 1;
      const Classified& c = classes_[line];
      const std::string_view text = Text(line);
      const bool title =
          titles > 1 && lines_[line].markup == Markup::kHeading && lines_[line].level == 1;
      const bool resumes = ResumesArticle(text);
      const bool opening = OpensArticle(text) || resumes;
      if (content && title) {
        StartArticle(line, &content, &ended);
      } else if (content && ended && c.kind != BlockKind::kFurniture &&
                 c.kind != BlockKind::kNote) {
        if (c.kind == BlockKind::kHeading || c.kind == BlockKind::kParagraph) {
          StartArticle(line, &content, &ended);
        } else {
          ended = false;
        }
      } else if (content && heading < blocks_.size() && (opening || IsReporterLine(text))) {
        StartArticle(blocks_[heading].first, &content, &ended);
      } else if (content && resumes) {
        StartArticle(line, &content, &ended);
      }
      if (c.kind == BlockKind::kHeading) {
        if (heading >= blocks_.size()) heading = index;
      } else if (c.kind == BlockKind::kFurniture) {
        ended |= content && IsSignature(text);
      } else {
        heading = blocks_.size();
        content |= c.kind == BlockKind::kParagraph || c.kind == BlockKind::kTable;
        ended |= IsSourceNote(text) || (c.kind == BlockKind::kParagraph && EndsSigned(Text(last)));
      }
    }
  }

  void StartArticle(size_t line, bool* content, bool* ended) {
    classes_[line].starts_article = true;
    if (classes_[line].weak) {
      classes_[line].level = 1;
      classes_[line].weak = false;
    }
    *content = false;
    *ended = false;
  }

  void Write() {
    core::ReserveLarge(document_.text, reading_.draft.text().size());
    std::vector<TextRange> line_ranges(lines_.size());
    std::vector<TextRange> sentences;
    int32_t article = 0;
    for (const size_t index : core::Steps(blocks_.size(), cancellation_)) {
      const BlockLines& lines = blocks_[index];
      const Classified& c = classes_[lines.first];
      if (c.starts_article) ++article;
      core::Block block;
      block.kind = c.kind;
      block.level = c.kind == BlockKind::kHeading ? c.level : 0;
      block.article = article;
      block.first_sentence = static_cast<int32_t>(document_.sentences.size());
      if (c.kind == BlockKind::kTable) {
        WriteTable(reading_.tables[lines_[lines.first].table], line_ranges, &block);
      } else {
        WriteLines(lines, &block);
        for (size_t line = lines.first; line < lines.last; ++line) line_ranges[line] = block.range;
        sentences.clear();
        CutSentences(document_.text, block.range, &sentences);
        for (const TextRange& range : sentences) {
          document_.sentences.push_back({range, static_cast<int32_t>(document_.blocks.size())});
        }
        block.sentence_count = static_cast<int32_t>(sentences.size());
      }
      document_.blocks.push_back(block);
    }
    document_.article_count = blocks_.empty() ? 0 : article + 1;
  }

  // What stands between two lines of one block: nothing, but never a digit beside a digit nor a
  // letter beside a letter.
  static std::string_view Joint(std::string_view before, std::string_view after) {
    const char32_t last = CodePointBefore(before, before.size()).value;
    const char32_t first = CodePointAt(after, 0).value;
    const auto word = [](char32_t c) {
      return IsDigit(c) || IsAsciiLetter(c) || c == ',' || c == '.';
    };
    return word(last) && (IsDigit(first) || IsAsciiLetter(first)) ? " " : "";
  }

  void WriteLines(const BlockLines& lines, core::Block* block) {
    size_t last = lines.first;
    for (size_t line = lines.first; line < lines.last; ++line) {
      if (skipped_[line]) continue;
      const bool first = line == lines.first;
      const std::string_view separator = first ? "\n" : Joint(Text(last), Text(line));
      const TextRange range = copier_.Append(lines_[line].range, separator);
      if (first) block->range = range;
      block->range.end = range.end;
      last = line;
    }
  }

  // Cells are separated by tabs and rows by line breaks.
  void WriteTable(const DraftTable& draft_table, const std::vector<TextRange>& line_ranges,
                  core::Block* block) {
    core::Table table;
    table.row_count = draft_table.row_count;
    table.column_count = draft_table.column_count;
    table.cells.reserve(draft_table.cells.size());
    bool first = true;
    int32_t row = 0;
    for (const DraftCell& draft_cell : draft_table.cells) {
      core::Cell& cell = table.cells.emplace_back();
      cell.row = draft_cell.row;
      cell.column = draft_cell.column;
      cell.row_span = draft_cell.row_span;
      cell.column_span = draft_cell.column_span;
      cell.header = draft_cell.header;
      const auto end = static_cast<int32_t>(document_.text.size());
      cell.range = {end, end};
      if (!draft_cell.range.empty()) {
        const std::string_view separator = first || draft_cell.row != row ? "\n" : "\t";
        row = draft_cell.row;
        const IndentedLabel label = ReadIndent(reading_.draft, draft_cell.range);
        cell.indent = label.indent + (draft_cell.column == 0 ? draft_cell.indent : 0);
        const TextRange whole = copier_.Append(draft_cell.range, separator);
        cell.range = {whole.start + (label.range.start - draft_cell.range.start), whole.end};
        if (first) block->range = whole;
        if (!draft_cell.rest.empty()) {
          cell.range.end = copier_.Append(draft_cell.rest, "").end;
        }
        block->range.end = cell.range.end;
        first = false;
      }
    }
    if (draft_table.caption_line >= 0) table.caption = line_ranges[draft_table.caption_line];
    if (draft_table.unit_note_line >= 0) table.unit_note = line_ranges[draft_table.unit_note_line];
    if (draft_table.caption_cell >= 0 && table.caption.empty()) {
      table.caption = table.cells[draft_table.caption_cell].range;
    }
    if (draft_table.unit_note_cell >= 0 && table.unit_note.empty()) {
      table.unit_note = table.cells[draft_table.unit_note_cell].range;
    }
    block->table = static_cast<int32_t>(document_.tables.size());
    document_.tables.push_back(std::move(table));
  }

  const Reading& reading_;
  const std::vector<Line>& lines_;
  core::Document& document_;
  const core::Cancellation* cancellation_;
  DraftCopier copier_;
  std::vector<Classified> classes_;  // by line
  std::vector<bool> skipped_;        // by line: left out of the text
  std::vector<BlockLines> blocks_;
};

}  // namespace

void BuildBlocks(const Reading& reading, core::Document* document,
                 const core::Cancellation* cancellation) {
  BlockBuilder(reading, document, cancellation).Build();
}

}  // namespace crossfoot::document
