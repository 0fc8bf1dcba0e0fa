#ifndef CROSSFOOT_SERVICES_REPORT_JUNIT_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_JUNIT_WRITER_H_

#include <memory>

#include "services/report/run_report.h"

namespace crossfoot::report {

// JUnit XML, as Jenkins and GitLab read it.
//
//   <testsuites name="crossfoot" tests="2" failures="1" errors="0" skipped="0">
//     <testsuite name="a.txt" …>
//       <testcase classname="a.txt" name="parts-sum-to-total" file="a.txt" line="2">
//         <failure type="error" message="…">what the text form prints</failure>
//       </testcase>
//       <testcase classname="a.txt" name="share-matches-amounts" file="a.txt"/>
//
// A suite is a document and a test a rule that bound figures in it, so that a test has the same
// name in every run and its history shows since when it fails.  It fails with the rule's findings
// from `fail_on` on; lesser ones are its output; it is skipped where no check of the rule came to
// a verdict, and where what it found has the cause of another rule's finding, which tells it.  A
// document that could not be checked is one test, "read", with an error.
std::unique_ptr<RunReport> MakeJUnitReport(RunReportOptions options);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_JUNIT_WRITER_H_
