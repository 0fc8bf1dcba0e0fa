#include "services/document/html/html.h"

#include <gumbo.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/html/html_text.h"
#include "services/document/html/parsed_html.h"
#include "services/document/html/tag_stripper.h"
#include "services/document/line.h"
#include "services/document/normalizer.h"
#include "services/document/tables.h"

namespace crossfoot::document {
namespace {

// What spans of cells may cost in all tables of a document; later cells count as 1 by 1.
constexpr int64_t kGridBudget = int64_t{1} << 25;

// A cell with more bytes and a full stop is prose.
constexpr int32_t kProseCellBytes = 150;

bool IsElement(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT; }
bool IsText(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE;
}
bool IsCellTag(GumboTag tag) { return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH; }

// Visits a tree in the order of the source without recursion.  `enter` says whether to go into an
// element.
class TreeWalker {
 public:
  // Ends early when the work is given up.
  TreeWalker(std::string_view text, const core::Cancellation* cancellation)
      : text_(text), cancellation_(cancellation) {}

  template <typename Enter, typename Leave>
  void Walk(const GumboNode& root, Enter enter, Leave leave) {
    std::vector<Frame> stack;
    auto push = [&](const GumboNode& node) {
      if (!enter(node) || !IsElement(node)) return;
      stack.push_back({&node, 0, SortedChildren(node)});
    };
    push(root);
    uint32_t steps = 0;
    while (!stack.empty()) {
      if ((++steps & 63) == 0 && core::Stopped(cancellation_)) return;
      Frame& frame = stack.back();
      const GumboVector& children = frame.node->v.element.children;
      if (frame.next == children.length) {
        const GumboNode& node = *frame.node;
        stack.pop_back();
        leave(node);
        continue;
      }
      const size_t index = frame.next++;
      push(frame.sorted.empty() ? *static_cast<const GumboNode*>(children.data[index])
                                : *frame.sorted[index]);
    }
  }

 private:
  struct Frame {
    const GumboNode* node;
    size_t next;
    std::vector<const GumboNode*> sorted;  // the children, or empty for their own order
  };

  size_t OffsetOf(const GumboNode& node) const {
    const char* begin = nullptr;
    if (IsText(node)) {
      begin = node.v.text.original_text.data;
    } else if (IsElement(node) && node.v.element.original_tag.length > 0) {
      begin = node.v.element.original_tag.data;
    } else if (IsElement(node)) {
      return node.v.element.start_pos.offset;
    }
    return begin != nullptr ? static_cast<size_t>(begin - text_.data()) : 0;
  }

  // HTML moves what stands between the rows of a table in front of it; this puts it behind.
  std::vector<const GumboNode*> SortedChildren(const GumboNode& node) const {
    const GumboVector& children = node.v.element.children;
    size_t last_offset = 0;
    bool moved = false;
    for (unsigned int index = 0; index < children.length && !moved; ++index) {
      const auto& child = *static_cast<const GumboNode*>(children.data[index]);
      const size_t offset = OffsetOf(child);
      moved = IsElement(child) && child.v.element.tag == GUMBO_TAG_TABLE && offset < last_offset;
      last_offset = std::max(last_offset, offset);
    }
    std::vector<const GumboNode*> sorted;
    if (!moved) return sorted;
    for (unsigned int index = 0; index < children.length; ++index) {
      sorted.push_back(static_cast<const GumboNode*>(children.data[index]));
    }
    std::stable_sort(sorted.begin(), sorted.end(), [this](const GumboNode* a, const GumboNode* b) {
      return OffsetOf(*a) < OffsetOf(*b);
    });
    return sorted;
  }

  std::string_view text_;
  const core::Cancellation* cancellation_;
};

bool IsSkipped(GumboTag tag) {
  return tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_HEAD || tag == GUMBO_TAG_TEMPLATE;
}

bool IsBlock(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_BR:
      return false;
    default:
      return true;  // the mask leaves no other inline element
  }
}

// 1 to 6 for h1 to h6, else 0.
int32_t HeadingLevel(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? tag - GUMBO_TAG_H1 + 1 : 0;
}

class HtmlReader {
 public:
  HtmlReader(std::string_view source, const StrippedHtml& html, SourceFormat format,
             const core::Cancellation* cancellation)
      : source_(source),
        html_(html),
        text_(html.text),
        mixed_(format == SourceFormat::kMixed),
        cancellation_(cancellation) {}

