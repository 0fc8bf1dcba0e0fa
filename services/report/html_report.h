#ifndef CROSSFOOT_SERVICES_REPORT_HTML_REPORT_H_
#define CROSSFOOT_SERVICES_REPORT_HTML_REPORT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/verdict.h"
#include "services/report/figure_state.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {

// What a page (services/report/html_writer.h) shows of one report, as markup.
struct HtmlReport {
  std::string text;                                             // the blocks with the marks
  std::string findings;                                         // one <li> each
  std::string rows;                                             // one <tr> a figure
  std::string checks;                                           // one <li> each
  std::array<int32_t, kFigureStates.size()> state_counts = {};  // figures, as kFigureStates goes
};

// `report` is the number of the report on the page, `first_finding` that of its first finding; both
// count from 1.
HtmlReport MakeHtmlReport(const validation::Validation& validation, Language language,
                          int32_t report, int32_t first_finding);

// A word of ASCII for the style sheet and the script: "error".
std::string_view KeyOf(core::Severity severity);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_HTML_REPORT_H_
