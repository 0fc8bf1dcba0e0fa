#include "services/method/documents.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "core/sha256.h"
#include "core/string_view.h"
#include "services/method/field_error.h"
#include "services/method/history.h"
#include "services/method/page.h"
#include "services/method/reading.h"
#include "services/report/response.h"
#include "services/report/version.h"

namespace crossfoot::method {
namespace {

constexpr size_t kMaxChunkBytes = size_t{1} << 20;
constexpr size_t kMaxFilterBytes = 255;

// AIP-122.
absl::Status CheckDocumentId(std::string_view id) {
  const auto fits = [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  };
  if (id.empty() || (id.size() >= 4 && id.size() <= 63 && absl::ascii_islower(id.front()) &&
                     id.back() != '-' && std::all_of(id.begin(), id.end(), fits))) {
    return absl::OkStatus();
  }
  return FieldError("document_id",
                    "4 to 63 of a-z, 0-9 and -, beginning with a letter, not ending with -");
}

// AIP-155.
absl::Status CheckRequestId(std::string_view id) {
  if (id.empty()) return absl::OkStatus();
  bool fits = id.size() == 36;
  for (size_t at = 0; fits && at < id.size(); ++at) {
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    fits = dash ? id[at] == '-' : absl::ascii_isxdigit(id[at]);
  }
  return fits ? absl::OkStatus() : FieldError("request_id", "not a UUID");
}

v1::Document ToDocument(store::StoredDocument stored, bool full) {
  v1::Document document;
  document.set_name(absl::StrCat(core::ToAbsl(kDocuments), stored.id));
  document.set_uri(std::move(stored.uri));
  if (full) document.set_content(std::move(stored.content));
  const timespec time = absl::ToTimespec(stored.create_time);
  document.mutable_create_time()->set_seconds(time.tv_sec);
  document.mutable_create_time()->set_nanos(static_cast<int32_t>(time.tv_nsec));
  document.set_size_bytes(stored.size_bytes);
  document.set_sha256(std::move(stored.sha256));
  if (stored.latest_day.has_value())
    document.set_latest_day(absl::FormatCivilTime(*stored.latest_day));
  document.mutable_validation()->ParseFromString(stored.validation);
  if (!full) document.mutable_validation()->clear_findings();
  return document;
}

}  // namespace

absl::StatusOr<v1::Document> CreateDocument(const Call& call,
                                            const v1::CreateDocumentRequest& request) {
  absl::Status fault = CheckDocumentId(request.document_id());
  if (fault.ok()) fault = CheckRequestId(request.request_id());
  if (fault.ok() && !request.document().name().empty())
    fault = FieldError("document.name", "the store names documents; set document_id");
  if (!fault.ok()) return fault;
  absl::StatusOr<report::ResponseOptions> wanted = ParseResponse(call, request.options());
  if (!wanted.ok()) return wanted.status();
  wanted->view = v1::VIEW_SUMMARY;
  absl::StatusOr<Source> source =
      ReadSource(call, request.document(), "document", request.options());
  if (!source.ok()) return source.status();
  store::NewDocument document;
  document.id = request.document_id();
  document.request_id = request.request_id();
  document.uri = source->uri;
  document.content = source->bytes;
  document.sha256 = core::Sha256Hex(document.content);
  v1::ReadingOptions reading;
  reading.set_reference_date(request.options().reference_date());
  reading.set_home_area(request.options().home_area());
  document.reading_options = reading.SerializeAsString();
  absl::StatusOr<validation::Validation> validation =
      call.pipeline.Validate(std::move(source->uri), std::move(source->bytes), source->options);
  if (!validation.ok()) return validation.status();
  if (call.observe) call.observe(*validation);
  document.latest_day = LatestDayOf(*validation);
  document.series = SeriesOf(call.pipeline, *validation);
  v1::ValidateDocumentResponse found = report::ToValidateDocumentResponse(*validation, *wanted);
  // What is given up is not stored.
  if (core::Stopped(call.cancellation)) {
    call.cancellation->Leave(*std::move(validation));
    return call.cancellation->status();
  }
  v1::StoredValidation kept;
  kept.set_program_version(report::kVersion);
  kept.mutable_summary()->Swap(found.mutable_summary());
  kept.mutable_findings()->Swap(found.mutable_findings());
  document.validation = kept.SerializeAsString();
  absl::StatusOr<store::StoredDocument> stored = call.store.Create(document);
  if (!stored.ok()) return stored.status();
  return ToDocument(*std::move(stored), /*full=*/false);
}

absl::Status Upload::Add(v1::UploadDocumentRequest message) {
  if (!request_.has_value()) {
    if (!message.has_create())
      return FieldError("create", "the first message must say what is created");
    if (message.create().document().source_case() != v1::Document::SOURCE_NOT_SET)
      return FieldError("create.document", "has a source; send it in chunks");
    request_ = std::move(*message.mutable_create());
    request_->mutable_document()->set_content("");
    return absl::OkStatus();
  }
  std::string& content = *request_->mutable_document()->mutable_content();
  if (complete_) return FieldError("sha256", "must be in the last message");
  if (message.has_sha256()) {
    complete_ = message.sha256() == core::Sha256Hex(content);
    return complete_ ? absl::OkStatus() : FieldError("sha256", "not that of the chunks");
  }
  if (!message.has_chunk())
    return FieldError("chunk", "every message between the first and the last must have one");
  if (message.chunk().size() > kMaxChunkBytes) return FieldError("chunk", "longer than 1 MiB");
  if (static_cast<int64_t>(content.size() + message.chunk().size()) > max_document_bytes_) {
    return core::MakeError(
        core::ErrorReason::kDocumentTooLarge,
        absl::StrCat("the document has more than ", max_document_bytes_, " bytes; split it"),
        {{"max_document_bytes", absl::StrCat(max_document_bytes_)}});
  }
  content.append(message.chunk());
  return absl::OkStatus();
}

absl::StatusOr<v1::CreateDocumentRequest> Upload::Finish() && {
  if (!complete_) return FieldError("sha256", "the upload ended without its last message");
  return *std::move(request_);
}

absl::StatusOr<v1::Document> GetDocument(const Call& call, const v1::GetDocumentRequest& request) {
  const absl::StatusOr<std::string> id = ParseDocumentName(request.name(), "name");
  if (!id.ok()) return id.status();
  if (!v1::View_IsValid(request.view())) return FieldError("view", "not a view of this version");
  const absl::Status mask = CheckReadMask(request.read_mask(), *v1::Document::descriptor());
  if (!mask.ok()) return mask;
  const bool full = request.view() == v1::VIEW_FULL;
  absl::StatusOr<store::StoredDocument> stored = call.store.Get(*id, full);
  if (!stored.ok()) return stored.status();
  v1::Document document = ToDocument(*std::move(stored), full);
  ApplyReadMask(request.read_mask(), &document);
  return document;
}

absl::StatusOr<v1::ListDocumentsResponse> ListDocuments(const Call& call,
                                                        const v1::ListDocumentsRequest& request) {
  if (request.indicator().size() > kMaxFilterBytes)
    return FieldError("indicator", "longer than 255 bytes");
  if (request.ref_area().size() > kMaxFilterBytes)
    return FieldError("ref_area", "longer than 255 bytes");
  const absl::StatusOr<int32_t> page_size = PageSizeOf(request.page_size());
  if (!page_size.ok()) return page_size.status();
  const std::string query = absl::StrCat(request.indicator(), "|", request.ref_area());
  const absl::StatusOr<int64_t> after = CursorOf(request.page_token(), query);
  if (!after.ok()) return after.status();
  core::Figure named;
  named.indicator = request.indicator();
  const absl::StatusOr<store::DocumentPage> page = call.store.List(
      {.indicator = request.indicator().empty() ? "" : call.pipeline.SeriesNameOf(named),
       .ref_area = request.ref_area(),
       .page_size = *page_size,
       .after = *after});
  if (!page.ok()) return page.status();
  v1::ListDocumentsResponse response;
  for (const store::StoredDocument& stored : page->documents)
    *response.add_documents() = ToDocument(stored, /*full=*/false);
  if (page->next != 0) response.set_next_page_token(TokenFor(page->next, query));
  return response;
}

absl::StatusOr<google::protobuf::Empty> DeleteDocument(const Call& call,
                                                       const v1::DeleteDocumentRequest& request) {
  const absl::StatusOr<std::string> id = ParseDocumentName(request.name(), "name");
  if (!id.ok()) return id.status();
  const absl::Status deleted = call.store.Delete(*id);
  if (!deleted.ok()) return deleted;
  return google::protobuf::Empty();
}

}  // namespace crossfoot::method
