#include "services/report/json_writer.h"

#include "core/error.h"
#include "google/protobuf/util/json_util.h"

namespace crossfoot::report {
namespace {

using google::protobuf::util::JsonPrintOptions;

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message,
                                   const JsonPrintOptions& options) {
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
  return ToJson(message, {});
}

absl::StatusOr<std::string> ToPrettyJson(const google::protobuf::Message& message) {
  JsonPrintOptions options;
  options.add_whitespace = true;
  return ToJson(message, options);
}

absl::StatusOr<std::string> ToFullJson(const google::protobuf::Message& message) {
  JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  return ToJson(message, options);
}

}  // namespace crossfoot::report
