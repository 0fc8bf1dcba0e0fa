#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_PROCESS_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_PROCESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "services/document/pdf/page.h"

namespace crossfoot::document {

struct PdfLimits {
  // Of the process that reads, in bytes beside those of the document.
  int64_t address_space_bytes = int64_t{1} << 30;
  // Of its work, and from its start to its end.
  std::chrono::seconds cpu_time{60};
  std::chrono::milliseconds time{90'000};
  int32_t max_pages = 20'000;
};

// Reads `source`, a PDF, in a process of its own: `program`, which is crossfoot-pdf-reader
// (pdf/reader/main.cc).  The process is killed within a few milliseconds when the work is given up,
// and nothing that it writes is trusted.  More than `max_bytes` of words are too many. Thread-safe.
//
// Errors: kDocumentEncrypted; kDocumentDamaged: the process found no PDF, died, went beyond its
// limits, or wrote what no page can be; kDocumentTooLarge; kTextLayerMissing: pages without words;
// kFormatUnsupported: there is no such program; kInternal: the system gives no process, pipe or
// memory; kCancelled, kDeadlineExceeded.
absl::StatusOr<std::vector<PdfPage>> ReadPdfPages(std::string_view uri, std::string_view source,
                                                  const std::string& program, int64_t max_bytes,
                                                  const core::Cancellation* cancellation = nullptr,
                                                  const PdfLimits& limits = {});

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_PROCESS_H_
