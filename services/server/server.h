#ifndef CROSSFOOT_SERVICES_SERVER_SERVER_H_
#define CROSSFOOT_SERVICES_SERVER_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "crossfoot/config/v1/server.pb.h"
#include "services/server/backend.h"

namespace crossfoot::server {

// The services of crossfoot.v1 over gRPC, with grpc.health.v1.Health and server reflection, and,
// where the configuration says so, as JSON over HTTP.
//
//   config::v1::Server config;
//   absl::StatusOr<std::unique_ptr<Server>> server =
//       Server::Start(config, &validation::Pipeline::Create, {});
//   …
//   (*server)->Shutdown();
//
// All methods are thread-safe.
class Server {
 public:
  // Listens and serves when it returns OK.  kArgumentInvalid with metadata "field" when the
  // configuration is out of range, an address is remote without permission, or it cannot be bound;
  // else as Backend::Create.
  static absl::StatusOr<std::unique_ptr<Server>> Start(config::v1::Server config,
                                                       const MakePipeline& make_pipeline,
                                                       LogSink log);

  // As `Shutdown`.
  virtual ~Server() = default;

  // host:port with the port in use, of gRPC and of HTTP; the latter empty when it is not served.
  virtual std::string address() const = 0;
  virtual std::string http_address() const = 0;

  // Reads rule packs and clients anew; calls go on meanwhile.  As Backend::Reload.
  virtual absl::Status Reload() = 0;

  // Turns the health status to NOT_SERVING, refuses new calls and waits for those in flight, at
  // most as long as the configuration says; then cancels the others.  Returns when no call is left.
  // Further calls do nothing.
  virtual void Shutdown() = 0;

  // Blocks until `Shutdown` was called and is done.
  virtual void WaitForShutdown() = 0;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_SERVER_H_
