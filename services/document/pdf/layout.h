#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_LAYOUT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_LAYOUT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "services/document/pdf/page.h"
#include "services/document/transcript.h"

namespace crossfoot::document {

// What the words of pages read as: paragraphs, headings and tables in reading order, across columns
// and pages.  Page numbers are left out; running heads and feet stand once, as furniture.  n log n
// in the number of words.
//
// Errors: kDocumentTooLarge, kCancelled, kDeadlineExceeded.
absl::StatusOr<Transcript> LayOutPages(std::string_view uri, const std::vector<PdfPage>& pages,
                                       int64_t max_bytes,
                                       const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_LAYOUT_H_
