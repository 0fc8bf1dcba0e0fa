#include "services/server/validation_stream.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "core/error.h"
#include "services/report/response.h"
#include "services/server/grpc_call.h"
#include "services/server/status.h"

namespace crossfoot::server {
namespace {

using Clock = core::Cancellation::Clock;
using Reactor =
    grpc::ServerBidiReactor<v1::ValidateDocumentsRequest, v1::ValidateDocumentsResponse>;

constexpr size_t kMaxIdBytes = 255;

// How often it is asked whether the caller may go on.
constexpr std::chrono::seconds kRecheckInterval(1);

// One report of the stream.
struct Item {
  v1::ValidateDocumentsRequest request;
  v1::ValidateDocumentsResponse response;
  Dispatcher::Cancellation cancellation;
};

// All that happens is decided under one lock, and done outside it: gRPC may react on the thread
// that asks it for something.
class ValidationStream final : public Reactor {
 public:
  ValidationStream(Dispatcher& dispatcher, StreamWatch& watch, grpc::CallbackServerContext* context)
      : dispatcher_(dispatcher),
        watch_(watch),
        context_(context),
        method_(method::MethodFor(*v1::ValidateDocumentRequest::descriptor())),
        // So that no worker waits for the network, and none for another document.
        window_(2 * dispatcher.backend().config().limits().workers() + 2),
        stall_(
            std::chrono::milliseconds(dispatcher.backend().config().limits().stream_stall_ms())) {}

  void Begin() {
    absl::StatusOr<std::shared_ptr<const Caller>> caller =
        IdentifyCaller(dispatcher_, method_, context_);
    absl::Status refused = caller.status();
    if (refused.ok()) {
      caller_ = *std::move(caller);
      absl::StatusOr<std::unique_ptr<Dispatcher::StreamTicket>> ticket = dispatcher_.AdmitStream();
      refused = ticket.status();
      if (ticket.ok()) {
        ticket_ = *std::move(ticket);
      } else {
        dispatcher_.Refused(caller_->info, method_, refused);
      }
    }
    if (!refused.ok()) {
      finished_ = true;
      Finish(ToGrpcStatus(refused));
      return;
    }
    reading_ = true;
    next_ = std::make_unique<Item>();
    StartRead(&next_->request);
    watch_id_ = watch_.Add([this] { Look(); });
  }

