#ifndef CROSSFOOT_CORE_ERROR_H_
#define CROSSFOOT_CORE_ERROR_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace crossfoot::core {

// Why a request could not be answered: the closed list, the same as crossfoot.v1.ErrorReason.  A
// report that contradicts itself is a result and never one of these.
enum class ErrorReason {
  kDocumentEmpty,       // no byte, or nothing but white space             INVALID_ARGUMENT
  kDocumentTooLarge,    // above max_document_bytes                         INVALID_ARGUMENT
  kEncodingInvalid,     // in no encoding that is read; "offset"            INVALID_ARGUMENT
  kBinaryContent,       // a NUL byte; metadata "offset"                    INVALID_ARGUMENT
  kNestingTooDeep,      // HTML nested above 512 elements; "offset"         INVALID_ARGUMENT
  kArgumentInvalid,     // a request field or option; metadata "field"      INVALID_ARGUMENT
  kFileNotFound,        // NOT_FOUND
  kFileUnreadable,      // a directory, a permission, an I/O error          FAILED_PRECONDITION
  kDataInvalid,         // a lexicon, taxonomy or rule file; "file", "line" INVALID_ARGUMENT
  kCancelled,           // the caller went away                             CANCELLED
  kInternal,            // a defect of ours                                 INTERNAL
  kRuleNotFound,        // no rule has the name; metadata "name"            NOT_FOUND
  kServerBusy,          // as many calls or bytes as accepted; "limit"      RESOURCE_EXHAUSTED
  kDeadlineExceeded,    // the deadline of the call passed                  DEADLINE_EXCEEDED
  kTooManyFigures,      // above max_figures; metadata "max_figures"        INVALID_ARGUMENT
  kDocumentNotFound,    // no stored document has the name; "name"          NOT_FOUND
  kDocumentExists,      // a stored document has the name; "name"           ALREADY_EXISTS
  kRequestIdReused,     // request_id stored another document; "field"      INVALID_ARGUMENT
  kStoreUnavailable,    // the store cannot be read or written              UNAVAILABLE
  kStoreFull,           // the disk or the store's limit is full            RESOURCE_EXHAUSTED
  kCredentialsMissing,  // no token                                       UNAUTHENTICATED
  kCredentialsInvalid,  // a token that is malformed, unknown or expired  UNAUTHENTICATED
  kPermissionDenied,    // the token lacks a role; metadata "role"        PERMISSION_DENIED
  kQuotaExceeded,       // the client's quota is used up; "quota"         RESOURCE_EXHAUSTED
  kStreamStalled,       // the caller neither takes nor sends; "timeout"  ABORTED
  kMethodNotFound,      // HTTP: no method has the path; "path"           NOT_FOUND
  kDocumentEncrypted,   // protected by a password                        INVALID_ARGUMENT
  kDocumentDamaged,     // a PDF, DOCX or XLSX that is damaged or hostile INVALID_ARGUMENT
  kFormatUnsupported,   // a format that is not read; "format"            INVALID_ARGUMENT
  kTextLayerMissing,    // a PDF of pictures                              INVALID_ARGUMENT
};

// "DOCUMENT_EMPTY", …: what goes on the wire and into JSON.
std::string_view ToString(ErrorReason reason);

// The reason of that name; nullopt for a name that is not in the list.
std::optional<ErrorReason> ParseErrorReason(std::string_view name);

// A status of the reason's code with the reason and `metadata` attached.  `message` is for people:
// it says what is wrong, where, and what to do.
absl::Status MakeError(ErrorReason reason, std::string_view message,
                       const std::map<std::string, std::string>& metadata = {});

// What `MakeError` attached; nullopt for a status of another origin.
std::optional<ErrorReason> ReasonOf(const absl::Status& status);
std::map<std::string, std::string> MetadataOf(const absl::Status& status);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_ERROR_H_
