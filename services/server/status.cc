#include "services/server/status.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "core/error.h"
#include "google/rpc/error_details.pb.h"
#include "services/report/utf8.h"

namespace crossfoot::server {
namespace {

// How long a caller should wait at least whom the server has no room for, or no store.
constexpr int64_t kRetryMilliseconds = 100;

using core::ErrorReason;
using Metadata = std::map<std::string, std::string>;

void AddRetry(int64_t milliseconds, google::rpc::Status* details) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(milliseconds % 1000) * 1'000'000);
  details->add_details()->PackFrom(retry);
}

// Adds what AIP-193 asks for beside the reason, where it applies.
void AddDetails(ErrorReason reason, const Metadata& metadata, google::rpc::Status* details) {
  const auto value = [&](const std::string& key) {
    const auto at = metadata.find(key);
    return at == metadata.end() ? std::string() : report::ToValidUtf8(at->second);
  };
  switch (reason) {
    case ErrorReason::kArgumentInvalid:
    case ErrorReason::kRequestIdReused: {
      google::rpc::BadRequest bad_request;
      google::rpc::BadRequest::FieldViolation* violation = bad_request.add_field_violations();
      violation->set_field(value("field"));
      violation->set_description(details->message());
      details->add_details()->PackFrom(bad_request);
      break;
    }
    case ErrorReason::kRuleNotFound:
    case ErrorReason::kDocumentNotFound:
    case ErrorReason::kDocumentExists: {
      google::rpc::ResourceInfo resource;
      resource.set_resource_type(reason == ErrorReason::kRuleNotFound ? "crossfoot.dev/Rule"
                                                                      : "crossfoot.dev/Document");
      resource.set_resource_name(value("name"));
      resource.set_description(details->message());
      details->add_details()->PackFrom(resource);
      break;
    }
    case ErrorReason::kServerBusy:
    case ErrorReason::kStoreUnavailable:
      AddRetry(kRetryMilliseconds, details);
      break;
    case ErrorReason::kQuotaExceeded: {
      google::rpc::QuotaFailure failure;
      google::rpc::QuotaFailure::Violation* violation = failure.add_violations();
      violation->set_subject("clients/" + value("client"));
      violation->set_description(details->message());
      details->add_details()->PackFrom(failure);
      int64_t milliseconds = 0;
      if (absl::SimpleAtoi(value("retry_after_ms"), &milliseconds)) AddRetry(milliseconds, details);
      break;
    }
    default:
      break;
  }
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  const std::string_view message(status.message().data(), status.message().size());
  const std::optional<ErrorReason> known = core::ReasonOf(status);
  // The codes of Abseil and of google.rpc are the same numbers.
  google::rpc::Status details;
  details.set_code(static_cast<int32_t>(known ? status.code() : absl::StatusCode::kInternal));
  details.set_message(report::ToValidUtf8(message));
  const ErrorReason reason = known.value_or(ErrorReason::kInternal);
  const Metadata metadata = core::MetadataOf(status);
  google::rpc::ErrorInfo info;
  const std::string_view name = core::ToString(reason);
  info.set_reason(name.data(), name.size());
  info.set_domain(kErrorDomain);
  for (const auto& [key, value] : metadata)
    (*info.mutable_metadata())[report::ToValidUtf8(key)] = report::ToValidUtf8(value);
  details.add_details()->PackFrom(info);
  AddDetails(reason, metadata, &details);
  return details;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status details = ToRpcStatus(status);
  return grpc::Status(static_cast<grpc::StatusCode>(details.code()), details.message(),
                      details.SerializeAsString());
}

}  // namespace crossfoot::server
