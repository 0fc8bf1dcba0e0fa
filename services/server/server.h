#ifndef CROSSFOOT_SERVICES_SERVER_SERVER_H_
#define CROSSFOOT_SERVICES_SERVER_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/validation/pipeline.h"

namespace crossfoot::server {

struct ServerOptions {
  // host:port; port 0 takes a free one.
  std::string listen_address = "127.0.0.1:50051";

  // The server speaks without encryption and knows no users, so an address that other machines can
  // reach is refused unless this is set, because a proxy or a private network guards it.
  bool allow_insecure_remote = false;

  // Larger documents are refused with DOCUMENT_TOO_LARGE.  In bytes; 1 to kMaxDocumentBytesLimit.
  // A request of more than twice that is refused before it is received whole.
  int64_t max_document_bytes = validation::PipelineOptions::kDefaultMaxDocumentBytes;

  // Threads that read documents; 0 means one for each processor.
  int32_t worker_count = 0;

  // Calls that wait or run; a call above that is refused with SERVER_BUSY.  At least 1.
  int32_t max_in_flight = 64;
};

// Largest `max_document_bytes`: byte offsets are 32-bit.
inline constexpr int64_t kMaxDocumentBytesLimit = int64_t{512} << 20;

// A gRPC server with the services of crossfoot.v1, grpc.health.v1.Health and server reflection.
//
//   absl::StatusOr<std::unique_ptr<Server>> server = Server::Start({}, *pipeline);
//   …
//   (*server)->Shutdown(absl::Seconds(10));
//
// All methods are thread-safe.
class Server {
 public:
  // Listens and serves when it returns OK.  `pipeline` must outlive the server.  kArgumentInvalid
  // with metadata "field" when an option is out of range, the address is remote without permission,
  // or it cannot be bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const validation::Pipeline& pipeline);

  // As `Shutdown` without grace.
  virtual ~Server() = default;

  // host:port with the port in use.
  virtual std::string address() const = 0;

  // Turns the health status to NOT_SERVING, refuses new calls and waits for those in flight, at
  // most for `grace`; then cancels the others.  Returns when no call is left.  Further calls do
  // nothing.
  virtual void Shutdown(absl::Duration grace) = 0;

  // Blocks until `Shutdown` was called and is done.
  virtual void WaitForShutdown() = 0;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_SERVER_H_
