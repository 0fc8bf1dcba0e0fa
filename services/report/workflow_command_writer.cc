#include "services/report/workflow_command_writer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/verdict.h"
#include "crossfoot/v1/document_error.pb.h"
#include "services/report/finding_details.h"
#include "services/report/place.h"
#include "services/report/relative_path.h"
#include "services/report/utf8.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

// What the runner decodes; without it a text could end its line and begin a command of its own.
std::string EscapeData(std::string_view text) {
  std::string escaped;
  for (const char c : ToValidUtf8(text)) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string EscapeProperty(std::string_view text) {
  std::string escaped;
  for (const char c : EscapeData(text)) {
    if (c == ':') {
      escaped += "%3A";
    } else if (c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

class WorkflowCommandReport final : public RunReport {
 public:
  explicit WorkflowCommandReport(RunReportOptions options) : options_(std::move(options)) {}

  void Add(const Validation& validation) override {
    for (const core::Finding& finding : validation.findings) AddFinding(validation, finding);
  }

  void AddFailure(std::string_view path, const v1::DocumentError& error) override {
    text_ += "::error file=" + FileOf(path) + ",title=" + EscapeProperty(error.reason()) +
             "::" + EscapeData(ToPrintable(error.message())) + "\n";
  }

  absl::StatusOr<std::string> Finish() override { return std::move(text_); }

 private:
  std::string FileOf(std::string_view path) const {
    return EscapeProperty(RelativePath(path, options_.working_directory));
  }

  void AddFinding(const Validation& validation, const core::Finding& finding) {
    const core::Document& document = validation.document;
    text_ += finding.severity == core::Severity::kError     ? "::error"
             : finding.severity == core::Severity::kWarning ? "::warning"
                                                            : "::notice";
    text_ += " file=" + FileOf(document.uri);
    std::string place;  // of a document without lines
    if (const int32_t shown = ShownFigure(validation, finding); shown >= 0) {
      if (!document.places.empty()) place = PlaceWithin(document, validation.figures[shown].range);
      const auto [span, end_line, end_column] = ExtentOf(document, validation.figures[shown].range);
      if (place.empty())
        text_ += ",line=" + std::to_string(span.line) + ",endLine=" + std::to_string(end_line) +
                 ",col=" + std::to_string(span.column) + ",endColumn=" + std::to_string(end_column);
    }
    std::string message =
        (place.empty() ? "" : place + ": ") + MessageOf(finding, options_.language);
    for (const Detail& detail : DetailsOf(validation, finding, options_.language)) {
      message += "\n" + ToText(detail, options_.language);
    }
    text_ += ",title=" + EscapeProperty(ToPrintable(finding.rule_id)) + "::" + EscapeData(message) +
             "\n";
  }

  const RunReportOptions options_;
  std::string text_;
};

}  // namespace

std::unique_ptr<RunReport> MakeWorkflowCommandReport(RunReportOptions options) {
  return std::make_unique<WorkflowCommandReport>(std::move(options));
}

}  // namespace crossfoot::report
