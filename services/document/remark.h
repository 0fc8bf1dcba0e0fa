#ifndef CROSSFOOT_SERVICES_DOCUMENT_REMARK_H_
#define CROSSFOOT_SERVICES_DOCUMENT_REMARK_H_

#include <string>

#include "core/text_span.h"
#include "core/verdict.h"

namespace crossfoot::document {

// Something to be said of words of a document, in a copy of it.
struct Remark {
  core::TextRange range;  // of Document::text
  std::string text;       // for people: lines of printable UTF-8, without a line break at the end
  core::Severity severity = core::Severity::kError;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_REMARK_H_
