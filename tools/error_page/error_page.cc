#include "tools/error_page/error_page.h"

#include <google/protobuf/descriptor.pb.h>

#include <array>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::error_page {
namespace {

using core::ErrorReason;
using core::MakeError;
using core::ToAbsl;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::SourceCodeInfo;

constexpr char kFile[] = "crossfoot/v1/error_reason.proto";
constexpr char kPrefix[] = "ERROR_REASON_";

// Every code of a status that is an error.
constexpr std::array<absl::StatusCode, 16> kCodes = {
    absl::StatusCode::kCancelled,         absl::StatusCode::kUnknown,
    absl::StatusCode::kInvalidArgument,   absl::StatusCode::kDeadlineExceeded,
    absl::StatusCode::kNotFound,          absl::StatusCode::kAlreadyExists,
    absl::StatusCode::kPermissionDenied,  absl::StatusCode::kUnauthenticated,
    absl::StatusCode::kResourceExhausted, absl::StatusCode::kFailedPrecondition,
    absl::StatusCode::kAborted,           absl::StatusCode::kOutOfRange,
    absl::StatusCode::kUnimplemented,     absl::StatusCode::kInternal,
    absl::StatusCode::kUnavailable,       absl::StatusCode::kDataLoss,
};

// Splits `text` at the first ". " or ".  "; the first part keeps its full stop.
std::pair<absl::string_view, absl::string_view> FirstSentence(absl::string_view text) {
  const std::size_t end = text.find(". ");
  if (end == absl::string_view::npos) return {text, absl::string_view()};
  return {text.substr(0, end + 1), absl::StripLeadingAsciiWhitespace(text.substr(end + 1))};
}

absl::Status Malformed(const Reason& reason, std::string_view problem) {
  return MakeError(ErrorReason::kDataInvalid, absl::StrCat(kFile, ": ", kPrefix, reason.name,
                                                           ": the comment ", ToAbsl(problem)));
}

// Reads a sentence "CODE with Details; metadata …." into `reason`; false when it begins with no
// code.
bool ReadCode(absl::string_view sentence, Reason& reason) {
  for (const absl::StatusCode code : kCodes) {
    absl::string_view rest = sentence;
    const std::string name = absl::StatusCodeToString(code);
    if (!absl::ConsumePrefix(&rest, name) || rest.empty() || (rest[0] != ';' && rest[0] != ' ')) {
      continue;
    }
    reason.code = code;
    reason.code_name = name;
    const std::pair<absl::string_view, absl::string_view> halves =
        absl::StrSplit(rest, absl::MaxSplits("; ", 1));
    absl::string_view details = halves.first;
    absl::ConsumePrefix(&details, " with ");
    reason.details = std::string(details);
    absl::string_view metadata = halves.second;
    absl::ConsumeSuffix(&metadata, ".");
    reason.metadata = metadata == "no metadata" ? "" : std::string(metadata);
    return true;
  }
  return false;
}

absl::Status ReadComment(absl::string_view comment, Reason& reason) {
  std::vector<std::string> lines = absl::StrSplit(comment, '\n', absl::SkipWhitespace());
  std::string joined;
  for (const std::string& line : lines) {
    absl::StrAppend(&joined, joined.empty() ? "" : " ",
                    ToAbsl(std::string(absl::StripAsciiWhitespace(line))));
  }
  absl::string_view rest = joined;
  std::vector<absl::string_view> meaning;
  while (!rest.empty() && reason.code_name.empty()) {
    const auto [sentence, others] = FirstSentence(rest);
    if (!ReadCode(sentence, reason)) meaning.push_back(sentence);
    rest = others;
  }
  if (reason.code_name.empty()) return Malformed(reason, "names no status code");
  if (meaning.empty()) return Malformed(reason, "does not say what the reason means");
  if (reason.metadata.empty() && joined.find("; no metadata.") == std::string::npos) {
    return Malformed(reason, "does not say which metadata there is, or that there is none");
  }
  if (!reason.metadata.empty() && !absl::StartsWith(reason.metadata, "metadata ")) {
    return Malformed(reason, "has no \"metadata\" behind the status code");
  }
  if (!rest.empty() && !absl::StartsWith(rest, "Retry ")) {
    return Malformed(reason, "goes on behind the status code with something else than \"Retry\"");
  }
  for (const absl::string_view sentence : meaning) {
    absl::StrAppend(&reason.meaning, reason.meaning.empty() ? "" : " ", sentence);
  }
  reason.retry = std::string(rest);
  return absl::OkStatus();
}

const FileDescriptorProto* FindFile(const FileDescriptorSet& files) {
  for (const FileDescriptorProto& file : files.file()) {
    if (file.name() == kFile) return &file;
  }
  return nullptr;
}

// The comments before the values of the first enum, by the values' index.
std::map<int, std::string> Comments(const FileDescriptorProto& file) {
  std::map<int, std::string> comments;
  for (const SourceCodeInfo::Location& location : file.source_code_info().location()) {
    if (location.path_size() == 4 &&
        location.path(0) == FileDescriptorProto::kEnumTypeFieldNumber && location.path(1) == 0 &&
        location.path(2) == EnumDescriptorProto::kValueFieldNumber) {
      comments[location.path(3)] = location.leading_comments();
    }
  }
  return comments;
}

}  // namespace

