#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_PDF_ANNOTATOR_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_PDF_ANNOTATOR_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/pdf/process.h"
#include "services/document/remark.h"

namespace crossfoot::document {

// A copy of a PDF with the words of each remark highlighted, coloured by its severity, and the
// remark as what a reader shows beside them.  What is new follows the bytes of the original, as an
// incremental update (ISO 32000-1, 7.5.6).
//
// The work is done in a process of its own: `program`, which is crossfoot-pdf-annotator
// (annotator/main.cc).  Errors: kFormatUnsupported: there is no such program; kDocumentDamaged: it
// made no copy; kInternal: words that stand nowhere, or the system gives no process or memory.
absl::StatusOr<std::string> AnnotatePdf(const core::Document& document,
                                        const std::vector<Remark>& remarks,
                                        const std::string& program, const PdfLimits& limits = {});

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_PDF_ANNOTATOR_H_
