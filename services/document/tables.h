#ifndef CROSSFOOT_SERVICES_DOCUMENT_TABLES_H_
#define CROSSFOOT_SERVICES_DOCUMENT_TABLES_H_

#include <cstdint>
#include <string_view>

#include "core/cancellation.h"
#include "core/text_span.h"
#include "services/document/line.h"

namespace crossfoot::document {

// Adds a table that was read from mark-up and stands in `range` of the draft.  Finds its header
// rows, and a title row and a unit note in its own cells.  A table of one column is no table: its
// cells become lines.
void AppendTable(core::TextRange range, DraftTable table, Reading* reading);

// Lets heads go on over the empty fields behind them that have words of a lower head below, where
// mark-up has no spans: 2023年,,2024年 above 数量,增长,数量,增长.  The first `head_rows` rows of
// the table have a cell for each field; those that a head takes are removed.  Not for labels.
void SpanHeads(int32_t head_rows, DraftTable* table);

// Whether a line of plain text is a row of a table with aligned columns: cells that tabs or runs of
// blanks divide, with a number behind the first.
bool IsAlignedRow(std::string_view line);

// Replaces lines that print a table by the table: Markdown's pipes, aligned columns, and tables
// that page extraction left one cell a line, in which text cells and number cells repeat with a
// fixed pattern.  Then finds the caption and the unit note of every table among the lines before
// it.  Finds less when the work is given up.
void FindTables(Reading* reading, const core::Cancellation* cancellation = nullptr);

// How many levels the blanks from `start` on indent the `words` of a cell: one for every two
// columns of a screen that is begun.  0 without words.
int32_t IndentLevels(const Draft& draft, int32_t start, core::TextRange words);

// The words of a cell without what marks it as a part of the row above (#, 其中：, blanks), and how
// many levels that makes.
struct IndentedLabel {
  core::TextRange range;
  int32_t indent = 0;
};
IndentedLabel ReadIndent(const Draft& draft, core::TextRange range);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_TABLES_H_
