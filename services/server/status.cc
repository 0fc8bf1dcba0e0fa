#include "services/server/status.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/report/utf8.h"

namespace crossfoot::server {
namespace {

grpc::Status MakeStatus(grpc::StatusCode code, std::string_view reason, std::string_view message,
                        const std::map<std::string, std::string>& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason.data(), reason.size());
  info.set_domain(kErrorDomain);
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[report::ToValidUtf8(key)] = report::ToValidUtf8(value);
  }
  google::rpc::Status details;
  details.set_code(code);
  details.set_message(report::ToValidUtf8(message));
  details.add_details()->PackFrom(info);
  return grpc::Status(code, details.message(), details.SerializeAsString());
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string_view message(status.message().data(), status.message().size());
  const std::optional<core::ErrorReason> reason = core::ReasonOf(status);
  if (!reason.has_value()) {
    return MakeStatus(grpc::StatusCode::INTERNAL, core::ToString(core::ErrorReason::kInternal),
                      message, {});
  }
  // The codes of Abseil and of gRPC are the same numbers.
  return MakeStatus(static_cast<grpc::StatusCode>(status.code()), core::ToString(*reason), message,
                    core::MetadataOf(status));
}

grpc::Status ServerBusyStatus(int32_t max_in_flight) {
  const std::string count = std::to_string(max_in_flight);
  return MakeStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, "SERVER_BUSY",
                    "the server works on " + count +
                        " calls already, as many as it accepts; try again a little later",
                    {{"max_in_flight", count}});
}

}  // namespace crossfoot::server
