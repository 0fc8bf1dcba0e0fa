#include "services/server/document_upload.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "core/error.h"
#include "services/method/documents.h"
#include "services/server/grpc_call.h"
#include "services/server/status.h"

namespace crossfoot::server {
namespace {

using Clock = core::Cancellation::Clock;

class UploadReactor final : public grpc::ServerReadReactor<v1::UploadDocumentRequest>,
                            public Exchange {
 public:
  UploadReactor(Dispatcher& dispatcher, StreamWatch& watch, grpc::CallbackServerContext* context,
                v1::Document* response)
      : dispatcher_(dispatcher),
        watch_(watch),
        context_(context),
        response_(response),
        method_(method::MethodFor(*v1::CreateDocumentRequest::descriptor())),
        stall_(std::chrono::milliseconds(dispatcher.backend().config().limits().stream_stall_ms())),
        upload_(dispatcher.backend().config().limits().max_document_bytes()) {}

  void Begin() {
    absl::StatusOr<std::shared_ptr<const Caller>> caller =
        IdentifyCaller(dispatcher_, method_, context_);
    absl::Status refused = caller.status();
    if (refused.ok()) {
      caller_ = *std::move(caller);
      // Nobody knows yet how large it grows.
      absl::StatusOr<admission::Admission::Ticket> ticket =
          dispatcher_.Admit(dispatcher_.backend().config().limits().max_document_bytes());
      refused = ticket.status();
      if (ticket.ok()) {
        ticket_ = *std::move(ticket);
      } else {
        dispatcher_.Refused(caller_->info, method_, refused);
      }
    }
    if (!refused.ok()) {
      return End(refused);
    }
    cancellation_ = dispatcher_.MakeCancellation(*caller_);
    StartRead(&message_);
    watch_id_ = watch_.Add([this] { Look(); });
  }

  void OnReadDone(bool ok) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      progress_ = Clock::now();
      reading_ = false;
      if (finished_) return;
    }
    if (ok) {
      const absl::Status added = upload_.Add(std::move(message_));
      if (!added.ok()) return Refuse(added);
      message_.Clear();
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        reading_ = true;
      }
      StartRead(&message_);
      return;
    }
    // The end, or the caller is gone.
    absl::StatusOr<v1::CreateDocumentRequest> request = std::move(upload_).Finish();
    if (!request.ok()) return Refuse(request.status());
    if (const absl::Status refused = dispatcher_.Recheck(*caller_, method_); !refused.ok())
      return Refuse(refused);
    request_ = *std::move(request);
    dispatcher_.Start(caller_, method_, static_cast<int64_t>(request_.ByteSizeLong()), *this,
                      cancellation_, *std::move(ticket_));
  }

  absl::Status Read(google::protobuf::Message* request) override {
    // The bytes are moved, and not copied as all else is.
    std::string content = std::move(*request_.mutable_document()->mutable_content());
    request_.mutable_document()->clear_content();
    auto& read = static_cast<v1::CreateDocumentRequest&>(*request);
    read.CopyFrom(request_);
    read.mutable_document()->set_content(std::move(content));
    return absl::OkStatus();
  }
  absl::Status Write(google::protobuf::Message* response) override {
    response_->CopyFrom(*response);
    return absl::OkStatus();
  }
  void Done(const absl::Status& status) override { End(status); }

  void OnCancel() override {
    if (cancellation_ != nullptr) cancellation_->Cancel();
  }

  void OnDone() override {
    if (watch_id_ != 0) watch_.Remove(watch_id_);
    delete this;
  }

 private:
  void End(const absl::Status& status) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (std::exchange(finished_, true)) return;
    }
    Finish(ToGrpcStatus(status));
  }

  // As End, for a call that does not get as far as a worker, which would tell of it.
  void Refuse(const absl::Status& status) {
    dispatcher_.Refused(caller_->info, method_, status);
    End(status);
  }

  // Called from time to time.
  void Look() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (finished_ || !reading_ || Clock::now() - progress_ <= stall_) return;
    }
    Refuse(core::MakeError(
        core::ErrorReason::kStreamStalled,
        absl::StrCat("nothing was sent for ", stall_.count(), " ms, so the upload was ended"),
        {{"timeout", absl::FormatDuration(absl::FromChrono(stall_))}}));
  }

  Dispatcher& dispatcher_;
  StreamWatch& watch_;
  grpc::CallbackServerContext* const context_;
  v1::Document* const response_;
  const method::Method& method_;
  const std::chrono::milliseconds stall_;
  std::shared_ptr<const Caller> caller_;
  std::optional<admission::Admission::Ticket> ticket_;
  Dispatcher::Cancellation cancellation_;
  int64_t watch_id_ = 0;  // 0: not watched
  method::Upload upload_;
  v1::UploadDocumentRequest message_;  // being read
  v1::CreateDocumentRequest request_;  // being answered

  std::mutex mutex_;  // of all that follows
  bool reading_ = true;
  bool finished_ = false;
  Clock::time_point progress_ = Clock::now();
};

}  // namespace

grpc::ServerReadReactor<v1::UploadDocumentRequest>* AnswerUpload(
    Dispatcher& dispatcher, StreamWatch& watch, grpc::CallbackServerContext* context,
    v1::Document* response) {
  auto* reactor = new UploadReactor(dispatcher, watch, context, response);  // ends itself
  reactor->Begin();
  return reactor;
}

}  // namespace crossfoot::server
