#ifndef CROSSFOOT_SERVICES_DOCUMENT_HTML_HTML_H_
#define CROSSFOOT_SERVICES_DOCUMENT_HTML_HTML_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "services/document/html/tag_stripper.h"
#include "services/document/line.h"

namespace crossfoot::document {

// Reads HTML, or text with tags in it when `format` is kMixed: block elements become lines, data
// tables become tables (tables that only lay out a page are read through), entities are decoded and
// tags dropped.  nav, template, script, style and the like are left out.  Digits in <sup> and <sub>
// become superscript and subscript digits, so that a footnote mark never joins the number before
// it.
//
// Every decoded character maps to its exact bytes; a text node that gumbo understands differently
// maps as a whole. kNestingTooDeep as in tag_stripper.h.  Without sense when the work is given up.
absl::StatusOr<Reading> ReadHtml(std::string_view uri, std::string_view source, SourceFormat format,
                                 const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_HTML_HTML_H_
