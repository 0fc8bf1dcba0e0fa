#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_DOCX_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_DOCX_H_

#include "absl/status/statusor.h"
#include "services/document/office/ooxml.h"
#include "services/document/transcript.h"

namespace crossfoot::document {

// Reads a Word document as a reader sees its final text: tracked changes are taken as accepted;
// comments, headers, footers and hidden text are left out; numbers that Word makes (一、, 1.) are
// written; text boxes follow the paragraph that they are anchored in; footnotes, then endnotes,
// follow the body.  A table that holds tables, or mostly prose, lays out a page and is read
// through, as in HTML.
//
// Places are of the parts "document", "footnotes" and "endnotes".  A paragraph's number counts all
// w:p elements of its part from 1, in the order in which they begin, and a run's the w:r elements
// of its paragraph that are in no other paragraph; those that are left out count as well.  Numbers
// that Word makes stand nowhere.
//
// kDocumentDamaged, kDocumentTooLarge, kCancelled, kDeadlineExceeded, as of OfficePackage::Read.
absl::StatusOr<Transcript> ReadDocx(OfficePackage& package);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_DOCX_H_
