#include "services/server/validation_stream.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "core/error.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "google/protobuf/arena.h"
#include "services/report/response.h"
#include "services/report/utf8.h"
#include "services/server/grpc_call.h"
#include "services/server/status.h"

namespace crossfoot::server {
namespace {

using Clock = core::Cancellation::Clock;
using google::protobuf::Arena;
using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

constexpr size_t kMaxIdBytes = 255;

// How often it is asked whether the caller may go on.
constexpr std::chrono::seconds kRecheckInterval(1);

// One report of the stream.
class Item final : public Exchange {
 public:
  using Ended = std::function<void(Item*)>;

  // `ended` is called when `response` is what is to be written.
  explicit Item(Ended ended) : ended_(std::move(ended)) {}

  absl::Status Read(google::protobuf::Message* message) override {
    auto* const outer = Arena::CreateMessage<v1::ValidateDocumentsRequest>(message->GetArena());
    const absl::Status parsed = Deserialize(&request, outer);
    Note(*outer);  // also what came before a fault
    if (!parsed.ok()) return parsed;
    if (outer->id().size() > kMaxIdBytes) {
      return core::MakeError(core::ErrorReason::kArgumentInvalid, "id: longer than 255 bytes",
                             {{"field", "id"}});
    }
    message->GetReflection()->Swap(message, outer->mutable_request());  // of one arena
    return absl::OkStatus();
  }

  absl::Status Write(google::protobuf::Message* message) override {
    auto* const outer = Arena::CreateMessage<v1::ValidateDocumentsResponse>(message->GetArena());
    outer->set_id(id_);
    outer->mutable_response()->GetReflection()->Swap(outer->mutable_response(), message);
    return Serialize(outer, cancellation.get(), &response);
  }

  void Done(const absl::Status& status) override {
    // Nobody asks whose a response is that is not written.
    if (!status.ok() && status.code() != absl::StatusCode::kCancelled) {
      if (v1::ValidateDocumentsRequest unread;
          request.Valid() && Deserialize(&request, &unread).ok())
        Note(unread);
      v1::ValidateDocumentsResponse failed;
      failed.set_id(id_);
      v1::ValidateDocumentResponse& answer = *failed.mutable_response();
      answer.mutable_document()->set_uri(uri_);
      answer.mutable_document()->set_name(name_);
      *answer.mutable_error() = report::ToDocumentError(status);
      Serialize(&failed, nullptr, &response).IgnoreError();  // it is short
    }
    const Ended ended = std::move(ended_);  // which this object may not outlive
    ended(this);
  }

  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
  Dispatcher::Cancellation cancellation;

 private:
  // Whose response it will be.
  void Note(const v1::ValidateDocumentsRequest& read) {
    if (read.id().size() <= kMaxIdBytes) id_ = report::ToValidUtf8(read.id());
    const v1::Document& document = read.request().document();
    uri_ = report::ToValidUtf8(document.uri());
    name_ = report::ToValidUtf8(document.name());
  }

  Ended ended_;
  std::string id_, uri_, name_;
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
        workers_(dispatcher.backend().config().limits().workers()),
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
    next_ = MakeItem();
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
      if (steps.start != nullptr) {
        const auto bytes = static_cast<int64_t>(steps.start->request.Length());
        dispatcher_.Start(caller_, method_, bytes, *steps.start, steps.start->cancellation,
                          *std::move(steps.ticket));
      }
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
          dispatcher_.Admit(static_cast<int64_t>(parked_->request.Length()));
      if (ticket.ok()) {
        steps.ticket = *std::move(ticket);
        parked_->cancellation = dispatcher_.MakeCancellation(*caller_);
        working_.push_back(std::move(parked_));
        steps.start = working_.back().get();
      }
      // Otherwise it waits for others to end, and no more is read: the caller is held back.
    }
    // While more is waiting than the workers have in hand, responses leave together, when the watch
    // looks: what wakes up for a message costs more than the message.
    if (working_.size() <= workers_) sending_ = true;
    if (!writing_ && !cancelled_ && !done_.empty() && sending_) {
      written_ = std::move(done_.front());
      done_.pop_front();
      writing_ = true;
      progress_ = Clock::now();
      steps.write = written_.get();
      sending_ = !done_.empty();
    }
    // So many in work that no worker waits for the network, and so many in all that none waits for
    // another document.
    const size_t open = working_.size() + done_.size() + (writing_ ? 1 : 0);
    if (!reading_ && !ended_ && !cancelled_ && parked_ == nullptr &&
        working_.size() < 2 * workers_ + 2 && open < 8 * workers_ + 2) {
      reading_ = true;
      next_ = MakeItem();
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

  std::unique_ptr<Item> MakeItem() {
    return std::make_unique<Item>([this](Item* item) { Ended(item); });
  }

  // On a worker, or on the thread that starts when the item is refused.
  void Ended(Item* item) {
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
      if (!done_.empty()) sending_ = true;
      if (refused.ok() && parked_ == nullptr && done_.empty()) return;
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
  const size_t workers_;
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
  int busy_ = 0;          // threads in Advance
  bool sending_ = false;  // what is done leaves now
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
