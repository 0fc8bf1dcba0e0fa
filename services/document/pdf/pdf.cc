#include "services/document/pdf/pdf.h"

#include <string>
#include <string_view>
#include <vector>

#include "services/document/pdf/layout.h"
#include "services/document/pdf/page.h"
#include "services/document/pdf/process.h"

namespace crossfoot::document {

absl::StatusOr<Transcript> ReadPdf(std::string_view uri, std::string_view source,
                                   const std::string& pdf_reader, int64_t max_bytes,
                                   const core::Cancellation* cancellation) {
  const absl::StatusOr<std::vector<PdfPage>> pages =
      ReadPdfPages(uri, source, pdf_reader, max_bytes, cancellation);
  if (!pages.ok()) return pages.status();
  return LayOutPages(uri, *pages, max_bytes, cancellation);
}

}  // namespace crossfoot::document
