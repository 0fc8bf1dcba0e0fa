#ifndef CROSSFOOT_TOOLS_ERROR_PAGE_ERROR_PAGE_H_
#define CROSSFOOT_TOOLS_ERROR_PAGE_ERROR_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace crossfoot::error_page {

// One reason of crossfoot.v1.ErrorReason, as its comment has it:
//
//   // The server has as many calls in work as it accepts.  RESOURCE_EXHAUSTED with RetryInfo;
//   // metadata "limit": which of its limits.  Retry with back-off.
//
// is `meaning`, `code` "with" `details`, `metadata` and `retry`.  The first two are never empty.
struct Reason {
  std::string name;  // without ERROR_REASON_: "SERVER_BUSY"
  std::string meaning;
  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string code_name;  // "RESOURCE_EXHAUSTED"
  std::string details;    // messages beside google.rpc.ErrorInfo: "RetryInfo"; empty: none
  std::string metadata;   // keys and what they hold; empty: "no metadata"
  std::string retry;      // when a retry may help; empty: it does not
};

// The reasons of a serialized FileDescriptorSet with source info that holds
// crossfoot/v1/error_reason.proto, in the order of that file, without ERROR_REASON_UNSPECIFIED.
// DATA_INVALID when the set has no such file or a comment does not have the form above; the message
// says which.
absl::StatusOr<std::vector<Reason>> ReadReasons(std::string_view descriptor_set);

// docs/errors.md.
std::string WritePage(const std::vector<Reason>& reasons);

}  // namespace crossfoot::error_page

#endif  // CROSSFOOT_TOOLS_ERROR_PAGE_ERROR_PAGE_H_
