#include "services/server/grpc_call.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"
#include "services/server/status.h"

namespace crossfoot::server {
namespace {

using Clock = core::Cancellation::Clock;

std::string Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto at = context.client_metadata().find(key);
  return at == context.client_metadata().end() ? ""
                                               : std::string(at->second.data(), at->second.size());
}

class UnaryReactor final : public grpc::ServerUnaryReactor, public Exchange {
 public:
  void Begin(Dispatcher& dispatcher, const method::Method& method,
             grpc::CallbackServerContext* context, const grpc::ByteBuffer& request,
             grpc::ByteBuffer* response) {
    absl::StatusOr<std::shared_ptr<const Caller>> caller =
        IdentifyCaller(dispatcher, method, context);
    if (!caller.ok()) return Finish(ToGrpcStatus(caller.status()));
    const auto bytes = static_cast<int64_t>(request.Length());
    absl::StatusOr<admission::Admission::Ticket> ticket = dispatcher.Admit(bytes);
    if (!ticket.ok()) {
      dispatcher.Refused((*caller)->info, method, ticket.status());
      return Finish(ToGrpcStatus(ticket.status()));
    }
    // gRPC made it for this reactor alone and does not look at it again.
    request_ = const_cast<grpc::ByteBuffer*>(&request);
    response_ = response;
    cancellation_ = dispatcher.MakeCancellation(**caller);
    dispatcher.Start(*std::move(caller), method, bytes, *this, cancellation_, *std::move(ticket));
  }

  absl::Status Read(google::protobuf::Message* request) override {
    return Deserialize(request_, request);
  }
  absl::Status Write(google::protobuf::Message* response) override {
    return Serialize(*response, response_);
  }
  void Done(const absl::Status& status) override { Finish(ToGrpcStatus(status)); }

  void OnCancel() override {
    if (cancellation_ != nullptr) cancellation_->Cancel();
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer* request_ = nullptr;
  grpc::ByteBuffer* response_ = nullptr;
  Dispatcher::Cancellation cancellation_;  // set before any reaction
};

}  // namespace

CallInfo CallInfoOf(const grpc::CallbackServerContext& context) {
  CallInfo info = MakeCallInfo(telemetry::Transport::kGrpc, Metadata(context, "authorization"),
                               Metadata(context, "traceparent"), Metadata(context, "x-request-id"),
                               context.peer());
  const auto deadline = context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) {
    info.deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                       deadline - std::chrono::system_clock::now());
  }
  return info;
}

absl::StatusOr<std::shared_ptr<const Caller>> IdentifyCaller(Dispatcher& dispatcher,
                                                             const method::Method& method,
                                                             grpc::CallbackServerContext* context) {
  CallInfo info = CallInfoOf(*context);
  context->AddInitialMetadata("x-request-id", info.request_id);
  if (info.traced) context->AddInitialMetadata("traceresponse", info.trace.ToString());
  return dispatcher.Identify(std::move(info), method);
}

absl::Status Deserialize(grpc::ByteBuffer* bytes, google::protobuf::Message* message) {
  bool parsed = false;
  {
    grpc::ProtoBufferReader reader(bytes);
    parsed = reader.status().ok() && message->ParseFromZeroCopyStream(&reader);
  }
  bytes->Clear();
  if (parsed) return absl::OkStatus();
  return core::MakeError(
      core::ErrorReason::kArgumentInvalid,
      absl::StrCat("the request is not a serialised ", message->GetDescriptor()->full_name()),
      {{"field", ""}});
}

absl::Status Serialize(const google::protobuf::Message& message, grpc::ByteBuffer* bytes) {
  const size_t size = message.ByteSizeLong();
  if (size > static_cast<size_t>(std::numeric_limits<int32_t>::max()))
    return core::MakeError(core::ErrorReason::kInternal, "the response is too long for a message");
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  grpc::ByteBuffer(&slice, 1).Swap(bytes);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* AnswerUnary(Dispatcher& dispatcher, const method::Method& method,
                                      grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  auto* reactor = new UnaryReactor();  // ends itself
  reactor->Begin(dispatcher, method, context, *request, response);
  return reactor;
}

}  // namespace crossfoot::server
