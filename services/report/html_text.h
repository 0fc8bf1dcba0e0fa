#ifndef CROSSFOOT_SERVICES_REPORT_HTML_TEXT_H_
#define CROSSFOOT_SERVICES_REPORT_HTML_TEXT_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/document.h"
#include "core/text_span.h"

namespace crossfoot::report {

// `text` as the content of an element or of an attribute in double quotes: ToPrintable, with & < >
// " and ' as entities.
std::string EscapeHtml(std::string_view text);

// Appends `parts` as they are.
void Append(std::string& out, std::initializer_list<std::string_view> parts);

// The words of `range` as they were printed, where the text of the document has folded characters
// one by one (full-width, Traditional); elsewhere as they were read.
std::string PrintedText(const core::Document& document, core::TextRange range);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_HTML_TEXT_H_
