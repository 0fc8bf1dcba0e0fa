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

// How long a caller who was refused should wait at least.
constexpr int32_t kRetryMilliseconds = 100;

using Metadata = std::map<std::string, std::string>;

google::rpc::Status MakeDetails(grpc::StatusCode code, std::string_view reason,
                                std::string_view message, const Metadata& metadata) {
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
  return details;
}

grpc::Status Pack(const google::rpc::Status& details) {
  return grpc::Status(static_cast<grpc::StatusCode>(details.code()), details.message(),
                      details.SerializeAsString());
}

// Adds what AIP-193 asks for beside the reason, where it applies.
void AddDetails(core::ErrorReason reason, const Metadata& metadata, google::rpc::Status* details) {
  const auto value = [&](const std::string& key) {
    const auto at = metadata.find(key);
    return at == metadata.end() ? std::string() : report::ToValidUtf8(at->second);
  };
  if (reason == core::ErrorReason::kArgumentInvalid) {
    google::rpc::BadRequest bad_request;
    google::rpc::BadRequest::FieldViolation* violation = bad_request.add_field_violations();
    violation->set_field(value("field"));
    violation->set_description(details->message());
    details->add_details()->PackFrom(bad_request);
  }
  if (reason == core::ErrorReason::kRuleNotFound) {
    google::rpc::ResourceInfo resource;
    resource.set_resource_type("crossfoot.dev/Rule");
    resource.set_resource_name(value("name"));
    resource.set_description(details->message());
    details->add_details()->PackFrom(resource);
  }
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string_view message(status.message().data(), status.message().size());
  const std::optional<core::ErrorReason> reason = core::ReasonOf(status);
  if (!reason.has_value()) {
    return Pack(MakeDetails(grpc::StatusCode::INTERNAL,
                            core::ToString(core::ErrorReason::kInternal), message, {}));
  }
  const Metadata metadata = core::MetadataOf(status);
  // The codes of Abseil and of gRPC are the same numbers.
  google::rpc::Status details = MakeDetails(static_cast<grpc::StatusCode>(status.code()),
                                            core::ToString(*reason), message, metadata);
  AddDetails(*reason, metadata, &details);
  return Pack(details);
}

grpc::Status ServerBusyStatus(int32_t max_in_flight) {
  const std::string count = std::to_string(max_in_flight);
  google::rpc::Status details =
      MakeDetails(grpc::StatusCode::RESOURCE_EXHAUSTED, "SERVER_BUSY",
                  "the server works on " + count +
                      " calls already, as many as it accepts; try again a little later",
                  {{"max_in_flight", count}});
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_nanos(kRetryMilliseconds * 1'000'000);
  details.add_details()->PackFrom(retry);
  return Pack(details);
}

}  // namespace crossfoot::server
