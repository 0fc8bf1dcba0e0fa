#ifndef CROSSFOOT_SERVICES_SERVER_HTTP_SERVER_H_
#define CROSSFOOT_SERVICES_SERVER_HTTP_SERVER_H_

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/server/dispatcher.h"

namespace crossfoot::server {

// The methods of crossfoot.v1 as JSON over HTTP/1.1, by the routes of their .proto files, and
//
//   GET /healthz   200 as long as the process answers
//   GET /readyz    200 when calls are served, else 503
//   GET /metrics   for Prometheus
//
// Bodies are the proto JSON of requests and responses; an error is that of a google.rpc.Status,
// with the HTTP status that google.rpc.Code gives.  A connection is closed when for 5 s nothing
// comes or nothing is taken, when request line and headers have more than 64 KiB, and when a
// request takes longer to come, or its answer to be taken, than limits.max_call_ms.  Thread-safe.
class HttpServer {
 public:
  // Listens and serves, as `http`, `tls` and `limits` of the dispatcher's configuration say.
  // kArgumentInvalid with metadata "field" when the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(Dispatcher& dispatcher);

  virtual ~HttpServer() = default;

  // host:port with the port in use.
  virtual std::string address() const = 0;

  // What /readyz says; not ready at first.
  virtual void SetReady(bool ready) = 0;

  // Takes no new connection, closes those at rest, waits for calls in flight until `deadline`, and
  // then gives them up and closes all.
  // Further calls do nothing.
  virtual void Shutdown(std::chrono::system_clock::time_point deadline) = 0;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_HTTP_SERVER_H_