  Reading Read() {
    const ParsedHtml html(text_, cancellation_);
    if (html.root() == nullptr) return std::move(reading_);
    reading_.draft.Reserve(text_.size() / 2);
    FindLayoutTables(*html.root());
    TreeWalker(text_, cancellation_)
        .Walk(
            *html.root(), [this](const GumboNode& node) { return Enter(node); },
            [this](const GumboNode& node) { Leave(node); });
    FlushLine(true);
    return std::move(reading_);
  }

 private:
  enum class Gap { kNone, kBlank, kBreak };

  // A table that is being read cell by cell.
  struct OpenTable {
    DraftTable table;
    int32_t draft_start = 0;
    std::vector<int32_t> carry;  // by column: rows below that a cell above still covers
    int32_t column = 0;
    int32_t row = 0;
    bool row_has_cells = false;
    bool in_cell = false;
  };

  // Tables that hold tables or mostly prose lay out a page.
  void FindLayoutTables(const GumboNode& root) {
    struct Measure {
      const GumboNode* table;
      int64_t text_bytes = 0;
      int64_t prose_bytes = 0;
      int64_t cell_bytes = 0;
      bool cell_has_stop = false;
      bool nests = false;
    };
    std::vector<Measure> open;
    TreeWalker(text_, cancellation_)
        .Walk(
            root,
            [&](const GumboNode& node) {
              if (IsText(node)) {
                if (!open.empty() && node.type == GUMBO_NODE_TEXT) {
                  const std::string_view text = node.v.text.text;
                  open.back().cell_bytes += static_cast<int64_t>(text.size());
                  open.back().cell_has_stop |= Contains(text, "。");
                }
                return false;
              }
              if (!IsElement(node) || IsSkipped(node.v.element.tag)) return false;
              if (node.v.element.tag == GUMBO_TAG_TABLE) {
                if (!open.empty()) open.back().nests = true;
                open.push_back({&node});
              } else if (!open.empty() && IsCellTag(node.v.element.tag)) {
                open.back().cell_bytes = 0;
                open.back().cell_has_stop = false;
              }
              return true;
            },
            [&](const GumboNode& node) {
              if (open.empty()) return;
              Measure& measure = open.back();
              if (IsCellTag(node.v.element.tag)) {
                measure.text_bytes += measure.cell_bytes;
                if (measure.cell_has_stop && measure.cell_bytes > kProseCellBytes) {
                  measure.prose_bytes += measure.cell_bytes;
                }
              } else if (&node == measure.table) {
                layout_[&node] = measure.nests || measure.prose_bytes * 2 > measure.text_bytes;
                open.pop_back();
              }
            });
  }

  bool Enter(const GumboNode& node) {
    if (IsText(node)) {
      ReadText(node);
      return false;
    }
    if (!IsElement(node)) return false;
    const GumboTag tag = node.v.element.tag;
    if (IsSkipped(tag)) return false;
    switch (tag) {
      case GUMBO_TAG_BR:
        BreakLine();
        return false;
      case GUMBO_TAG_HR:
        if (!reading_table_) FlushLine(true);
        return false;
      case GUMBO_TAG_SUP:
      case GUMBO_TAG_SUB:
        scripts_.push_back(tag);
        return true;
      case GUMBO_TAG_TABLE:
        FlushLine(true);
        if (!layout_[&node]) {
          reading_table_ = true;
          open_ = OpenTable();
          open_.draft_start = reading_.draft.size();
        }
        return true;
      default:
        break;
    }
    if (reading_table_) {
      if (IsCellTag(tag)) {
        EnterCell(node);
      } else if (tag == GUMBO_TAG_CAPTION) {
        line_start_ = reading_.draft.size();
        gap_ = Gap::kNone;
      } else if (IsBlock(tag)) {
        gap_ = Gap::kBreak;
      }
      return true;
    }
    if (!IsBlock(tag)) return true;
    FlushLine(true);
    if (HeadingLevel(tag) > 0) {
      heading_level_ = HeadingLevel(tag);
    } else if (tag == GUMBO_TAG_LI) {
      item_starts_ = true;
    } else if (tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_FIGCAPTION) {
      in_caption_ = true;
    } else if (tag == GUMBO_TAG_PRE) {
      ++pre_depth_;
    }
    return true;
  }

