#ifndef CROSSFOOT_SERVICES_SERVER_DOCUMENT_UPLOAD_H_
#define CROSSFOOT_SERVICES_SERVER_DOCUMENT_UPLOAD_H_

#include "crossfoot/v1/document_service.pb.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/server/dispatcher.h"
#include "services/server/stream_watch.h"

namespace crossfoot::server {

// DocumentService.UploadDocument: puts a document together and creates it in `response`.
grpc::ServerReadReactor<v1::UploadDocumentRequest>* AnswerUpload(
    Dispatcher& dispatcher, StreamWatch& watch, grpc::CallbackServerContext* context,
    v1::Document* response);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_DOCUMENT_UPLOAD_H_
