#ifndef CROSSFOOT_SERVICES_REPORT_CODE_QUALITY_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_CODE_QUALITY_WRITER_H_

#include <memory>

#include "services/report/run_report.h"

namespace crossfoot::report {

// A Code Quality report of GitLab: a JSON array with an entry for each finding.
//
// Errors are "major", warnings "minor" and the rest "info".  A document that could not be checked
// is a "blocker" at its first line, since the format knows nothing else to say so.  A fingerprint
// is a SHA-256 of the path, the finding's own fingerprint, and which of those with both it is.
std::unique_ptr<RunReport> MakeCodeQualityReport(RunReportOptions options);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_CODE_QUALITY_WRITER_H_