  void Leave(const GumboNode& node) {
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_SUP || tag == GUMBO_TAG_SUB) {
      scripts_.pop_back();
      return;
    }
    if (reading_table_) {
      if (tag == GUMBO_TAG_TABLE) {
        LeaveTable();
      } else if (tag == GUMBO_TAG_TR) {
        LeaveRow();
      } else if (IsCellTag(tag)) {
        LeaveCell();
      } else if (tag == GUMBO_TAG_CAPTION) {
        LeaveCaption();
      } else if (IsBlock(tag)) {
        gap_ = Gap::kBreak;
      }
      return;
    }
    if (!IsBlock(tag)) return;
    FlushLine(true);
    if (HeadingLevel(tag) > 0) {
      heading_level_ = 0;
    } else if (tag == GUMBO_TAG_LI) {
      item_starts_ = false;
    } else if (tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_FIGCAPTION) {
      in_caption_ = false;
    } else if (tag == GUMBO_TAG_PRE) {
      --pre_depth_;
    }
  }

  // Ends the current line, which becomes part of the reading when it has words.
  void FlushLine(bool block_border) {
    Line line;
    line.range = {line_start_, reading_.draft.size()};
    line_start_ = reading_.draft.size();
    gap_ = Gap::kNone;
    const size_t count = reading_.lines.size();
    if (!line.range.empty()) {
      line.blank_before = blank_before_;
      if (heading_level_ > 0) {
        line.markup = Markup::kHeading;
        line.level = heading_level_;
      } else if (in_caption_) {
        line.markup = Markup::kCaption;
      } else if (item_starts_) {
        line.markup = Markup::kListItem;
      }
      AppendLine(reading_.draft, line, mixed_, &reading_.lines);
    }
    const bool empty = reading_.lines.size() == count;
    if (!empty) item_starts_ = false;
    blank_before_ = block_border || (empty && (blank_before_ || mixed_));
  }

  void BreakLine() {
    if (reading_table_ || heading_level_ > 0) {
      gap_ = Gap::kBreak;
    } else {
      FlushLine(false);
    }
  }

  void EnterCell(const GumboNode& node) {
    line_start_ = reading_.draft.size();
    gap_ = Gap::kNone;
    open_.in_cell = true;
    open_.row_has_cells = true;
    DraftCell cell;
    cell.header = node.v.element.tag == GUMBO_TAG_TH;
    const auto offset = static_cast<int32_t>(node.v.element.original_tag.data - text_.data());
    const auto span = std::lower_bound(
        html_.cell_spans.begin(), html_.cell_spans.end(), offset,
        [](const StrippedHtml::CellSpan& a, int32_t value) { return a.text_start < value; });
    if (span != html_.cell_spans.end() && span->text_start == offset) {
      cell.row_span = span->row_span;
      cell.column_span = span->column_span;
    }
    while (open_.column < static_cast<int32_t>(open_.carry.size()) &&
           open_.carry[open_.column] > 0) {
      ++open_.column;
      --grid_budget_;
    }
    grid_budget_ -= cell.column_span;
    if (grid_budget_ < 0) {
      cell.row_span = cell.column_span = 1;
      open_.carry.clear();
    }
    cell.row = open_.row;
    cell.column = open_.column;
    if (cell.row_span > 1) {
      const size_t end = static_cast<size_t>(open_.column) + cell.column_span;
      if (open_.carry.size() < end) open_.carry.resize(end, 0);
      for (size_t column = open_.column; column < end; ++column) {
        open_.carry[column] = cell.row_span;
      }
    }
    open_.column += cell.column_span;
    open_.table.column_count = std::max(open_.table.column_count, open_.column);
    open_.table.cells.push_back(cell);
  }

