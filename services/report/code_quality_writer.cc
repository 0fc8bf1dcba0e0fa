#include "services/report/code_quality_writer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/sha256.h"
#include "core/verdict.h"
#include "crossfoot/interchange/v1/code_quality.pb.h"
#include "crossfoot/v1/document_error.pb.h"
#include "services/report/finding_details.h"
#include "services/report/json_writer.h"
#include "services/report/occurrences.h"
#include "services/report/place.h"
#include "services/report/relative_path.h"
#include "services/report/utf8.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {
namespace {

using interchange::v1::CodeQualityIssue;
using validation::Validation;

const char* SeverityOf(const core::Finding& finding) {
  switch (finding.severity) {
    case core::Severity::kError:
      return "major";
    case core::Severity::kWarning:
      return "minor";
    default:
      return "info";
  }
}

class CodeQualityReport final : public RunReport {
 public:
  explicit CodeQualityReport(RunReportOptions options) : options_(std::move(options)) {}

  void Add(const Validation& validation) override {
    Occurrences occurrences;
    const core::Document& document = validation.document;
    for (const core::Finding& finding : validation.findings) {
      CodeQualityIssue& issue =
          NewIssue(document.uri, finding.fingerprint, occurrences.Next(finding));
      issue.set_description(MessageOf(finding, options_.language));
      issue.set_check_name(ToPrintable(finding.rule_id));
      issue.set_severity(SeverityOf(finding));
      const int32_t shown = ShownFigure(validation, finding);
      if (shown < 0) continue;
      const core::TextRange range = validation.figures[shown].range;
      if (!document.places.empty()) {
        // A file that is no text has no lines; GitLab shows no issue without one.
        issue.set_description(PlaceWithin(document, range) + ": " + issue.description());
        issue.mutable_location()->mutable_lines()->set_begin(1);
        issue.mutable_location()->mutable_lines()->set_end(1);
        continue;
      }
      const Extent extent = ExtentOf(document, range);
      issue.mutable_location()->mutable_lines()->set_begin(extent.span.line);
      issue.mutable_location()->mutable_lines()->set_end(extent.end_line);
    }
  }

  void AddFailure(std::string_view path, const v1::DocumentError& error) override {
    CodeQualityIssue& issue = NewIssue(path, error.reason(), 1);
    issue.set_description(ToPrintable(error.message()));
    issue.set_check_name(error.reason());
    issue.set_severity("blocker");
  }

  absl::StatusOr<std::string> Finish() override {
    std::string text = "[";
    for (const CodeQualityIssue& issue : issues_) {
      const absl::StatusOr<std::string> json = ToJsonLine(issue);
      if (!json.ok()) return json.status();
      text += (&issue == &issues_.front() ? "\n" : ",\n") + *json;
    }
    return text + "\n]\n";
  }

 private:
  // An entry at the first line of the file.
  CodeQualityIssue& NewIssue(std::string_view path, std::string_view fingerprint, int occurrence) {
    const std::string relative = RelativePath(path, options_.working_directory);
    CodeQualityIssue& issue = issues_.emplace_back();
    issue.set_fingerprint(core::Sha256Hex(relative + '\0' + std::string(fingerprint) + '\0' +
                                          std::to_string(occurrence)));
    issue.mutable_location()->set_path(ToValidUtf8(relative));
    issue.mutable_location()->mutable_lines()->set_begin(1);
    issue.mutable_location()->mutable_lines()->set_end(1);
    return issue;
  }

  const RunReportOptions options_;
  std::vector<CodeQualityIssue> issues_;
};

}  // namespace

std::unique_ptr<RunReport> MakeCodeQualityReport(RunReportOptions options) {
  return std::make_unique<CodeQualityReport>(std::move(options));
}

}  // namespace crossfoot::report
