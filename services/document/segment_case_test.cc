// Runs one case file: a source, and the DebugString of the document.

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/segment.h"
#include "tests/testing/case_main.h"

namespace crossfoot::testing {

std::string ActualOf(std::string input) {
  const absl::StatusOr<core::Document> document =
      document::SegmentDocument("case", std::move(input));
  return document.ok() ? document->DebugString() : document.status().ToString() + "\n";
}

}  // namespace crossfoot::testing
