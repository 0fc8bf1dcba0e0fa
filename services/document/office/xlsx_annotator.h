#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XLSX_ANNOTATOR_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XLSX_ANNOTATOR_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/office/ooxml.h"
#include "services/document/remark.h"

namespace crossfoot::document {

// A copy of an Excel workbook with each remark in the note of the cell that it is about; a note
// that is there goes on with it.  Cells themselves keep their values, formulas and formats.
//
// `document` was read of `package`, whose bytes are document.original.  As OfficeCopy::Edit and
// OfficeCopy::Finish; kInternal for words that stand nowhere.
absl::StatusOr<std::string> AnnotateXlsx(OfficePackage& package, const core::Document& document,
                                         const std::vector<Remark>& remarks);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XLSX_ANNOTATOR_H_
