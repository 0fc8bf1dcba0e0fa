#ifndef CROSSFOOT_SERVICES_SERVER_GRPC_CALL_H_
#define CROSSFOOT_SERVICES_SERVER_GRPC_CALL_H_

#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/server/dispatcher.h"

// What gRPC's reactors have in common.

namespace crossfoot::server {

// What `context` says of a call.
CallInfo CallInfoOf(const grpc::CallbackServerContext& context);

// Dispatcher::Identify; tells the caller the id of the request and, if it sent a traceparent, the
// span that the server made of it ("traceresponse", W3C Trace Context level 2).
absl::StatusOr<std::shared_ptr<const Caller>> IdentifyCaller(Dispatcher& dispatcher,
                                                             const method::Method& method,
                                                             grpc::CallbackServerContext* context);

// Answers a call with one request and one response.
grpc::ServerUnaryReactor* AnswerUnary(Dispatcher& dispatcher, grpc::CallbackServerContext* context,
                                      const google::protobuf::Message* request,
                                      google::protobuf::Message* response);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_GRPC_CALL_H_
