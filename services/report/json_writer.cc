#include "services/report/json_writer.h"

#include "core/error.h"
#include "google/protobuf/util/json_util.h"

namespace crossfoot::report {
namespace {

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    return core::MakeError(core::ErrorReason::kInternal,
                           "cannot write " + message.GetTypeName() + " as JSON: " +
                               std::string(status.message().data(), status.message().size()));
  }
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace

absl::StatusOr<std::string> ToJsonLine(const google::protobuf::Message& message) {
  return ToJson(message, /*pretty=*/false);
}

absl::StatusOr<std::string> ToPrettyJson(const google::protobuf::Message& message) {
  return ToJson(message, /*pretty=*/true);
}

}  // namespace crossfoot::report
