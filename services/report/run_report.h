#ifndef CROSSFOOT_SERVICES_REPORT_RUN_REPORT_H_
#define CROSSFOOT_SERVICES_REPORT_RUN_REPORT_H_

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/verdict.h"
#include "crossfoot/v1/document_error.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {

struct RunReportOptions {
  Language language = Language::kChinese;

  // Paths are given relative to it; absolute.
  std::string working_directory = {};

  // Findings that are less severe do not fail a test; kUnspecified: none does.
  core::Severity fail_on = core::Severity::kError;

  // What a rule is, by its id, in `language`; with an empty name where nobody knows.  Asked in
  // `Finish`, once for each rule that found something.
  std::function<v1::Rule(const std::string& rule_id)> describe_rule = {};
};

// A run over several documents in a form that a program reads as a whole when the run is over.
// Findings that were accepted have been taken out of what is added, as for every other form.
class RunReport {
 public:
  virtual ~RunReport() = default;

  // A document that was checked.
  virtual void Add(const validation::Validation& validation) = 0;

  // A document that could not be; `path` names it.
  virtual void AddFailure(std::string_view path, const v1::DocumentError& error) = 0;

  // All of it.  Call once, last.
  virtual absl::StatusOr<std::string> Finish() = 0;
};

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_RUN_REPORT_H_