  void LeaveCell() {
    if (!open_.in_cell) return;
    open_.in_cell = false;
    DraftCell& cell = open_.table.cells.back();
    const core::TextRange whole = {line_start_, reading_.draft.size()};
    cell.range = TrimBlanks(reading_.draft.text(), whole);
    cell.indent = IndentLevels(reading_.draft, whole.start, cell.range);
    line_start_ = reading_.draft.size();
    gap_ = Gap::kNone;
  }

  void LeaveRow() {
    grid_budget_ -= static_cast<int64_t>(open_.carry.size());
    bool carried = false;
    for (int32_t& rows : open_.carry) {
      carried |= rows > 0;
      rows = std::max(rows - 1, 0);
    }
    if (grid_budget_ < 0) open_.carry.clear();
    if (open_.row_has_cells || carried) ++open_.row;
    open_.column = 0;
    open_.row_has_cells = false;
  }

  void LeaveCaption() {
    Line line;
    line.range = {line_start_, reading_.draft.size()};
    line_start_ = reading_.draft.size();
    gap_ = Gap::kNone;
    if (!open_.table.cells.empty()) {
      // Behind rows it is a row of its own, for the text keeps the order of the source.
      DraftCell cell;
      cell.range = TrimBlanks(reading_.draft.text(), line.range);
      cell.row = open_.row++;
      open_.table.cells.push_back(cell);
      open_.table.column_count = std::max(open_.table.column_count, 1);
      return;
    }
    line.markup = Markup::kCaption;
    line.blank_before = true;
    const size_t count = reading_.lines.size();
    AppendLine(reading_.draft, line, false, &reading_.lines);
    if (reading_.lines.size() > count) {
      open_.table.caption_line = static_cast<int32_t>(reading_.lines.size()) - 1;
      open_.draft_start = reading_.draft.size();
    }
  }

  void LeaveTable() {
    reading_table_ = false;
    line_start_ = reading_.draft.size();
    gap_ = Gap::kNone;
    DraftTable& table = open_.table;
    table.row_count = open_.row + (open_.row_has_cells ? 1 : 0);
    for (DraftCell& cell : table.cells) {
      cell.row_span = std::clamp(cell.row_span, 1, std::max(table.row_count - cell.row, 1));
    }
    AppendTable({open_.draft_start, reading_.draft.size()}, std::move(table), &reading_);
    blank_before_ = true;
    open_ = OpenTable();
  }

  void ReadText(const GumboNode& node) {
    const GumboStringPiece& original = node.v.text.original_text;
    const auto start = static_cast<int32_t>(original.data - text_.data());
    const auto end = start + static_cast<int32_t>(original.length);
    const bool same = ReadsAs(html_, start, end, node.v.text.text, &entities_);
    HtmlTextReader reader(html_, start, end, &entities_);
    HtmlTextReader::Token token;
    if (!same) {
      if (!reader.Next(&token)) return;
      const int32_t original_start = token.start;
      while (reader.Next(&token)) continue;
      ReadWhole(node.v.text.text, original_start, token.end);
      return;
    }
    bool after_return = false;
    while (reader.Next(&token)) {
      switch (token.kind) {
        case HtmlTextReader::Kind::kSpace:
          if (!(after_return && token.bytes == "\n")) ReadSpace(token);
          break;
        case HtmlTextReader::Kind::kRun:
          CloseGap(CodePointAt(token.bytes, 0).value, token.start);
          if (scripts_.empty()) {
            AppendNormalized(source_, token.start, token.end, LineBreaks::kBlank, &reading_.draft);
          } else {
            for (int32_t at = token.start; at < token.end;) {
              const CodePoint c = CodePointAt(source_, at);
              AppendFolded(c.value, at, at + c.size_bytes);
              at += c.size_bytes;
            }
          }
          break;
        case HtmlTextReader::Kind::kOther:
          for (size_t at = 0; at < token.decoded.size();) {
            const CodePoint c = CodePointAt(token.decoded, at);
            CloseGap(c.value, token.start);
            AppendFolded(c.value, token.start, token.end);
            at += c.size_bytes;
          }
          break;
        case HtmlTextReader::Kind::kTag:
          break;
      }
      after_return = token.bytes == "\r";
    }
  }

