#ifndef CROSSFOOT_SERVICES_SERVER_STATUS_H_
#define CROSSFOOT_SERVICES_SERVER_STATUS_H_

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

// The one place where errors become what goes over the wire: the code and message of the status
// and, in its binary details (trailer grpc-status-details-bin), a google.rpc.Status with a
// google.rpc.ErrorInfo {reason, domain, metadata} as AIP-193 asks.

namespace crossfoot::server {

// The domain of every ErrorInfo.
inline constexpr char kErrorDomain[] = "crossfoot.dev";

// `status`, which is not OK, with its reason, its metadata (core/error.h) and what else applies:
// BadRequest, ResourceInfo, QuotaFailure, RetryInfo.  One without a reason is a defect and becomes
// INTERNAL.
google::rpc::Status ToRpcStatus(const absl::Status& status);

// The same for gRPC.  OK stays OK.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_STATUS_H_
