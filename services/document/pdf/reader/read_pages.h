#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_READER_READ_PAGES_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_READER_READ_PAGES_H_

#include <cstdint>
#include <functional>
#include <string>

#include "crossfoot/interchange/v1/pdf_text.pb.h"

namespace crossfoot::document::pdf_reader {

// Loads what poppler and the C library would look for in files while they read.  Call once, before
// the sandbox closes.
void LoadLibraries();

// Hands what `bytes` hold to `write`, part by part, as pdf_text.proto says; stops when it answers
// false.  Documents of more than `max_pages` pages are too large.
void ReadPages(const std::string& bytes, int32_t max_pages,
               const std::function<bool(const interchange::v1::PdfText&)>& write);

}  // namespace crossfoot::document::pdf_reader

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_READER_READ_PAGES_H_