  void OnReadDone(bool ok) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      reading_ = false;
      progress_ = Clock::now();
      if (ok && !finished_) {
        parked_ = std::move(next_);
      } else {
        ended_ = true;
      }
    }
    Advance();
  }

  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      writing_ = false;
      progress_ = Clock::now();
      written_.reset();
      if (!ok) GiveUp();
    }
    Advance();
  }

  void OnCancel() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      GiveUp();
    }
    Advance();
  }

  void OnDone() override {
    if (watch_id_ != 0) watch_.Remove(watch_id_);
    delete this;
  }

 private:
  // What is to be done next, decided under the lock.
  struct Steps {
    Item* start = nullptr;
    std::optional<admission::Admission::Ticket> ticket;
    Item* read = nullptr;
    Item* write = nullptr;
    std::optional<grpc::Status> finish;
  };

  // Does whatever can be done now.  `held`: the calling thread is in busy_ already.
  void Advance(bool held = false) {
    for (bool last = false; !last;) {
      Steps steps;
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!held) ++busy_;
        held = true;
        Decide(steps);
        // A start makes room for a read.
        last = steps.start == nullptr;
        if (last) --busy_;
      }
      if (steps.start != nullptr) StartItem(steps.start, *std::move(steps.ticket));
      if (steps.write != nullptr) StartWrite(&steps.write->response);
      if (steps.read != nullptr) StartRead(&steps.read->request);
      if (steps.finish.has_value()) Finish(*steps.finish);  // this object may be gone then
    }
  }

  void Decide(Steps& steps) {
    if (finished_) return;
    if (parked_ != nullptr && (cancelled_ || failed_)) parked_.reset();
    if (parked_ != nullptr) {
      absl::StatusOr<admission::Admission::Ticket> ticket =
          dispatcher_.Admit(static_cast<int64_t>(parked_->request.ByteSizeLong()));
      if (ticket.ok()) {
        steps.ticket = *std::move(ticket);
        parked_->cancellation = dispatcher_.MakeCancellation(*caller_);
        working_.push_back(std::move(parked_));
        steps.start = working_.back().get();
      }
      // Otherwise it waits for others to end, and no more is read: the caller is held back.
    }
    if (!writing_ && !cancelled_ && !done_.empty()) {
      written_ = std::move(done_.front());
      done_.pop_front();
      writing_ = true;
      progress_ = Clock::now();
      steps.write = written_.get();
    }
    const size_t open = working_.size() + done_.size() + (writing_ ? 1 : 0);
    if (!reading_ && !ended_ && !cancelled_ && parked_ == nullptr && open < window_) {
      reading_ = true;
      next_ = std::make_unique<Item>();
      steps.read = next_.get();
    }
    // While another thread is in Advance this object must stay; that thread decides again.
    if ((!reading_ || failed_) && !writing_ && working_.empty() && (cancelled_ || done_.empty()) &&
        parked_ == nullptr && (ended_ || cancelled_) && busy_ == 1) {
      finished_ = true;
      steps.finish = failed_ ? ToGrpcStatus(*failed_)
                             : (cancelled_ ? grpc::Status::CANCELLED : grpc::Status::OK);
    }
  }

  void StartItem(Item* item, admission::Admission::Ticket ticket) {
    item->response.set_id(item->request.id());
    if (item->request.id().size() > kMaxIdBytes) {
      item->response.clear_id();
      { const admission::Admission::Ticket released = std::move(ticket); }
      Done(item, core::MakeError(core::ErrorReason::kArgumentInvalid, "id: longer than 255 bytes",
                                 {{"field", "id"}}));
      return;
    }
    dispatcher_.Start(caller_, method_, item->request.request(), item->response.mutable_response(),
                      item->cancellation, std::move(ticket),
                      [this, item](const absl::Status& status) { Done(item, status); });
  }

  // On a worker, or on the thread that starts when the item is refused.
  void Done(Item* item, const absl::Status& status) {
    if (!status.ok()) {
      v1::ValidateDocumentResponse& response = *item->response.mutable_response();
      response.Clear();
      const v1::Document& document = item->request.request().document();
      response.mutable_document()->set_uri(document.uri());
      response.mutable_document()->set_name(document.name());
      *response.mutable_error() = report::ToDocumentError(status);
    }
    item->request.Clear();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      const auto at = std::find_if(working_.begin(), working_.end(),
                                   [item](const auto& other) { return other.get() == item; });
      done_.push_back(std::move(*at));
      working_.erase(at);
      ++busy_;
    }
    Advance(/*held=*/true);
  }

  // Under the lock.
  void GiveUp() {
    cancelled_ = true;
    for (const std::unique_ptr<Item>& item : working_) item->cancellation->Cancel();
  }

  // Called from time to time.
  void Look() {
    absl::Status refused;
    if (const auto now = Clock::now(); now - rechecked_ > kRecheckInterval) {
      rechecked_ = now;
      refused = dispatcher_.Recheck(*caller_, method_);
    }
    bool cut_off = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (finished_ || cancelled_) return;
      const bool idle = reading_ && !writing_ && working_.empty() && done_.empty();
      if (refused.ok() && (writing_ || idle) && Clock::now() - progress_ > stall_) {
        refused = core::MakeError(core::ErrorReason::kStreamStalled,
                                  absl::StrCat("nothing was ", idle ? "sent" : "taken", " for ",
                                               stall_.count(), " ms, so the stream was ended"),
                                  {{"timeout", absl::FormatDuration(absl::FromChrono(stall_))}});
      }
      if (refused.ok() && parked_ == nullptr) return;
      if (!refused.ok()) {
        dispatcher_.Refused(caller_->info, method_, refused);
        failed_ = std::move(refused);
        GiveUp();
        cut_off = writing_;
      }
      ++busy_;
    }
    // A write that nobody takes ends no other way.
    if (cut_off) context_->TryCancel();
    Advance(/*held=*/true);
  }

  Dispatcher& dispatcher_;
  StreamWatch& watch_;
  grpc::CallbackServerContext* const context_;
  const method::Method& method_;
  const size_t window_;  // reports that are read, in work or not yet taken
  const std::chrono::milliseconds stall_;
  std::shared_ptr<const Caller> caller_;
  std::unique_ptr<Dispatcher::StreamTicket> ticket_;
  int64_t watch_id_ = 0;                        // 0: not watched
  Clock::time_point rechecked_ = Clock::now();  // the watch's

  std::mutex mutex_;              // of all that follows
  std::unique_ptr<Item> next_;    // being read
  std::unique_ptr<Item> parked_;  // read, and without room
  std::list<std::unique_ptr<Item>> working_;
  std::deque<std::unique_ptr<Item>> done_;  // to be written
  std::unique_ptr<Item> written_;           // being written
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;      // the caller sends no more
  bool cancelled_ = false;  // nobody waits for what is left
  bool finished_ = false;
  int busy_ = 0;  // threads in Advance
  std::optional<absl::Status> failed_;
  Clock::time_point progress_ = Clock::now();
};

}  // namespace

Reactor* AnswerValidationStream(Dispatcher& dispatcher, StreamWatch& watch,
                                grpc::CallbackServerContext* context) {
  auto* stream = new ValidationStream(dispatcher, watch, context);  // ends itself
  stream->Begin();
  return stream;
}

}  // namespace crossfoot::server
