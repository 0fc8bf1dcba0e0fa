// Runs one case file: a report, and the DebugStrings of its figures, one a line, each after the
// words that were printed.

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "core/figure.h"
#include "services/validation/pipeline.h"
#include "tests/testing/case_main.h"

namespace crossfoot::testing {

std::string ActualOf(std::string input) {
  const absl::StatusOr<std::unique_ptr<validation::Pipeline>> pipeline =
      validation::Pipeline::Create();
  if (!pipeline.ok()) return pipeline.status().ToString() + "\n";
  const absl::StatusOr<validation::Validation> validation =
      (*pipeline)->ExtractFigures("case", std::move(input), {});
  if (!validation.ok()) return validation.status().ToString() + "\n";
  std::string actual;
  for (const core::Figure& figure : validation->figures) {
    actual += figure.content + "  " + figure.DebugString() + "\n";
  }
  return actual;
}

}  // namespace crossfoot::testing