absl::StatusOr<std::vector<Reason>> ReadReasons(std::string_view descriptor_set) {
  FileDescriptorSet files;
  if (!files.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()))) {
    return MakeError(ErrorReason::kDataInvalid, "not a google.protobuf.FileDescriptorSet");
  }
  const FileDescriptorProto* file = FindFile(files);
  if (file == nullptr || file->enum_type_size() != 1) {
    return MakeError(ErrorReason::kDataInvalid,
                     absl::StrCat("the set has no ", kFile, " with one enum"));
  }
  const std::map<int, std::string> comments = Comments(*file);
  std::vector<Reason> reasons;
  for (int i = 1; i < file->enum_type(0).value_size(); ++i) {  // 0 is the unspecified one
    Reason reason;
    absl::string_view name = file->enum_type(0).value(i).name();
    absl::ConsumePrefix(&name, kPrefix);
    reason.name = std::string(name);
    const auto comment = comments.find(i);
    const absl::Status read = ReadComment(comment == comments.end() ? "" : comment->second, reason);
    if (!read.ok()) return read;
    reasons.push_back(std::move(reason));
  }
  return reasons;
}

std::string WritePage(const std::vector<Reason>& reasons) {
  std::string page = R"(# Errors

Made by `make docs` from `proto/crossfoot/v1/error_reason.proto`; edit the comments there, not this page.

A status that is an error carries a `google.rpc.ErrorInfo`: its `domain` is "crossfoot.dev", its `reason` one of those
below, and its `metadata` has the keys named here. Other messages of `google.rpc` stand beside it where they are named. A
report that contradicts itself is no error but a result with findings.

A call is worth a retry only where this page says so. Statuses without details come from gRPC itself: UNAVAILABLE while
the server starts or stops (retry with back-off), RESOURCE_EXHAUSTED for a message far above the document limit.
)";
  for (const Reason& reason : reasons) {
    absl::StrAppend(&page, "\n## ", reason.name, "\n\n", reason.meaning, "\n\n");
    absl::StrAppend(&page, "* Status: ", reason.code_name, "\n");
    if (!reason.details.empty()) absl::StrAppend(&page, "* Details: ", reason.details, "\n");
    if (!reason.metadata.empty()) {
      absl::StrAppend(&page, "* Metadata: ", reason.metadata.substr(sizeof("metadata")), "\n");
    }
    absl::StrAppend(&page,
                    "* Retry: ", reason.retry.empty() ? "no" : reason.retry.substr(sizeof("Retry")),
                    "\n");
  }
  return page;
}

}  // namespace crossfoot::error_page
