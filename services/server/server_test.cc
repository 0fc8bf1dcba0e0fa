#include "services/server/server.h"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include "core/error.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_pipeline.h"
#include "tests/testing/raw_call.h"

namespace crossfoot::server {
namespace {

using testing::FakePipeline;
using testing::RawCall;

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

// What a real client reads back from the details of a failed call.
google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (details.ParseFromString(status.error_details()) && details.details_size() >= 1) {
    details.details(0).UnpackTo(&info);
  }
  return info;
}

class ServerTest : public ::testing::Test {
 protected:
  void Start(ServerOptions options = {}) {
    options.listen_address = "127.0.0.1:0";
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options, pipeline_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = Connect(server_->address());
    validation_ = v1::ValidationService::NewStub(channel_);
    extraction_ = v1::ExtractionService::NewStub(channel_);
  }

  grpc::Status Validate(const std::string& content, v1::ValidateDocumentResponse* response,
                        std::chrono::milliseconds timeout = std::chrono::seconds(30)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + timeout);
    v1::ValidateDocumentRequest request;
    request.mutable_document()->set_uri("a.txt");
    request.mutable_document()->set_content(content);
    return validation_->ValidateDocument(&context, request, response);
  }

  FakePipeline pipeline_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ValidationService::Stub> validation_;
  std::unique_ptr<v1::ExtractionService::Stub> extraction_;
};

TEST_F(ServerTest, AnswersBothServices) {
  Start();
  v1::ValidateDocumentResponse response;
  ASSERT_TRUE(Validate("x", &response).ok());
  EXPECT_EQ(response.findings_size(), 1);

  grpc::ClientContext context;
  v1::ExtractFiguresRequest request;
  request.mutable_document()->set_text("x");
  v1::ExtractFiguresResponse figures;
  ASSERT_TRUE(extraction_->ExtractFigures(&context, request, &figures).ok());
  EXPECT_EQ(figures.figures_size(), 6);
}

