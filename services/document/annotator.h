#ifndef CROSSFOOT_SERVICES_DOCUMENT_ANNOTATOR_H_
#define CROSSFOOT_SERVICES_DOCUMENT_ANNOTATOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/remark.h"

namespace crossfoot::document {

struct AnnotatorOptions {
  // Of the document, as when it was read.
  int64_t max_document_bytes = int64_t{16} << 20;
  // The program that marks words in PDF (pdf/pdf_annotator.h), as a path; empty: PDF is refused.
  std::string pdf_annotator = {};
};

// Whether `document` came in a format that remarks can be put into: PDF, DOCX or XLSX.
bool CanAnnotate(const core::Document& document);

// The bytes that the document came in (Document::original) with the remarks: as highlights of a
// PDF, comments of a DOCX, notes of an XLSX.  All else stays as it is.
//
// Errors: of OfficePackage::Open, AnnotateDocx, AnnotateXlsx and AnnotatePdf; kFormatUnsupported
// for a document that CanAnnotate refuses.
absl::StatusOr<std::string> AnnotateDocument(const core::Document& document,
                                             const std::vector<Remark>& remarks,
                                             const AnnotatorOptions& options);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_ANNOTATOR_H_
