#ifndef CROSSFOOT_CLIENTS_CPP_CALL_ERROR_H_
#define CROSSFOOT_CLIENTS_CPP_CALL_ERROR_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "crossfoot/v1/document_error.pb.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/support/status.h"

// Errors of calls.  core::ReasonOf and core::MetadataOf (core/error.h) give what the service said;
// a status without a reason is of gRPC itself (nobody listens, the connection broke, the deadline
// passed on the way), or has one that this version does not know.

namespace crossfoot::client {

// The error of a call that ended with `status`, which is not OK.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The error of one document of a stream.  kUnknown where this version does not know the reason.
absl::Status FromDocumentError(const v1::DocumentError& error);

// What the service said of an error of the functions above, also with a reason that this version
// does not know; nullopt where gRPC itself failed.
std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const absl::Status& status);

// How long the server asks to be left alone before it is asked again; nullopt where it does not.
std::optional<absl::Duration> RetryDelayOf(const absl::Status& status);

}  // namespace crossfoot::client

#endif  // CROSSFOOT_CLIENTS_CPP_CALL_ERROR_H_
