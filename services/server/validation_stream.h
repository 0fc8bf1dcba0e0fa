#ifndef CROSSFOOT_SERVICES_SERVER_VALIDATION_STREAM_H_
#define CROSSFOOT_SERVICES_SERVER_VALIDATION_STREAM_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "services/server/dispatcher.h"
#include "services/server/stream_watch.h"

namespace crossfoot::server {

// ValidationService.ValidateDocuments: reads requests as long as there is room for them, answers
// each when it is done, those of a busy stream some at a time, and gives up a stream on which its
// caller neither takes nor sends.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* AnswerValidationStream(
    Dispatcher& dispatcher, StreamWatch& watch, grpc::CallbackServerContext* context);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_VALIDATION_STREAM_H_
