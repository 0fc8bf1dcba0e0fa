#include "services/method/reading.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "google/protobuf/util/field_mask_util.h"
#include "services/access/client.h"
#include "services/method/field_error.h"
#include "services/report/civil_day.h"

namespace crossfoot::method {
namespace {

using google::protobuf::util::FieldMaskUtil;
using validation::PipelineOptions;

// The id of a stored document that the caller may read.
absl::StatusOr<std::string> ReadableId(const Call& call, const v1::Document& document,
                                       const std::string& field) {
  const absl::Status allowed = AuthorizeReading(call);
  if (!allowed.ok()) return allowed;
  return ParseDocumentName(document.name(), field + ".name");
}

// What was stored with a document, and where `asked` says otherwise that.
v1::ReadingOptions Merged(const store::StoredDocument& stored, const v1::ReadingOptions& asked) {
  v1::ReadingOptions options;
  options.ParseFromString(stored.reading_options);
  options.MergeFrom(asked);
  return options;
}

absl::Status CheckUri(const v1::Document& document, const std::string& field) {
  if (document.uri().size() <= kMaxUriBytes) return absl::OkStatus();
  return FieldError(field + ".uri", absl::StrCat("longer than ", kMaxUriBytes, " bytes"));
}

}  // namespace

absl::StatusOr<report::Language> ParseLanguage(v1::Language language, const std::string& field) {
  switch (language) {
    case v1::LANGUAGE_UNSPECIFIED:
    case v1::LANGUAGE_ZH:
      return report::Language::kChinese;
    case v1::LANGUAGE_EN:
      return report::Language::kEnglish;
    default:
      return FieldError(field, "not a language of this version");
  }
}

absl::StatusOr<PipelineOptions> ParseReading(const Call& call, const v1::ReadingOptions& options) {
  PipelineOptions parsed;
  parsed.max_document_bytes = call.max_document_bytes;
  parsed.max_figures = call.max_figures;
  parsed.cancellation = call.cancellation;
  if (!options.reference_date().empty()) {
    parsed.reference_date = report::ParseCivilDay(options.reference_date());
    if (!parsed.reference_date.has_value())
      return FieldError("options.reference_date", "not a day written as YYYY-MM-DD");
  }
  if (options.home_area().size() > PipelineOptions::kMaxHomeAreaBytes)
    return FieldError("options.home_area", "longer than 60 bytes");
  parsed.home_area = options.home_area();
  return parsed;
}

absl::StatusOr<report::ResponseOptions> ParseResponse(const Call& call,
                                                      const v1::ReadingOptions& options) {
  const absl::StatusOr<report::Language> language =
      ParseLanguage(options.language(), "options.language");
  if (!language.ok()) return language.status();
  if (!v1::View_IsValid(options.view()))
    return FieldError("options.view", "not a view of this version");
  return report::ResponseOptions{.language = *language,
                                 .view = options.view(),
                                 .explain = options.explain(),
                                 .cancellation = call.cancellation};
}

absl::StatusOr<Source> ReadSource(const Call& call, const v1::Document& document,
                                  const std::string& field, const v1::ReadingOptions& options) {
  absl::Status uri = CheckUri(document, field);
  if (!uri.ok()) return uri;
  const bool named = !document.name().empty();
  Source source;
  source.uri = document.uri();
  v1::ReadingOptions reading = options;
  switch (document.source_case()) {
    case v1::Document::kContent:
      source.bytes = document.content();
      break;
    case v1::Document::kText:
      source.bytes = document.text();
      break;
    case v1::Document::SOURCE_NOT_SET: {
      if (!named) return FieldError(field, "there is no document; set its content, text or name");
      const absl::StatusOr<std::string> id = ReadableId(call, document, field);
      if (!id.ok()) return id.status();
      absl::StatusOr<store::StoredDocument> stored = call.store.Get(*id, /*with_content=*/true);
      if (!stored.ok()) return stored.status();
      if (source.uri.empty()) source.uri = stored->uri;
      source.bytes = std::move(stored->content);
      reading = Merged(*stored, options);
      break;
    }
  }
  if (named && document.source_case() != v1::Document::SOURCE_NOT_SET)
    return FieldError(field, "set one of content, text and name alone");
  absl::StatusOr<PipelineOptions> parsed = ParseReading(call, reading);
  if (!parsed.ok()) return parsed.status();
  source.options = *std::move(parsed);
  return source;
}

absl::StatusOr<ReportCache::Report> ReadReport(const Call& call, const v1::Document& document,
                                               const std::string& field,
                                               const v1::ReadingOptions& options) {
  std::string key;
  if (!document.name().empty() && document.source_case() == v1::Document::SOURCE_NOT_SET) {
    const absl::StatusOr<std::string> id = ReadableId(call, document, field);
    if (!id.ok()) return id.status();
    const absl::StatusOr<store::StoredDocument> stored =
        call.store.Get(*id, /*with_content=*/false);
    if (!stored.ok()) return stored.status();
    const v1::ReadingOptions reading = Merged(*stored, options);
    const std::string& uri = document.uri().empty() ? stored->uri : document.uri();
    // All that the reading depends on.
    key = absl::StrCat(stored->sha256, "|", reading.reference_date(), "|", reading.home_area(), "|",
                       uri);
    if (ReportCache::Report report = call.reports.Find(key); report != nullptr) return report;
  }
  absl::StatusOr<Source> source = ReadSource(call, document, field, options);
  if (!source.ok()) return source.status();
  absl::StatusOr<validation::Validation> read = call.pipeline.ExtractFigures(
      std::move(source->uri), std::move(source->bytes), source->options);
  if (!read.ok()) return read.status();
  if (call.observe) call.observe(*read);
  auto report = std::make_shared<const validation::Validation>(*std::move(read));
  if (!key.empty()) call.reports.Insert(key, report);
  return ReportCache::Report(std::move(report));
}

absl::Status AuthorizeReading(const Call& call) {
  return call.client == nullptr ? absl::OkStatus()
                                : access::Authorize(*call.client, access::Role::kRead);
}

absl::StatusOr<std::string> ParseDocumentName(const std::string& name, const std::string& field) {
  const std::string_view id =
      std::string_view(name).substr(std::min(name.size(), kDocuments.size()));
  if (!std::string_view(name).starts_with(kDocuments) || id.empty() ||
      id.find('/') != std::string_view::npos || id.size() > 63) {
    return FieldError(field, "not the name of a document: \"documents/…\"");
  }
  return std::string(id);
}

absl::Status OfDocument(const absl::Status& status, const v1::Document& document) {
  std::map<std::string, std::string> metadata = core::MetadataOf(status);
  metadata["document"] = document.uri().empty() ? document.name() : document.uri();
  return core::MakeError(core::ReasonOf(status).value_or(core::ErrorReason::kInternal),
                         std::string(status.message().data(), status.message().size()), metadata);
}

absl::Status CheckReadMask(const google::protobuf::FieldMask& mask,
                           const google::protobuf::Descriptor& descriptor) {
  for (const std::string& path : mask.paths()) {
    if (path != "*" && !FieldMaskUtil::GetFieldDescriptors(&descriptor, path, nullptr))
      return FieldError("read_mask", "no field of the response is called \"" + path + "\"");
  }
  return absl::OkStatus();
}

void ApplyReadMask(const google::protobuf::FieldMask& mask, google::protobuf::Message* message) {
  for (const std::string& path : mask.paths()) {
    if (path == "*") return;
  }
  if (mask.paths_size() > 0) FieldMaskUtil::TrimMessage(mask, message);
}

}  // namespace crossfoot::method
