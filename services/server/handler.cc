#include "services/server/handler.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "crossfoot/v1/document.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "services/report/civil_day.h"
#include "services/report/language.h"
#include "services/report/response.h"
#include "services/server/field_error.h"

namespace crossfoot::server {
namespace {

using validation::Pipeline;
using validation::PipelineOptions;
using validation::Validation;

// What a request asks for.
struct Order {
  std::string uri;
  std::string bytes;
  PipelineOptions pipeline_options;
  report::ResponseOptions response_options;
};

// Reads `field` of a request into `uri` and `bytes`.
absl::Status ParseDocument(const v1::Document& document, const std::string& field, std::string* uri,
                           std::string* bytes) {
  if (document.uri().size() > kMaxUriBytes) {
    return FieldError(field + ".uri", "longer than " + std::to_string(kMaxUriBytes) + " bytes");
  }
  *uri = document.uri();
  switch (document.source_case()) {
    case v1::Document::kContent:
      *bytes = document.content();
      break;
    case v1::Document::kText:
      *bytes = document.text();
      break;
    case v1::Document::SOURCE_NOT_SET:
      return FieldError(field, "there is no document; set its content or its text");
  }
  return absl::OkStatus();
}

absl::Status ParseOptions(const v1::ReadingOptions& options, int64_t max_document_bytes,
                          Order& order) {
  order.pipeline_options.max_document_bytes = max_document_bytes;
  if (!options.reference_date().empty()) {
    order.pipeline_options.reference_date = report::ParseCivilDay(options.reference_date());
    if (!order.pipeline_options.reference_date.has_value()) {
      return FieldError("options.reference_date", "not a day written as YYYY-MM-DD");
    }
  }
  order.pipeline_options.home_area = options.home_area();
  if (options.home_area().size() > validation::PipelineOptions::kMaxHomeAreaBytes)
    return FieldError("options.home_area", "longer than 60 bytes");
  switch (options.language()) {
    case v1::LANGUAGE_UNSPECIFIED:
    case v1::LANGUAGE_ZH:
      order.response_options.language = report::Language::kChinese;
      break;
    case v1::LANGUAGE_EN:
      order.response_options.language = report::Language::kEnglish;
      break;
    default:
      return FieldError("options.language", "not a language of this version");
  }
  if (!v1::View_IsValid(options.view())) {
    return FieldError("options.view", "not a view of this version");
  }
  order.response_options.view = options.view();
  order.response_options.explain = options.explain();
  return absl::OkStatus();
}

template <typename Request>
absl::StatusOr<Order> ParseRequest(const Request& request, int64_t max_document_bytes) {
  Order order;
  absl::Status read = ParseDocument(request.document(), "document", &order.uri, &order.bytes);
  if (read.ok()) read = ParseOptions(request.options(), max_document_bytes, order);
  if (!read.ok()) return read;
  return order;
}

// `status` with the document that it is of.
absl::Status OfDocument(const absl::Status& status, const v1::Document& document) {
  std::map<std::string, std::string> metadata = core::MetadataOf(status);
  metadata["document"] = document.uri();
  return core::MakeError(core::ReasonOf(status).value_or(core::ErrorReason::kInternal),
                         std::string(status.message().data(), status.message().size()), metadata);
}

}  // namespace

absl::StatusOr<v1::ValidateDocumentResponse> ValidateDocument(
    const Pipeline& pipeline, int64_t max_document_bytes,
    const v1::ValidateDocumentRequest& request) {
  absl::StatusOr<Order> order = ParseRequest(request, max_document_bytes);
  if (!order.ok()) return order.status();
  if (request.earlier_documents_size() > kMaxDocuments) {
    return FieldError("earlier_documents",
                      "more than " + std::to_string(kMaxDocuments) + " documents");
  }
  std::vector<Validation> earlier;
  earlier.reserve(request.earlier_documents_size());
  for (const v1::Document& document : request.earlier_documents()) {
    std::string uri, bytes;
    absl::Status read = ParseDocument(document, "earlier_documents", &uri, &bytes);
    if (!read.ok()) return read;
    absl::StatusOr<Validation> report =
        pipeline.ExtractFigures(std::move(uri), std::move(bytes), order->pipeline_options);
    if (!report.ok()) return OfDocument(report.status(), document);
    earlier.push_back(*std::move(report));
  }
  for (const Validation& report : earlier) order->pipeline_options.earlier.push_back(&report);
  const absl::StatusOr<Validation> validation =
      pipeline.Validate(std::move(order->uri), std::move(order->bytes), order->pipeline_options);
  if (!validation.ok()) return validation.status();
  return report::ToValidateDocumentResponse(*validation, order->response_options);
}

absl::StatusOr<v1::ValidateDocumentSetResponse> ValidateDocumentSet(
    const Pipeline& pipeline, int64_t max_document_bytes,
    const v1::ValidateDocumentSetRequest& request) {
  Order order;
  if (absl::Status read = ParseOptions(request.options(), max_document_bytes, order); !read.ok())
    return read;
  if (request.documents().empty()) return FieldError("documents", "there is no document");
  if (request.documents_size() > kMaxDocuments) {
    return FieldError("documents", "more than " + std::to_string(kMaxDocuments) + " documents");
  }
  v1::ValidateDocumentSetResponse response;
  std::vector<Validation> validations;
  validations.reserve(request.documents_size());  // the options point to them
  for (const v1::Document& document : request.documents()) {
    absl::Status read = ParseDocument(document, "documents", &order.uri, &order.bytes);
    if (!read.ok()) return read;
    absl::StatusOr<Validation> validation =
        pipeline.Validate(order.uri, std::move(order.bytes), order.pipeline_options);
    if (!validation.ok()) return OfDocument(validation.status(), document);
    *response.add_responses() =
        report::ToValidateDocumentResponse(*validation, order.response_options);
    validations.push_back(*std::move(validation));
    std::vector<const Validation*>& earlier = order.pipeline_options.earlier;
    earlier.insert(earlier.begin(), &validations.back());
  }
  return response;
}

absl::StatusOr<v1::ExtractFiguresResponse> ExtractFigures(
    const Pipeline& pipeline, int64_t max_document_bytes,
    const v1::ExtractFiguresRequest& request) {
  absl::StatusOr<Order> order = ParseRequest(request, max_document_bytes);
  if (!order.ok()) return order.status();
  const absl::StatusOr<Validation> validation = pipeline.ExtractFigures(
      std::move(order->uri), std::move(order->bytes), order->pipeline_options);
  if (!validation.ok()) return validation.status();
  return report::ToExtractFiguresResponse(*validation, order->response_options);
}

}  // namespace crossfoot::server
