#include "services/server/grpc_call.h"

#include <chrono>
#include <string>
#include <utility>

#include "services/server/status.h"

namespace crossfoot::server {
namespace {

using Clock = core::Cancellation::Clock;

std::string Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto at = context.client_metadata().find(key);
  return at == context.client_metadata().end() ? ""
                                               : std::string(at->second.data(), at->second.size());
}

class UnaryReactor final : public grpc::ServerUnaryReactor {
 public:
  void Begin(Dispatcher& dispatcher, grpc::CallbackServerContext* context,
             const google::protobuf::Message& request, google::protobuf::Message* response) {
    const method::Method& method = method::MethodFor(*request.GetDescriptor());
    absl::StatusOr<std::shared_ptr<const Caller>> caller =
        IdentifyCaller(dispatcher, method, context);
    if (!caller.ok()) return Finish(ToGrpcStatus(caller.status()));
    absl::StatusOr<admission::Admission::Ticket> ticket =
        dispatcher.Admit(static_cast<int64_t>(request.ByteSizeLong()));
    if (!ticket.ok()) {
      dispatcher.Refused((*caller)->info, method, ticket.status());
      return Finish(ToGrpcStatus(ticket.status()));
    }
    cancellation_ = dispatcher.MakeCancellation(**caller);
    dispatcher.Start(*std::move(caller), method, request, response, cancellation_,
                     *std::move(ticket), [this, context](const absl::Status& status) {
                       // A response that nobody waits for is not worth its encoding.
                       const bool in_vain = status.ok() && context->IsCancelled();
                       Finish(in_vain ? grpc::Status::CANCELLED : ToGrpcStatus(status));
                     });
  }

  void OnCancel() override {
    if (cancellation_ != nullptr) cancellation_->Cancel();
  }
  void OnDone() override { delete this; }

 private:
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

grpc::ServerUnaryReactor* AnswerUnary(Dispatcher& dispatcher, grpc::CallbackServerContext* context,
                                      const google::protobuf::Message* request,
                                      google::protobuf::Message* response) {
  auto* reactor = new UnaryReactor();  // ends itself
  reactor->Begin(dispatcher, context, *request, response);
  return reactor;
}

}  // namespace crossfoot::server
