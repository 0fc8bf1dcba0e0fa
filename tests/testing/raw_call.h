#ifndef CROSSFOOT_TESTS_TESTING_RAW_CALL_H_
#define CROSSFOOT_TESTS_TESTING_RAW_CALL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace crossfoot::testing {

// Sends the encoded message `request` to `method` ("/package.Service/Method") and gives the first
// encoded answer: for the standard services whose stubs the system does not install.  Waits at most
// 30 s.
absl::StatusOr<std::string> RawCall(const std::shared_ptr<grpc::Channel>& channel,
                                    const std::string& method, const std::string& request);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_RAW_CALL_H_
