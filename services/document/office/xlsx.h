#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XLSX_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XLSX_H_

#include "absl/status/statusor.h"
#include "services/document/office/ooxml.h"
#include "services/document/transcript.h"

namespace crossfoot::document {

// Reads an Excel workbook as it is printed: numbers with the precision of their formats
// (number_format.h), formulas with the values that were stored with them, merged cells as spans.
// Hidden sheets, rows and columns are left out, and so are comments and macros.
//
// A blank row ends a table, unless the row below it goes on with numbers.  Rows of a single cell
// above a table (its title, its unit) and below it (notes) become lines, and so does a cell of
// prose.  A sheet that begins with a table is headed by its name, when somebody gave it one.
//
// Places are cells, by the sheet's name.  A cell counts as eight bytes beside its words.
//
// kDocumentDamaged, kDocumentTooLarge, kCancelled, kDeadlineExceeded, as of OfficePackage::Read.
absl::StatusOr<Transcript> ReadXlsx(OfficePackage& package);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XLSX_H_
