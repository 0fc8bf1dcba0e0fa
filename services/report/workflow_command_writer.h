#ifndef CROSSFOOT_SERVICES_REPORT_WORKFLOW_COMMAND_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_WORKFLOW_COMMAND_WRITER_H_

#include <memory>

#include "services/report/run_report.h"

namespace crossfoot::report {

// Workflow commands of GitHub Actions, one line a finding, which a runner that sees them in its log
// shows beside the lines of a change:
//
//   ::error file=a.txt,line=2,endLine=2,col=10,endColumn=16,title=parts-sum-to-total::…
//
// A document that could not be checked is an error of its file.  Columns count code points;
// endColumn is behind the last.  A line break of the message is %0A.
std::unique_ptr<RunReport> MakeWorkflowCommandReport(RunReportOptions options);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_WORKFLOW_COMMAND_WRITER_H_