  void ReadSpace(const HtmlTextReader::Token& token) {
    const bool line_end = token.bytes == "\n" || token.bytes == "\r";
    if (!reading_table_ && (pre_depth_ > 0 || mixed_)) {
      if (line_end) {
        FlushLine(false);
      } else {
        reading_.draft.AppendCopied(source_.substr(token.start, 1), token.start);
      }
      return;
    }
    gap_ = line_end || gap_ == Gap::kBreak ? Gap::kBreak : Gap::kBlank;
  }

  // Writes the white space before `next`, which stands at `start`, as HTML shows it.
  void CloseGap(char32_t next, int32_t start) {
    const Gap gap = std::exchange(gap_, Gap::kNone);
    if (gap == Gap::kNone || reading_.draft.size() == line_start_) return;
    const char32_t last =
        CodePointBefore(reading_.draft.text(), reading_.draft.text().size()).value;
    if (gap == Gap::kBreak && IsEastAsian(last) && IsEastAsian(next)) return;
    reading_.draft.AppendReplaced(" ", reading_.draft.original_end(), start);
  }

  // Appends one code point that the bytes [start, end) stand for.
  void AppendFolded(char32_t c, int32_t start, int32_t end) {
    const Folding folding = Fold(c);
    switch (folding.kind) {
      case Folding::Kind::kKeep:
        break;
      case Folding::Kind::kDrop:
        return;
      case Folding::Kind::kReplace:
        c = folding.replacement;
        break;
      case Folding::Kind::kLineBreak:
        c = ' ';
        break;
    }
    if (!scripts_.empty()) c = Scripted(c, scripts_.back() == GUMBO_TAG_SUP);
    std::string bytes;
    AppendUtf8(c, &bytes);
    reading_.draft.AppendReplaced(bytes, start, end);
  }

  void ReadWhole(std::string_view decoded, int32_t start, int32_t end) {
    Draft part;
    AppendNormalized(decoded, 0, static_cast<int32_t>(decoded.size()), LineBreaks::kBlank, &part);
    if (part.text().find_first_not_of(' ') == std::string_view::npos) return;
    CloseGap(CodePointAt(part.text(), 0).value, start);
    reading_.draft.AppendReplaced(part.text(), start, end);
  }

  std::string_view source_;
  const StrippedHtml& html_;
  std::string_view text_;  // of html_
  bool mixed_;
  const core::Cancellation* cancellation_;
  Reading reading_;
  EntityDecoder entities_;
  std::unordered_map<const GumboNode*, bool> layout_;

  int32_t line_start_ = 0;  // of the current line or cell, in the draft
  Gap gap_ = Gap::kNone;    // white space seen but not written
  bool blank_before_ = true;
  int32_t heading_level_ = 0;
  bool item_starts_ = false;
  bool in_caption_ = false;
  int32_t pre_depth_ = 0;
  std::vector<GumboTag> scripts_;  // open sup and sub elements
  bool reading_table_ = false;
  OpenTable open_;
  int64_t grid_budget_ = kGridBudget;
};

}  // namespace

absl::StatusOr<Reading> ReadHtml(std::string_view uri, std::string_view source, SourceFormat format,
                                 const core::Cancellation* cancellation) {
  absl::StatusOr<StrippedHtml> html = StripTags(uri, source, cancellation);
  if (!html.ok()) return html.status();
  return HtmlReader(source, *html, format, cancellation).Read();
}

}  // namespace crossfoot::document
