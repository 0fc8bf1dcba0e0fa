#include "services/server/server.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "core/error.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "services/server/handler.h"
#include "services/server/listen_address.h"
#include "services/server/rule_handler.h"
#include "services/server/status.h"
#include "services/server/worker_pool.h"

namespace crossfoot::server {
namespace {

absl::Status OptionError(const std::string& field, const std::string& message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid, message, {{"field", field}});
}

// What every method does around its handler: hands it to a worker, refuses it when there are too
// many, and leaves it when the caller has gone.
class Dispatcher {
 public:
  Dispatcher(const validation::Pipeline& pipeline, const ServerOptions& options,
             int32_t worker_count)
      : pipeline_(pipeline),
        max_document_bytes_(options.max_document_bytes),
        max_in_flight_(options.max_in_flight),
        workers_(worker_count, options.max_in_flight) {}

  // `handler` reads a document, which may be as large as the limit.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Dispatch(
      absl::StatusOr<Response> (*handler)(const validation::Pipeline&, int64_t, const Request&),
      grpc::CallbackServerContext* context, const Request* request, Response* response) {
    return Submit(
        [this, handler, request] { return handler(pipeline_, max_document_bytes_, *request); },
        context, response);
  }
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Dispatch(
      absl::StatusOr<Response> (*handler)(const validation::Pipeline&, const Request&),
      grpc::CallbackServerContext* context, const Request* request, Response* response) {
    return Submit([this, handler, request] { return handler(pipeline_, *request); }, context,
                  response);
  }

 private:
  template <typename Work, typename Response>
  grpc::ServerUnaryReactor* Submit(Work work, grpc::CallbackServerContext* context,
                                   Response* response) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const bool accepted = workers_.TrySubmit([work = std::move(work), context, response, reactor] {
      if (context->IsCancelled() || context->deadline() < std::chrono::system_clock::now()) {
        reactor->Finish(ToGrpcStatus(core::MakeError(core::ErrorReason::kCancelled,
                                                     "the caller gave up before the work began")));
        return;
      }
      absl::StatusOr<Response> result = work();
      if (result.ok()) *response = *std::move(result);
      reactor->Finish(ToGrpcStatus(result.status()));
    });
    if (!accepted) reactor->Finish(ServerBusyStatus(max_in_flight_));
    return reactor;
  }

  const validation::Pipeline& pipeline_;
  const int64_t max_document_bytes_;
  const int32_t max_in_flight_;
  WorkerPool workers_;
};

class ValidationServiceAdapter final : public v1::ValidationService::CallbackService {
 public:
  explicit ValidationServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ValidateDocument(grpc::CallbackServerContext* context,
                                             const v1::ValidateDocumentRequest* request,
                                             v1::ValidateDocumentResponse* response) override {
    return dispatcher_.Dispatch(&server::ValidateDocument, context, request, response);
  }

