#include "tests/load/echo.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "grpcpp/grpcpp.h"
#include "load/echo.grpc.pb.h"

namespace crossfoot::load {
namespace {

// Makes `message`, whose payload is its last field, `bytes` bytes long.
template <typename Message>
void Fill(size_t bytes, Message& message) {
  message.set_payload(std::string(bytes, 'x'));
  while (message.ByteSizeLong() > bytes) message.mutable_payload()->pop_back();
}

void Answer(const EchoRequest& request, EchoResponse& response) {
  response.set_id(request.id());
  // Nothing is made anew while all ask for the same.
  thread_local std::string payload;
  const auto bytes = static_cast<size_t>(request.response_payload_bytes());
  if (payload.size() != bytes) payload.assign(bytes, 'x');
  response.set_payload(payload);
}

// Reads one request, writes its response, reads the next.
class EchoReactor final : public grpc::ServerBidiReactor<EchoRequest, EchoResponse> {
 public:
  EchoReactor() { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    Answer(request_, response_);
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    StartRead(&request_);
  }
  void OnDone() override { delete this; }

 private:
  EchoRequest request_;
  EchoResponse response_;
};

class EchoServiceAdapter final : public EchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    Answer(*request, *response);
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerBidiReactor<EchoRequest, EchoResponse>* EchoStream(
      grpc::CallbackServerContext*) override {
    return new EchoReactor;
  }
};

}  // namespace

void ServeEcho() {
  EchoServiceAdapter service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return;
  std::printf("listening on 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  server->Wait();
}

EchoRequest EchoRequestOf(size_t request_bytes, size_t response_bytes) {
  EchoResponse response;
  Fill(response_bytes, response);
  EchoRequest request;
  request.set_response_payload_bytes(static_cast<int32_t>(response.payload().size()));
  Fill(request_bytes, request);
  return request;
}

}  // namespace crossfoot::load
