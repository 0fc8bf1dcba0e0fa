#include "services/report/json_writer.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/zero_copy_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver.h"
#include "google/protobuf/util/type_resolver_util.h"

namespace crossfoot::report {
namespace {

using google::protobuf::util::JsonPrintOptions;

constexpr char kTypeUrls[] = "type.googleapis.com";

// The bytes of a message; there are no more of them when the work is given up.
class Input final : public google::protobuf::io::ZeroCopyInputStream {
 public:
  // `bytes` must outlive it.
  Input(const std::string& bytes, const core::Cancellation* cancellation)
      : array_(bytes.data(), static_cast<int>(bytes.size()), kStepBytes),
        cancellation_(cancellation) {}

  bool Next(const void** data, int* size) override {
    return !core::Stopped(cancellation_) && array_.Next(data, size);
  }
  void BackUp(int count) override { array_.BackUp(count); }
  bool Skip(int count) override { return array_.Skip(count); }
  int64_t ByteCount() const override { return array_.ByteCount(); }

 private:
  static constexpr int kStepBytes = 16 << 10;  // less than a millisecond's work

  google::protobuf::io::ArrayInputStream array_;
  const core::Cancellation* cancellation_;
};

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message,
                                   const JsonPrintOptions& options,
                                   const core::Cancellation* cancellation = nullptr) {
  static google::protobuf::util::TypeResolver* const resolver =
      google::protobuf::util::NewTypeResolverForDescriptorPool(
          kTypeUrls, google::protobuf::DescriptorPool::generated_pool());
  const std::string bytes = message.SerializeAsString();
  Input input(bytes, cancellation);
  std::string json;
  google::protobuf::io::StringOutputStream output(&json);
  const auto status = google::protobuf::util::BinaryToJsonStream(
      resolver, absl::StrCat(kTypeUrls, "/", message.GetTypeName()), &input, &output, options);
  if (core::Stopped(cancellation)) return cancellation->status();
  if (!status.ok()) {
    return core::MakeError(core::ErrorReason::kInternal,
                           "cannot write " + message.GetTypeName() + " as JSON: " +
                               std::string(status.message().data(), status.message().size()));
  }
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace

absl::StatusOr<std::string> ToJsonLine(const google::protobuf::Message& message,
                                       const core::Cancellation* cancellation) {
  return ToJson(message, {}, cancellation);
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
