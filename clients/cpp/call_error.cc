#include "clients/cpp/call_error.h"

#include <map>
#include <string>

#include "absl/strings/cord.h"
#include "core/error.h"
#include "google/rpc/status.pb.h"

namespace crossfoot::client {
namespace {

constexpr char kErrorDomain[] = "crossfoot.dev";

// The payload with the whole google.rpc.Status.
constexpr char kDetailsUrl[] = "type.googleapis.com/google.rpc.Status";

template <typename Detail>
std::optional<Detail> Find(const google::rpc::Status& details) {
  for (const google::protobuf::Any& packed : details.details()) {
    Detail detail;
    if (packed.Is<Detail>() && packed.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

std::optional<google::rpc::ErrorInfo> FindInfo(const google::rpc::Status& details) {
  std::optional<google::rpc::ErrorInfo> info = Find<google::rpc::ErrorInfo>(details);
  if (info.has_value() && info->domain() != kErrorDomain) info.reset();
  return info;
}

google::rpc::Status DetailsOf(const absl::Status& status) {
  google::rpc::Status details;
  const absl::optional<absl::Cord> payload = status.GetPayload(kDetailsUrl);
  if (payload.has_value()) details.ParseFromString(std::string(*payload));
  return details;
}

// The error with the code and message of `details`.
absl::Status ToStatus(const google::rpc::Status& details) {
  absl::Status status(static_cast<absl::StatusCode>(details.code()), details.message());
  if (const std::optional<google::rpc::ErrorInfo> info = FindInfo(details); info.has_value()) {
    const std::optional<core::ErrorReason> reason = core::ParseErrorReason(info->reason());
    if (reason.has_value()) {
      status = core::MakeError(
          *reason, details.message(),
          std::map<std::string, std::string>(info->metadata().begin(), info->metadata().end()));
    }
  }
  if (details.details_size() > 0)
    status.SetPayload(kDetailsUrl, absl::Cord(details.SerializeAsString()));
  return status;
}

}  // namespace

absl::Status FromGrpcStatus(const grpc::Status& status) {
  google::rpc::Status details;
  // Details of another code: somebody between us and the server has changed the status.
  if (!details.ParseFromString(status.error_details()) || details.code() != status.error_code())
    details.Clear();
  details.set_code(status.error_code());
  details.set_message(status.error_message());
  return ToStatus(details);
}

absl::Status FromDocumentError(const v1::DocumentError& error) {
  google::rpc::ErrorInfo info;
  info.set_reason(error.reason());
  info.set_domain(kErrorDomain);
  *info.mutable_metadata() = error.metadata();
  google::rpc::Status details;
  details.set_code(static_cast<int32_t>(absl::StatusCode::kUnknown));
  details.set_message(error.message());
  details.add_details()->PackFrom(info);
  return ToStatus(details);
}

std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const absl::Status& status) {
  return FindInfo(DetailsOf(status));
}

std::optional<absl::Duration> RetryDelayOf(const absl::Status& status) {
  const auto retry = Find<google::rpc::RetryInfo>(DetailsOf(status));
  if (!retry.has_value()) return std::nullopt;
  return absl::Seconds(retry->retry_delay().seconds()) +
         absl::Nanoseconds(retry->retry_delay().nanos());
}

}  // namespace crossfoot::client
