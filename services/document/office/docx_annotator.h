#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_DOCX_ANNOTATOR_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_DOCX_ANNOTATOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/office/ooxml.h"
#include "services/document/remark.h"

namespace crossfoot::document {

// A copy of a Word document with each remark as a comment at the words that it is about, beside the
// comments that are there.  Word has no comments in notes and text boxes: a remark there stands at
// the mark of the note, or at what the box is anchored to.
//
// `document` was read of `package`, whose bytes are document.original.  As OfficeCopy::Edit and
// OfficeCopy::Finish; kInternal for words that stand nowhere.
absl::StatusOr<std::string> AnnotateDocx(OfficePackage& package, const core::Document& document,
                                         const std::vector<Remark>& remarks);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_DOCX_ANNOTATOR_H_
