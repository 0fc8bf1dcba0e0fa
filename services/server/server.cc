#include "services/server/server.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "services/method/method.h"
#include "services/server/config.h"
#include "services/server/credentials.h"
#include "services/server/dispatcher.h"
#include "services/server/grpc_services.h"
#include "services/server/http_server.h"
#include "services/server/listen_address.h"
#include "services/server/stream_watch.h"

namespace crossfoot::server {
namespace {

// How often files are looked at for a change, and the store for its health.
constexpr std::chrono::seconds kCareInterval(1);

absl::Status ListenError(const std::string& field, const std::string& address) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid,
                         "cannot listen on " + address +
                             ": the port is taken, not permitted, or the host is not this machine",
                         {{"field", field}});
}

class DualServer final : public Server {
 public:
  explicit DualServer(std::unique_ptr<Backend> backend)
      : backend_(std::move(backend)),
        dispatcher_(*backend_),
        grpc_services_(MakeGrpcServices(dispatcher_, watch_)) {}

  ~DualServer() override { Shutdown(); }

  absl::Status Listen() {
    const config::v1::Server& config = backend_->config();
    absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> credentials =
        MakeGrpcCredentials(config);
    if (!credentials.ok()) return credentials.status();
    grpc::EnableDefaultHealthCheckService(true);
    static std::once_flag reflection_once;
    if (!config.grpc().hide_reflection()) {
      // gRPC adds plugins to all servers of a process and to those made before none.
      std::call_once(reflection_once, &grpc::reflection::InitProtoReflectionServerBuilderPlugin);
    }
    absl::StatusOr<ListenAddress> address = ParseListenAddress(config.grpc().listen_address());
    if (!address.ok()) return address.status();
    grpc::ServerBuilder builder;
    SetLimits(config.limits(), builder);
    int port = 0;
    builder.AddListeningPort(address->ToString(), *credentials, &port);
    for (const std::unique_ptr<grpc::Service>& service : grpc_services_)
      builder.RegisterService(service.get());
    grpc_ = builder.BuildAndStart();
    if (grpc_ == nullptr || port == 0)
      return ListenError("grpc.listen_address", address->ToString());
    address->port = port;
    address_ = address->ToString();
    if (config.has_http()) {
      absl::StatusOr<std::unique_ptr<HttpServer>> http = HttpServer::Start(dispatcher_);
      if (!http.ok()) return http.status();
      http_ = *std::move(http);
    }
    SetServing(true);
    carer_ = std::thread([this] { Care(); });
    return absl::OkStatus();
  }

  std::string address() const override { return address_; }
  std::string http_address() const override { return http_ == nullptr ? "" : http_->address(); }
  absl::Status Reload() override { return backend_->Reload(); }

  void Shutdown() override {
    std::call_once(shutdown_once_, [this] {
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
      }
      changed_.notify_all();
      if (carer_.joinable()) carer_.join();
      if (grpc_ != nullptr) {
        SetServing(false);
        const auto deadline = std::chrono::system_clock::now() +
                              std::chrono::milliseconds(backend_->config().limits().drain_ms());
        // Both refuse at once, and then wait side by side.
        std::thread http([this, deadline] {
          if (http_ != nullptr) http_->Shutdown(deadline);
        });
        grpc_->Shutdown(deadline);
        http.join();
      }
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopped_ = true;
      }
      changed_.notify_all();
    });
  }

  void WaitForShutdown() override {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stopped_; });
  }

 private:
  static void SetLimits(const config::v1::Server::Limits& limits, grpc::ServerBuilder& builder) {
    // Our own limits answer first, with a reason; those of the transport stand behind them.
    builder.SetMaxReceiveMessageSize(static_cast<int>(std::min<int64_t>(
        2 * limits.max_document_bytes() + (64 << 10), std::numeric_limits<int>::max())));
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                               2 * limits.max_calls() + limits.max_streams());
    // Two servers that share a port by accident would each get a part of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    // What gRPC holds of messages that are still coming in or wait for a worker, of all connections
    // together.
    grpc::ResourceQuota quota("requests");
    quota.Resize(static_cast<size_t>(3 * limits.max_request_bytes()));
    builder.SetResourceQuota(quota);
    // A peer that is gone without a word is found out; one that pings more than every ten seconds
    // is refused.
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 16 << 10);
  }

  void SetServing(bool serving) {
    grpc::HealthCheckServiceInterface* health = grpc_->GetHealthCheckService();
    health->SetServingStatus(serving);
    for (const method::Method& method : method::Methods())
      health->SetServingStatus(method.descriptor->service()->full_name(), serving);
    if (http_ != nullptr) http_->SetReady(serving);
  }

  // Looks after what changes outside.
  void Care() {
    bool serving = true;
    std::unique_lock<std::mutex> lock(mutex_);
    while (!changed_.wait_for(lock, kCareInterval, [this] { return stopping_; })) {
      lock.unlock();
      backend_->ReloadWhenChanged();
      const bool ready = backend_->store().CheckReady().ok();
      if (ready != serving) SetServing(ready);
      serving = ready;
      lock.lock();
    }
  }

  // In this order: the servers go first, then the services, then the workers, which finish what
  // they have.
  const std::unique_ptr<Backend> backend_;
  StreamWatch watch_;
  Dispatcher dispatcher_;
  const std::vector<std::unique_ptr<grpc::Service>> grpc_services_;
  std::unique_ptr<HttpServer> http_;
  std::unique_ptr<grpc::Server> grpc_;
  std::string address_;

  std::once_flag shutdown_once_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_
  bool stopped_ = false;   // guarded by mutex_
  std::thread carer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(config::v1::Server config,
                                                      const MakePipeline& make_pipeline,
                                                      LogSink log) {
  absl::StatusOr<config::v1::Server> complete = CompleteConfig(std::move(config));
  if (!complete.ok()) return complete.status();
  absl::StatusOr<std::unique_ptr<Backend>> backend =
      Backend::Create(*std::move(complete), make_pipeline, std::move(log));
  if (!backend.ok()) return backend.status();
  auto server = std::make_unique<DualServer>(*std::move(backend));
  const absl::Status status = server->Listen();
  if (!status.ok()) return status;
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace crossfoot::server
