#ifndef CROSSFOOT_SERVICES_METHOD_READING_H_
#define CROSSFOOT_SERVICES_METHOD_READING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "crossfoot/v1/document.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "services/method/call.h"
#include "services/report/language.h"
#include "services/report/response.h"

// What the parts of requests mean that several methods share.  Mistakes are kArgumentInvalid with
// metadata "field".

namespace crossfoot::method {

// Longest `Document.uri`, in bytes.  It stands in error messages, and gRPC carries those in headers
// of limited size.
inline constexpr int32_t kMaxUriBytes = 2048;

// Most documents of a set, and most earlier ones; all of it must fit into a message anyway.
inline constexpr int32_t kMaxDocuments = 256;

// "documents/", before the id of a stored document.
inline constexpr std::string_view kDocuments = "documents/";

absl::StatusOr<report::Language> ParseLanguage(v1::Language language, const std::string& field);

// How a document is read, without the reports that it is held against.
absl::StatusOr<validation::PipelineOptions> ParseReading(const Call& call,
                                                         const v1::ReadingOptions& options);
// What is answered.
absl::StatusOr<report::ResponseOptions> ParseResponse(const Call& call,
                                                      const v1::ReadingOptions& options);

// What to read: bytes, what they are called, and how.
struct Source {
  std::string uri;
  std::string bytes;
  validation::PipelineOptions options;
};

// The document that `field` of a request gives by its `content`, `text` or `name`.  A stored one is
// read as it was when it was stored, but for what `options` say.  kDocumentNotFound,
// kPermissionDenied, and the errors of the store.
absl::StatusOr<Source> ReadSource(const Call& call, const v1::Document& document,
                                  const std::string& field, const v1::ReadingOptions& options);

// The figures of such a document.  Stored ones are kept for the next call.
absl::StatusOr<ReportCache::Report> ReadReport(const Call& call, const v1::Document& document,
                                               const std::string& field,
                                               const v1::ReadingOptions& options);

// Whether the caller may read stored documents.
absl::Status AuthorizeReading(const Call& call);

// The id in "documents/ID"; `field` is what errors name.
absl::StatusOr<std::string> ParseDocumentName(const std::string& name, const std::string& field);

// `status` with the metadata "document": which of several it is of.
absl::Status OfDocument(const absl::Status& status, const v1::Document& document);

// Whether `mask` names fields of `descriptor` alone.
absl::Status CheckReadMask(const google::protobuf::FieldMask& mask,
                           const google::protobuf::Descriptor& descriptor);
// Clears what `mask` does not name; an empty one names all.
void ApplyReadMask(const google::protobuf::FieldMask& mask, google::protobuf::Message* message);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_READING_H_
