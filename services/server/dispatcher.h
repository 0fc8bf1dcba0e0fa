#ifndef CROSSFOOT_SERVICES_SERVER_DISPATCHER_H_
#define CROSSFOOT_SERVICES_SERVER_DISPATCHER_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/message.h"
#include "services/access/client.h"
#include "services/access/client_directory.h"
#include "services/admission/admission.h"
#include "services/method/method.h"
#include "services/server/backend.h"
#include "services/server/worker_pool.h"
#include "services/telemetry/metrics.h"
#include "services/telemetry/trace_context.h"

namespace crossfoot::server {

// What a transport knows of a call before it reads the request.
struct CallInfo {
  telemetry::Transport transport;
  std::string authorization;      // as the header has it; empty: none
  telemetry::TraceContext trace;  // the span of this call
  bool traced = false;            // the caller sent a traceparent
  std::string request_id;         // 1 to 128 bytes
  std::string peer;               // where it comes from
  core::Cancellation::Clock::time_point deadline = core::Cancellation::Clock::time_point::max();
};

// The headers are as they came, empty where there is none.  A call whose x-request-id is empty or
// longer than 128 bytes gets one made of its span.
CallInfo MakeCallInfo(telemetry::Transport transport, std::string authorization,
                      std::string_view traceparent, std::string request_id, std::string peer);

// Whose call it is.
struct Caller {
  CallInfo info;
  std::optional<access::Client> client;  // nullopt: somebody who may do everything
  std::string token_digest;              // core::Sha256Hex; empty: as above
};

// A request on its way in and its response on its way out, as a transport has them.  Whoever starts
// a call keeps it until Done.  Read and Write are called on the worker, at most once each and in
// this order, since they take a tenth of what a check takes.
class Exchange {
 public:
  // Fills `request`, an empty message of the method's type on an arena.  A failure is the call's.
  virtual absl::Status Read(google::protobuf::Message* request) = 0;

  // Takes the response, which is gone when it returns and may be changed.  A failure is the call's.
  virtual absl::Status Write(google::protobuf::Message* response) = 0;

  // The call has ended, and `status` is OK when there was a Write that went well.  Called exactly
  // once, last: the exchange may end itself.
  virtual void Done(const absl::Status& status) = 0;

 protected:
  ~Exchange() = default;
};

// What surrounds every method, whatever the transport: who may call, how often, how much at a time,
// on which thread, how long; and what is told of it.  Thread-safe.
class Dispatcher {
 public:
  // `backend` must outlive it.
  explicit Dispatcher(Backend& backend);

  // Finds out who calls `method`, before anything else is done for them.  kCredentialsMissing,
  // kCredentialsInvalid, kPermissionDenied; a refusal is told.
  absl::StatusOr<std::shared_ptr<const Caller>> Identify(CallInfo info,
                                                         const method::Method& method);

  // Whether `caller` may still call `method`, for calls that last: tokens are revoked and expire.
  absl::Status Recheck(const Caller& caller, const method::Method& method) const;

  // A call in work: gives it up when its caller is gone.
  using Cancellation = std::shared_ptr<core::Cancellation>;
  // The deadline is the caller's or the server's own for a call, whichever is earlier.
  Cancellation MakeCancellation(const Caller& caller) const;

  // Room for a request of `bytes` bytes.  kServerBusy.
  absl::StatusOr<admission::Admission::Ticket> Admit(int64_t bytes);

  // Answers the request of `exchange`, which came in so many bytes, on a worker.  Done is called on
  // another thread or, when the call is refused (kQuotaExceeded), before Start returns.
  void Start(std::shared_ptr<const Caller> caller, const method::Method& method,
             int64_t request_bytes, Exchange& exchange, Cancellation cancellation,
             admission::Admission::Ticket ticket);

  // Tells of a call that did not get as far as Start.
  void Refused(const CallInfo& info, const method::Method& method, const absl::Status& status);

  // One stream more; kServerBusy when there are as many as may be.  Null is never given.
  class StreamTicket;
  absl::StatusOr<std::unique_ptr<StreamTicket>> AdmitStream();

  // Everything for Prometheus.
  std::string Scrape() const;

  Backend& backend() const { return backend_; }

 private:
  struct Work;

  // The client whose token has `digest`, if it may call `method`.
  absl::StatusOr<access::Client> FindClient(const access::ClientDirectory& directory,
                                            std::string_view digest,
                                            const method::Method& method) const;

  void Run(Work& work);
  // Reads, answers and writes; the messages live on `arena`.
  absl::Status Answer(Work& work, google::protobuf::Arena* arena);
  void Tell(const Work& work, const absl::Status& status);

  Backend& backend_;
  std::atomic<int32_t> streams_ = 0;
  // Frees what calls have left while their workers go on.
  WorkerPool reclaimer_;
  WorkerPool workers_;  // last: it ends first, with what it has
};

// The right to have a stream open.
class Dispatcher::StreamTicket {
 public:
  explicit StreamTicket(std::atomic<int32_t>& streams) : streams_(streams) {}
  ~StreamTicket() { --streams_; }
  StreamTicket(const StreamTicket&) = delete;
  StreamTicket& operator=(const StreamTicket&) = delete;

 private:
  std::atomic<int32_t>& streams_;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_DISPATCHER_H_
