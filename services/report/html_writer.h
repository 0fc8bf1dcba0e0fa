#ifndef CROSSFOOT_SERVICES_REPORT_HTML_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_HTML_WRITER_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/report/figure_state.h"
#include "services/report/language.h"
#include "services/report/run_report.h"
#include "services/report/text_writer.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {

// What people read before publication: one page of HTML, without a network, with the text of one or
// several reports, every figure marked by what is known of it, the findings, a table of all figures
// and the checks behind them.
//
//   HtmlPage page(Language::kChinese);
//   page.Add(validation);
//   out << *page.Finish();
//
// Anchors: "p1" is the first finding of the page, "r2" the second report, and of that one "f2-3" is
// the place of figure f3, "d2-3" its row in the table, "c2-4" check c4.  Whatever comes from a
// report is text in the page, never markup, and printable; a policy in the head (CSP) allows the
// page's own script and style alone and no connection.  Without JavaScript all is there but the
// filters, the sorting and the window at a figure.  The same reports make the same bytes.
class HtmlPage final : public RunReport {
 public:
  explicit HtmlPage(Language language) : language_(language) {}

  // Shows a report behind those before it.
  void Add(const validation::Validation& validation) override;

  void AddFailure(std::string_view path, const v1::DocumentError& error) override;

  // The whole page; ends in a line break.  Never fails.
  absl::StatusOr<std::string> Finish() override;

 private:
  const Language language_;
  int32_t report_count_ = 0;
  int32_t finding_count_ = 0;
  Totals totals_;
  std::array<int32_t, kFigureStates.size()> state_counts_ = {};  // figures by state
  std::string title_;                                            // the name of the first report
  std::string contents_;                                         // one item a report
  std::string findings_;                                         // one item a finding
  std::string reports_;                                          // one section a report
  std::string rows_;                                             // one row a figure
  std::string checks_;                                           // one list a report
};

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_HTML_WRITER_H_
