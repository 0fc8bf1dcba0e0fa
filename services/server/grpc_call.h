#ifndef CROSSFOOT_SERVICES_SERVER_GRPC_CALL_H_
#define CROSSFOOT_SERVICES_SERVER_GRPC_CALL_H_

#include "core/cancellation.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/server/dispatcher.h"

// What gRPC's reactors have in common.  All but uploads take and give bytes: gRPC would turn them
// into messages on the threads that it needs for its connections.

namespace crossfoot::server {

// What `context` says of a call.
CallInfo CallInfoOf(const grpc::CallbackServerContext& context);

// Dispatcher::Identify; tells the caller the id of the request and, if it sent a traceparent, the
// span that the server made of it ("traceresponse", W3C Trace Context level 2).
absl::StatusOr<std::shared_ptr<const Caller>> IdentifyCaller(Dispatcher& dispatcher,
                                                             const method::Method& method,
                                                             grpc::CallbackServerContext* context);

// The serialised message that `bytes` are; they are let go.  kArgumentInvalid when they are none.
absl::Status Deserialize(grpc::ByteBuffer* bytes, google::protobuf::Message* message);

// Serialises `message`, which stands on an arena when it may be large and is good for nothing else
// afterwards.  kInternal when it is too long for a message; the status of `cancellation`, which may
// be null, when the work is given up before it is done.
absl::Status Serialize(google::protobuf::Message* message, const core::Cancellation* cancellation,
                       grpc::ByteBuffer* bytes);

// Answers a call with one request and one response.
grpc::ServerUnaryReactor* AnswerUnary(Dispatcher& dispatcher, const method::Method& method,
                                      grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_GRPC_CALL_H_
