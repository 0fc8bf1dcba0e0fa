#ifndef CROSSFOOT_SERVICES_SERVER_GRPC_SERVICES_H_
#define CROSSFOOT_SERVICES_SERVER_GRPC_SERVICES_H_

#include <memory>
#include <vector>

#include "grpcpp/impl/service_type.h"
#include "services/server/dispatcher.h"
#include "services/server/stream_watch.h"

namespace crossfoot::server {

// The services of crossfoot.v1 for gRPC: adapters between its reactors and `dispatcher`.  Both
// arguments must outlive them, and they the grpc::Server.
std::vector<std::unique_ptr<grpc::Service>> MakeGrpcServices(Dispatcher& dispatcher,
                                                             StreamWatch& watch);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_GRPC_SERVICES_H_
