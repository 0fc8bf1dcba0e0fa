#ifndef CROSSFOOT_TESTS_LOAD_IN_PROCESS_H_
#define CROSSFOOT_TESTS_LOAD_IN_PROCESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

// The check as the service does it, without a service: from the serialised request to the parsed
// response.

namespace crossfoot::load {

// The serialised ValidateDocumentResponse to a serialised ValidateDocumentRequest.  The status of
// the handler when it refuses.
absl::StatusOr<std::string> CheckInProcess(const std::string& request);

// Seconds of processor time that one check takes: from the serialised request over the response and
// its serialised form to the parsed response.  `threads` threads check for `duration` at the same
// time, after half a second to warm up.
absl::StatusOr<double> CheckCpuSeconds(const std::string& request, int threads,
                                       absl::Duration duration);

}  // namespace crossfoot::load

#endif  // CROSSFOOT_TESTS_LOAD_IN_PROCESS_H_
