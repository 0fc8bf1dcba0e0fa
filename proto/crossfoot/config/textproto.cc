#include "proto/crossfoot/config/textproto.h"

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/tokenizer.h"

namespace crossfoot::config {
namespace {

// Keeps the first error.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (!message_.empty()) return;
    line_ = line + 1;
    column_ = column + 1;
    message_ = message;
  }
  int line() const { return line_; }
  int column() const { return column_; }
  const std::string& message() const { return message_; }

 private:
  int line_ = 0;
  int column_ = 0;
  std::string message_;
};

}  // namespace

int Locations::LineOf(const google::protobuf::Message& message, const char* field,
                      int index) const {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return descriptor == nullptr ? 0 : tree_.GetLocation(descriptor, index).line + 1;
}

std::string Locations::PlaceOf(const google::protobuf::Message& message, const char* field,
                               int index, const std::vector<std::string>& path) const {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  if (descriptor == nullptr) return "0:0";
  google::protobuf::TextFormat::ParseLocation place = tree_.GetLocation(descriptor, index);
  const google::protobuf::TextFormat::ParseInfoTree* tree =
      tree_.GetTreeForNested(descriptor, index);
  for (const std::string& name : path) {
    if (tree == nullptr || descriptor->message_type() == nullptr) break;
    descriptor = descriptor->message_type()->FindFieldByName(name);
    if (descriptor == nullptr) break;
    // The first one where there are several.
    const int element = descriptor->is_repeated() ? 0 : -1;
    const google::protobuf::TextFormat::ParseLocation inner =
        tree->GetLocation(descriptor, element);
    if (inner.line < 0) break;
    place = inner;
    if (descriptor->message_type() == nullptr) break;
    tree = tree->GetTreeForNested(descriptor, element);
  }
  return absl::StrCat(place.line + 1, ":", place.column + 1);
}

absl::Status Parse(const std::string& path, const std::string& text,
                   google::protobuf::Message* message, Locations* locations) {
  google::protobuf::TextFormat::Parser parser;
  FirstError error;
  parser.RecordErrorsTo(&error);
  parser.WriteLocationsTo(locations->tree());
  if (parser.ParseFromString(text, message)) return absl::OkStatus();
  return core::MakeError(
      core::ErrorReason::kDataInvalid,
      absl::StrCat(path, ":", error.line(), ":", error.column(), ": ", error.message()),
      {{"file", path}, {"line", absl::StrCat(error.line())}});
}

}  // namespace crossfoot::config
