#ifndef CROSSFOOT_SERVICES_SERVER_STATUS_H_
#define CROSSFOOT_SERVICES_SERVER_STATUS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

// The one place where errors become what goes over the wire: the code and message of the status
// and, in its binary details (trailer grpc-status-details-bin), a google.rpc.Status with a
// google.rpc.ErrorInfo {reason, domain, metadata} as AIP-193 asks.

namespace crossfoot::server {

// The domain of every ErrorInfo.
inline constexpr char kErrorDomain[] = "crossfoot.dev";

// `status` with its reason and metadata (core/error.h).  OK stays OK; a status without a reason is
// a defect and becomes INTERNAL.
grpc::Status ToGrpcStatus(const absl::Status& status);

// RESOURCE_EXHAUSTED, SERVER_BUSY: the server has `max_in_flight` calls already.
grpc::Status ServerBusyStatus(int32_t max_in_flight);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_STATUS_H_
