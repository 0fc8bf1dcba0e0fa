#ifndef CROSSFOOT_SERVICES_REPORT_SARIF_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_SARIF_WRITER_H_

#include <cstddef>
#include <memory>

#include "services/report/run_report.h"

namespace crossfoot::report {

// What GitHub takes of one run.
inline constexpr size_t kMaxSarifResults = 25000;

// SARIF 2.1.0 as GitHub code scanning reads it, indented.
//
// A result stands at one figure, the one to blame; the others that prove it are its related
// locations, and its message links to them.  Columns count code points, as `core::TextSpan` does.
// Its fingerprint is that of the finding, which a baseline knows too, with ":1", or ":2" for the
// second of that fingerprint in the file, as GitHub writes its own.  The message begins with a line
// that stands for itself, since lists show no more.
//
// `rules` holds the rules that have results: GitHub keeps what it was told of the others, and a
// list of all would be most of the file.  Documents that could not be checked are notifications of
// a run that was not successful.
//
// Findings that were accepted are not in it, so that GitHub closes their alerts; it does not read
// SARIF's suppressions.
//
// Beyond `max_results` the most severe are kept, and a notification says how many are missing.
std::unique_ptr<RunReport> MakeSarifReport(RunReportOptions options,
                                           size_t max_results = kMaxSarifResults);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_SARIF_WRITER_H_