TEST_F(ServerTest, ErrorInfoReachesTheClient) {
  Start();
  grpc::ClientContext context;
  v1::ValidateDocumentResponse response;
  const grpc::Status status =
      validation_->ValidateDocument(&context, v1::ValidateDocumentRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(InfoOf(status).reason(), "ARGUMENT_INVALID");
  EXPECT_EQ(InfoOf(status).domain(), "crossfoot.dev");
  EXPECT_EQ(InfoOf(status).metadata().at("field"), "document");
}

TEST_F(ServerTest, OurLimitAnswersBeforeTheTransports) {
  Start({.max_document_bytes = 100'000});
  v1::ValidateDocumentResponse response;
  EXPECT_TRUE(Validate(std::string(100'000, 'x'), &response).ok());
  const grpc::Status above = Validate(std::string(200'000, 'x'), &response);
  EXPECT_EQ(above.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(InfoOf(above).reason(), "DOCUMENT_TOO_LARGE");
  const grpc::Status far_above = Validate(std::string(1'000'000, 'x'), &response);
  EXPECT_EQ(far_above.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServerTest, RefusesCallsAboveTheBound) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::promise<void> started;
  pipeline_.on_call = [&](const std::string& bytes, const validation::PipelineOptions&) {
    if (bytes != "slow") return;
    started.set_value();
    released.wait();
  };
  Start({.worker_count = 1, .max_in_flight = 1});
  std::thread slow([this] {
    v1::ValidateDocumentResponse response;
    EXPECT_TRUE(Validate("slow", &response).ok());
  });
  started.get_future().wait();
  v1::ValidateDocumentResponse response;
  const grpc::Status busy = Validate("x", &response);
  EXPECT_EQ(busy.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(busy).reason(), "SERVER_BUSY");
  EXPECT_EQ(InfoOf(busy).metadata().at("max_in_flight"), "1");
  release.set_value();
  slow.join();
}

TEST_F(ServerTest, DoesNotStartWorkWhoseCallerHasGone) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::promise<void> started;
  std::atomic<int> late_calls = 0;
  pipeline_.on_call = [&](const std::string& bytes, const validation::PipelineOptions&) {
    if (bytes == "late") ++late_calls;
    if (bytes != "slow") return;
    started.set_value();
    released.wait();
  };
  Start({.worker_count = 1});
  std::thread slow([this] {
    v1::ValidateDocumentResponse response;
    EXPECT_TRUE(Validate("slow", &response).ok());
  });
  started.get_future().wait();
  v1::ValidateDocumentResponse response;
  EXPECT_EQ(Validate("late", &response, std::chrono::milliseconds(100)).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  // The server's deadline ends a little later: it begins when the call arrives.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  release.set_value();
  slow.join();
  EXPECT_TRUE(Validate("x", &response).ok());  // comes after the late one
  EXPECT_EQ(late_calls, 0);
}

TEST_F(ServerTest, ShutdownFinishesCallsInFlight) {
  std::promise<void> started;
  pipeline_.on_call = [&](const std::string&, const validation::PipelineOptions&) {
    started.set_value();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  };
  Start();
  std::thread call([this] {
    v1::ValidateDocumentResponse response;
    EXPECT_TRUE(Validate("x", &response).ok());
    EXPECT_EQ(response.findings_size(), 1);
  });
  started.get_future().wait();
  std::thread waiter([this] { server_->WaitForShutdown(); });
  server_->Shutdown(absl::Seconds(30));
  server_->Shutdown(absl::Seconds(30));
  call.join();
  waiter.join();
  v1::ValidateDocumentResponse response;
  EXPECT_EQ(Validate("x", &response).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ServerTest, TellsItsHealth) {
  Start();
  // grpc.health.v1: HealthCheckRequest {1: service}, HealthCheckResponse {1: status, 1 is SERVING}.
  EXPECT_EQ(RawCall(channel_, "/grpc.health.v1.Health/Check", "").value(), "\x08\x01");
  const std::string service = "crossfoot.v1.ValidationService";
  const std::string request = "\x0a" + std::string(1, static_cast<char>(service.size())) + service;
  EXPECT_EQ(RawCall(channel_, "/grpc.health.v1.Health/Check", request).value(), "\x08\x01");
}

TEST_F(ServerTest, ListsItsServices) {
  Start();
  // grpc.reflection.v1alpha: ServerReflectionRequest {7: list_services}.
  const std::string response =
      RawCall(channel_, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              "\x3a\x01*")
          .value();
  EXPECT_NE(response.find("crossfoot.v1.ValidationService"), std::string::npos);
  EXPECT_NE(response.find("crossfoot.v1.ExtractionService"), std::string::npos);
  EXPECT_NE(response.find("crossfoot.v1.RuleService"), std::string::npos);
}

TEST_F(ServerTest, ManyClientsAtOnce) {
  Start({.max_in_flight = 1000});
  std::vector<std::thread> clients;
  std::atomic<int> answered = 0;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([this, &answered] {
      for (int call = 0; call < 50; ++call) {
        v1::ValidateDocumentResponse response;
        if (Validate("x", &response).ok() && response.findings_size() == 1) ++answered;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 400);
}

// The field that Start refuses.
std::string RefusedField(const ServerOptions& options) {
  const FakePipeline pipeline;
  const auto server = Server::Start(options, pipeline);
  EXPECT_FALSE(server.ok());
  return core::MetadataOf(server.status())["field"];
}

TEST(ServerOptionsTest, RefusesWhatItCannotServe) {
  EXPECT_EQ(RefusedField({.listen_address = "nonsense"}), "listen_address");
  EXPECT_EQ(RefusedField({.listen_address = "0.0.0.0:0"}), "listen_address");
  EXPECT_EQ(RefusedField({.max_document_bytes = 0}), "max_document_bytes");
  EXPECT_EQ(RefusedField({.worker_count = -1}), "worker_count");
  EXPECT_EQ(RefusedField({.max_in_flight = 0}), "max_in_flight");
}

TEST(ServerOptionsTest, AllowsRemoteAddressesWhenTold) {
  const FakePipeline pipeline;
  const auto server =
      Server::Start({.listen_address = "0.0.0.0:0", .allow_insecure_remote = true}, pipeline);
  EXPECT_TRUE(server.ok()) << server.status();
}

TEST(ServerOptionsTest, DoesNotShareAPort) {
  const FakePipeline pipeline;
  const auto first = Server::Start({.listen_address = "127.0.0.1:0"}, pipeline);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(RefusedField({.listen_address = (*first)->address()}), "listen_address");
}

}  // namespace
}  // namespace crossfoot::server
