#include "services/method/validation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cancellation.h"
#include "core/error.h"
#include "crossfoot/v1/document.pb.h"
#include "services/method/field_error.h"
#include "services/method/history.h"
#include "services/method/reading.h"
#include "services/report/response.h"

namespace crossfoot::method {
namespace {

using validation::PipelineOptions;
using validation::Validation;

absl::Status CheckCount(int count, const std::string& field) {
  if (count <= kMaxDocuments) return absl::OkStatus();
  return FieldError(field, "more than " + std::to_string(kMaxDocuments) + " documents");
}

// Reads a document and checks it.
absl::StatusOr<Validation> Validate(const Call& call, Source source) {
  absl::StatusOr<Validation> validation =
      call.pipeline.Validate(std::move(source.uri), std::move(source.bytes), source.options);
  if (validation.ok() && call.observe) call.observe(*validation);
  return validation;
}

// Of a validation that is not worth a moment of another thread.
constexpr size_t kFewFigures = 5'000;

// Whether the caller still waits, once the response was made of `validation`, which is then freed
// where nobody waits for that.
absl::Status End(const Call& call, Validation validation) {
  if (call.cancellation == nullptr) return absl::OkStatus();
  if (validation.figures.size() > kFewFigures) call.cancellation->Leave(std::move(validation));
  return call.cancellation->status();
}

}  // namespace

absl::Status ValidateDocument(const Call& call, const v1::ValidateDocumentRequest& request,
                              v1::ValidateDocumentResponse* response) {
  absl::Status fault =
      CheckReadMask(request.read_mask(), *v1::ValidateDocumentResponse::descriptor());
  if (fault.ok()) fault = CheckCount(request.earlier_documents_size(), "earlier_documents");
  if (!fault.ok()) return fault;
  const absl::StatusOr<report::ResponseOptions> wanted = ParseResponse(call, request.options());
  if (!wanted.ok()) return wanted.status();
  absl::StatusOr<Source> source =
      ReadSource(call, request.document(), "document", request.options());
  if (!source.ok()) return source.status();
  std::vector<ReportCache::Report> earlier;
  earlier.reserve(request.earlier_documents_size());
  for (const v1::Document& document : request.earlier_documents()) {
    absl::StatusOr<ReportCache::Report> report =
        ReadReport(call, document, "earlier_documents", request.options());
    if (!report.ok()) return OfDocument(report.status(), document);
    earlier.push_back(*std::move(report));
  }
  // The request has the oldest first.
  for (auto report = earlier.rbegin(); report != earlier.rend(); ++report)
    source->options.earlier.push_back(report->get());
  std::optional<History> history;
  if (request.check_stored_documents()) {
    absl::StatusOr<History> opened = History::Open(call, source->bytes);
    if (!opened.ok()) return opened.status();
    history.emplace(*std::move(opened));
    source->options.find_earlier = [&history](const Validation& validation) {
      return history->Find(validation);
    };
  }
  absl::StatusOr<Validation> validation = Validate(call, *std::move(source));
  if (!validation.ok()) return validation.status();
  report::SetResponse(*validation, *wanted, response);
  if (absl::Status status = End(call, *std::move(validation)); !status.ok()) return status;
  ApplyReadMask(request.read_mask(), response);
  return absl::OkStatus();
}

absl::Status ValidateDocumentSet(const Call& call, const v1::ValidateDocumentSetRequest& request,
                                 v1::ValidateDocumentSetResponse* response) {
  absl::Status fault =
      CheckReadMask(request.read_mask(), *v1::ValidateDocumentResponse::descriptor());
  if (fault.ok()) fault = CheckCount(request.documents_size(), "documents");
  if (fault.ok() && request.documents().empty())
    fault = FieldError("documents", "there is no document");
  if (!fault.ok()) return fault;
  const absl::StatusOr<report::ResponseOptions> wanted = ParseResponse(call, request.options());
  if (!wanted.ok()) return wanted.status();
  // Also when there is no document to read with them.
  const absl::StatusOr<PipelineOptions> options = ParseReading(call, request.options());
  if (!options.ok()) return options.status();
  std::vector<Validation> validations;
  validations.reserve(request.documents_size());  // the options point to them
  std::vector<const Validation*> earlier;         // the latest first
  for (const v1::Document& document : request.documents()) {
    absl::StatusOr<Source> source = ReadSource(call, document, "documents", request.options());
    if (!source.ok()) return OfDocument(source.status(), document);
    source->options.earlier = earlier;
    absl::StatusOr<Validation> validation = Validate(call, *std::move(source));
    if (!validation.ok()) return OfDocument(validation.status(), document);
    v1::ValidateDocumentResponse* const made = response->add_responses();
    report::SetResponse(*validation, *wanted, made);
    validations.push_back(*std::move(validation));
    if (core::Stopped(call.cancellation)) {
      call.cancellation->Leave(std::move(validations));
      return call.cancellation->status();
    }
    ApplyReadMask(request.read_mask(), made);
    earlier.insert(earlier.begin(), &validations.back());
  }
  return absl::OkStatus();
}

absl::Status ExtractFigures(const Call& call, const v1::ExtractFiguresRequest& request,
                            v1::ExtractFiguresResponse* response) {
  absl::Status fault =
      CheckReadMask(request.read_mask(), *v1::ExtractFiguresResponse::descriptor());
  if (!fault.ok()) return fault;
  const absl::StatusOr<report::ResponseOptions> wanted = ParseResponse(call, request.options());
  if (!wanted.ok()) return wanted.status();
  absl::StatusOr<Source> source =
      ReadSource(call, request.document(), "document", request.options());
  if (!source.ok()) return source.status();
  absl::StatusOr<Validation> validation = call.pipeline.ExtractFigures(
      std::move(source->uri), std::move(source->bytes), source->options);
  if (!validation.ok()) return validation.status();
  if (call.observe) call.observe(*validation);
  report::SetResponse(*validation, *wanted, response);
  if (absl::Status status = End(call, *std::move(validation)); !status.ok()) return status;
  ApplyReadMask(request.read_mask(), response);
  return absl::OkStatus();
}

}  // namespace crossfoot::method
