// Runs one case file: a report, and its findings, one a line: the rule, how severe it is, what is
// printed at the figure that is blamed ("-" for none).  Most cases are reports that nothing is
// wrong with, each for something that looks like a contradiction and is none.

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "core/finding.h"
#include "core/verdict.h"
#include "services/validation/pipeline.h"
#include "tests/testing/case_main.h"

namespace crossfoot::testing {

std::string ActualOf(std::string input) {
  const absl::StatusOr<std::unique_ptr<validation::Pipeline>> pipeline =
      validation::Pipeline::Create();
  if (!pipeline.ok()) return pipeline.status().ToString() + "\n";
  const absl::StatusOr<validation::Validation> validation =
      (*pipeline)->Validate("case", std::move(input), {});
  if (!validation.ok()) return validation.status().ToString() + "\n";
  std::string actual;
  for (const core::Finding& finding : validation->findings) {
    const bool blamed = finding.suspect >= 0;
    actual += finding.rule_id + " " + std::string(core::ToString(finding.severity)) + " " +
              (blamed ? validation->figures[finding.suspect].content : "-") + "\n";
  }
  return actual;
}

}  // namespace crossfoot::testing