  grpc::ServerUnaryReactor* ValidateDocumentSet(
      grpc::CallbackServerContext* context, const v1::ValidateDocumentSetRequest* request,
      v1::ValidateDocumentSetResponse* response) override {
    return dispatcher_.Dispatch(&server::ValidateDocumentSet, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
};

class ExtractionServiceAdapter final : public v1::ExtractionService::CallbackService {
 public:
  explicit ExtractionServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ExtractFigures(grpc::CallbackServerContext* context,
                                           const v1::ExtractFiguresRequest* request,
                                           v1::ExtractFiguresResponse* response) override {
    return dispatcher_.Dispatch(&server::ExtractFigures, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
};

class RuleServiceAdapter final : public v1::RuleService::CallbackService {
 public:
  explicit RuleServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ListRulePacks(grpc::CallbackServerContext* context,
                                          const v1::ListRulePacksRequest* request,
                                          v1::ListRulePacksResponse* response) override {
    return dispatcher_.Dispatch(&server::ListRulePacks, context, request, response);
  }

  grpc::ServerUnaryReactor* ListRules(grpc::CallbackServerContext* context,
                                      const v1::ListRulesRequest* request,
                                      v1::ListRulesResponse* response) override {
    return dispatcher_.Dispatch(&server::ListRules, context, request, response);
  }

  grpc::ServerUnaryReactor* GetRule(grpc::CallbackServerContext* context,
                                    const v1::GetRuleRequest* request,
                                    v1::Rule* response) override {
    return dispatcher_.Dispatch(&server::GetRule, context, request, response);
  }

  grpc::ServerUnaryReactor* TestRules(grpc::CallbackServerContext* context,
                                      const v1::TestRulesRequest* request,
                                      v1::TestRulesResponse* response) override {
    return dispatcher_.Dispatch(&server::TestRules, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
};

class GrpcServer final : public Server {
 public:
  GrpcServer(const ServerOptions& options, const validation::Pipeline& pipeline,
             int32_t worker_count)
      : dispatcher_(pipeline, options, worker_count) {}

  ~GrpcServer() override { Shutdown(absl::ZeroDuration()); }

  absl::Status Listen(ListenAddress address, const ServerOptions& options) {
    static std::once_flag plugins_once;
    std::call_once(plugins_once, [] {
      grpc::EnableDefaultHealthCheckService(true);
      grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    });
    grpc::ServerBuilder builder;
    // Two servers that share a port by accident would each get a part of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 2 * options.max_in_flight);
    builder.SetMaxReceiveMessageSize(static_cast<int>(std::min<int64_t>(
        2 * options.max_document_bytes + (64 << 10), std::numeric_limits<int>::max())));
    int port = 0;
    builder.AddListeningPort(address.ToString(), grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&validation_service_);
    builder.RegisterService(&extraction_service_);
    builder.RegisterService(&rule_service_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port == 0) {
      return OptionError("listen_address",
                         "cannot listen on " + address.ToString() +
                             ": the port is taken, not permitted, or the host is not this machine");
    }
    address.port = port;
    address_ = address.ToString();
    SetServing(true);
    return absl::OkStatus();
  }

  std::string address() const override { return address_; }

  void Shutdown(absl::Duration grace) override {
    std::call_once(shutdown_once_, [this, grace] {
      if (server_ == nullptr) return;
      SetServing(false);
      server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(grace));
    });
  }

  void WaitForShutdown() override { server_->Wait(); }

 private:
  void SetServing(bool serving) {
    grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
    health->SetServingStatus(serving);
    health->SetServingStatus(v1::ValidationService::service_full_name(), serving);
    health->SetServingStatus(v1::ExtractionService::service_full_name(), serving);
    health->SetServingStatus(v1::RuleService::service_full_name(), serving);
  }

  // In this order: the server goes first, then the services, then the workers, which finish what
  // they have.
  Dispatcher dispatcher_;
  ValidationServiceAdapter validation_service_{dispatcher_};
  ExtractionServiceAdapter extraction_service_{dispatcher_};
  RuleServiceAdapter rule_service_{dispatcher_};
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  std::once_flag shutdown_once_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const validation::Pipeline& pipeline) {
  if (options.max_document_bytes < 1 || options.max_document_bytes > kMaxDocumentBytesLimit) {
    return OptionError("max_document_bytes", "max_document_bytes must be from 1 to " +
                                                 std::to_string(kMaxDocumentBytesLimit));
  }
  if (options.worker_count < 0 || options.worker_count > 1024) {
    return OptionError("worker_count", "worker_count must be from 0 to 1024");
  }
  if (options.max_in_flight < 1 || options.max_in_flight > 65536) {
    return OptionError("max_in_flight", "max_in_flight must be from 1 to 65536");
  }
  absl::StatusOr<ListenAddress> address = ParseListenAddress(options.listen_address);
  if (!address.ok()) return address.status();
  if (!address->loopback() && !options.allow_insecure_remote) {
    return OptionError("listen_address",
                       "refused to listen on " + options.listen_address +
                           ": other machines can reach it, and this server neither encrypts nor "
                           "knows users; listen on 127.0.0.1, or allow it with "
                           "--allow-insecure-remote behind a proxy that does both");
  }
  const int32_t worker_count =
      options.worker_count > 0
          ? options.worker_count
          : std::max(1, static_cast<int32_t>(std::thread::hardware_concurrency()));
  auto server = std::make_unique<GrpcServer>(options, pipeline, worker_count);
  const absl::Status status = server->Listen(*std::move(address), options);
  if (!status.ok()) return status;
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace crossfoot::server
