#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_TABLES_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_TABLES_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "core/cancellation.h"
#include "services/document/pdf/lines.h"
#include "services/document/pdf/page.h"

// Tables of numbers among the rows of a column, ruled or not: lines are not looked at, only what
// stands below what.

namespace crossfoot::document {

struct PdfCell {
  std::vector<PdfSegment> lines;  // from the top down, each from left to right; not empty
  int32_t row = 0;                // 0-based, as all that follows
  int32_t column = 0;
  int32_t row_span = 1;
  int32_t column_span = 1;
  int32_t indent = 0;  // levels by which a label stands further right than those above it
};

struct PdfTable {
  // Where a column stands on its page.
  struct Column {
    float left = 0;
    float right = 0;
  };
  std::vector<Column> columns;
  int32_t header_rows = 0;
  int32_t row_count = 0;
  std::vector<PdfCell> cells;  // row-major
};

// A row that belongs to no table, or a table.
using PdfItem = std::variant<PdfRow, PdfTable>;

// Finds the tables among `rows` of a column of `page`, from the top down.
std::vector<PdfItem> FindPdfTables(const PdfPage& page, std::vector<PdfRow> rows,
                                   const core::Cancellation* cancellation);

// Whether `next`, at the top of a page, goes on with `table`, at the foot of the one before: it has
// the same header, or none, and its columns stand in the same places.
bool GoesOn(const PdfTable& table, const PdfTable& next);

// Appends the rows of such a table but for its header.
void AppendRows(PdfTable next, PdfTable& table);

// Says by how many levels the labels of a table that is whole are set in.
void IndentLabels(PdfTable* table);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_TABLES_H_
