#ifndef CROSSFOOT_SERVICES_DOCUMENT_LINE_H_
#define CROSSFOOT_SERVICES_DOCUMENT_LINE_H_

#include <cstdint>
#include <vector>

#include "core/text_span.h"
#include "services/document/draft.h"

namespace crossfoot::document {

// What the reader of a format knows about a line from its markup.
enum class Markup {
  kNone,
  kHeading,    // h1 to h6, Markdown #
  kListItem,   // li, a Markdown bullet; the bullet is outside the line's range
  kCaption,    // caption, figcaption
  kTable,      // a table of the draft
  kNote,       // a footnote
  kFurniture,  // a rule, a line that is nothing but a link
};

// A piece of the draft that stands on its own: a line of plain text, a block element or what <br>
// leaves of one.
struct Line {
  core::TextRange range;      // into the draft, without blanks at both ends; not empty
  int32_t indent = 0;         // blanks before it
  bool blank_before = false;  // an empty line, or the border of a block element, comes before
  Markup markup = Markup::kNone;
  int32_t level = 0;   // of kHeading: 1 to 6
  int32_t table = -1;  // of kTable: index into the tables that were read
};

// A cell while the table is still in the draft.
struct DraftCell {
  core::TextRange range;  // may be empty
  core::TextRange rest;   // second half of a label that is broken over two lines, or empty
  int32_t row = 0;        // 0-based
  int32_t column = 0;     // 0-based
  int32_t row_span = 1;
  int32_t column_span = 1;
  bool header = false;
  int32_t indent = 0;  // levels known from blanks before the text
};

struct DraftTable {
  int32_t row_count = 0;
  int32_t column_count = 0;
  std::vector<DraftCell> cells;  // in row-major order, which is the order of the draft
  // The lines right before it that name it and state its unit: indices into the lines, or -1.
  int32_t caption_line = -1;
  int32_t unit_note_line = -1;
  // Or the cells that do: indices into `cells`, or -1.
  int32_t caption_cell = -1;
  int32_t unit_note_cell = -1;
};

// What a format's reader makes of a source.
struct Reading {
  Draft draft;
  std::vector<Line> lines;
  std::vector<DraftTable> tables;
};

// Appends `line` to `lines`, cut where runs of blanks stand for the paragraph breaks that an
// extraction lost: before a numbered heading or after a closing mark ("…增长5%。    二、投资
// 1—4月份，…" is three lines).  With `markdown`, headings, bullets, rules and link lines are
// recognised and their marks left out.  A line of blanks is dropped.
void AppendLine(const Draft& draft, Line line, bool markdown, std::vector<Line>* lines);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_LINE_H_
