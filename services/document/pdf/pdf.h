#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_PDF_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_PDF_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "services/document/transcript.h"

namespace crossfoot::document {

// Reads a PDF with the program `pdf_reader` (process.h) and lays its words out
// (layout.h).  Errors are theirs.
absl::StatusOr<Transcript> ReadPdf(std::string_view uri, std::string_view source,
                                   const std::string& pdf_reader, int64_t max_bytes,
                                   const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_PDF_H_
