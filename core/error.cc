#include "core/error.h"

#include <array>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/string_view.h"

namespace crossfoot::core {
namespace {

struct Entry {
  ErrorReason reason;
  std::string_view name;
  absl::StatusCode code;
};

constexpr std::array<Entry, 30> kEntries = {{
    {ErrorReason::kDocumentEmpty, "DOCUMENT_EMPTY", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kDocumentTooLarge, "DOCUMENT_TOO_LARGE", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kEncodingInvalid, "ENCODING_INVALID", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kBinaryContent, "BINARY_CONTENT", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kNestingTooDeep, "NESTING_TOO_DEEP", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kArgumentInvalid, "ARGUMENT_INVALID", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kFileNotFound, "FILE_NOT_FOUND", absl::StatusCode::kNotFound},
    {ErrorReason::kFileUnreadable, "FILE_UNREADABLE", absl::StatusCode::kFailedPrecondition},
    {ErrorReason::kDataInvalid, "DATA_INVALID", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kCancelled, "CANCELLED", absl::StatusCode::kCancelled},
    {ErrorReason::kRuleNotFound, "RULE_NOT_FOUND", absl::StatusCode::kNotFound},
    {ErrorReason::kServerBusy, "SERVER_BUSY", absl::StatusCode::kResourceExhausted},
    {ErrorReason::kDeadlineExceeded, "DEADLINE_EXCEEDED", absl::StatusCode::kDeadlineExceeded},
    {ErrorReason::kTooManyFigures, "TOO_MANY_FIGURES", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kDocumentNotFound, "DOCUMENT_NOT_FOUND", absl::StatusCode::kNotFound},
    {ErrorReason::kDocumentExists, "DOCUMENT_EXISTS", absl::StatusCode::kAlreadyExists},
    {ErrorReason::kRequestIdReused, "REQUEST_ID_REUSED", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kStoreUnavailable, "STORE_UNAVAILABLE", absl::StatusCode::kUnavailable},
    {ErrorReason::kStoreFull, "STORE_FULL", absl::StatusCode::kResourceExhausted},
    {ErrorReason::kCredentialsMissing, "CREDENTIALS_MISSING", absl::StatusCode::kUnauthenticated},
    {ErrorReason::kCredentialsInvalid, "CREDENTIALS_INVALID", absl::StatusCode::kUnauthenticated},
    {ErrorReason::kPermissionDenied, "PERMISSION_DENIED", absl::StatusCode::kPermissionDenied},
    {ErrorReason::kQuotaExceeded, "QUOTA_EXCEEDED", absl::StatusCode::kResourceExhausted},
    {ErrorReason::kStreamStalled, "STREAM_STALLED", absl::StatusCode::kAborted},
    {ErrorReason::kMethodNotFound, "METHOD_NOT_FOUND", absl::StatusCode::kNotFound},
    {ErrorReason::kDocumentEncrypted, "DOCUMENT_ENCRYPTED", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kDocumentDamaged, "DOCUMENT_DAMAGED", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kFormatUnsupported, "FORMAT_UNSUPPORTED", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kTextLayerMissing, "TEXT_LAYER_MISSING", absl::StatusCode::kInvalidArgument},
    {ErrorReason::kInternal, "INTERNAL", absl::StatusCode::kInternal},
}};

// Payloads of a status: the reason's name under one key, each metadata value under a key of its
// own.
constexpr absl::string_view kReasonUrl = "crossfoot.dev/error-reason";
constexpr absl::string_view kMetadataUrlPrefix = "crossfoot.dev/error-metadata/";

// A reason from outside the list is a defect of ours.
const Entry& EntryOf(ErrorReason reason) {
  for (const Entry& entry : kEntries) {
    if (entry.reason == reason) return entry;
  }
  return kEntries.back();
}

}  // namespace

std::string_view ToString(ErrorReason reason) { return EntryOf(reason).name; }

std::optional<ErrorReason> ParseErrorReason(std::string_view name) {
  for (const Entry& entry : kEntries) {
    if (entry.name == name) return entry.reason;
  }
  return std::nullopt;
}

absl::Status MakeError(ErrorReason reason, std::string_view message,
                       const std::map<std::string, std::string>& metadata) {
  const Entry& entry = EntryOf(reason);
  absl::Status status(entry.code, ToAbsl(message));
  status.SetPayload(kReasonUrl, absl::Cord(ToAbsl(entry.name)));
  for (const auto& [key, value] : metadata) {
    status.SetPayload(absl::StrCat(kMetadataUrlPrefix, key), absl::Cord(value));
  }
  return status;
}

std::optional<ErrorReason> ReasonOf(const absl::Status& status) {
  const absl::optional<absl::Cord> name = status.GetPayload(kReasonUrl);
  if (!name.has_value()) return std::nullopt;
  for (const Entry& entry : kEntries) {
    if (*name == ToAbsl(entry.name)) return entry.reason;
  }
  return std::nullopt;
}

std::map<std::string, std::string> MetadataOf(const absl::Status& status) {
  std::map<std::string, std::string> metadata;
  status.ForEachPayload([&metadata](absl::string_view url, const absl::Cord& value) {
    if (absl::ConsumePrefix(&url, kMetadataUrlPrefix)) {
      metadata.emplace(std::string(url), std::string(value));
    }
  });
  return metadata;
}

}  // namespace crossfoot::core
