#ifndef CROSSFOOT_SERVICES_DOCUMENT_PLAIN_TEXT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PLAIN_TEXT_H_

#include <string_view>

#include "core/cancellation.h"
#include "services/document/line.h"

namespace crossfoot::document {

// Reads plain text and Markdown: each line of `source`, valid UTF-8, becomes one or more lines of
// the reading, in order. Tables are left as lines (see tables.h).  Less of them when the work is
// given up.
Reading ReadPlainText(std::string_view source, const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PLAIN_TEXT_H_
