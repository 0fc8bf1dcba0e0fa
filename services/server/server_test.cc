#include "services/server/server.h"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
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

// Pipelines that pass everything on to `pipeline`.
MakePipeline MakeFake(const FakePipeline* pipeline) {
  return [pipeline](const std::vector<validation::RulePackFile>&) {
    auto made = std::make_unique<FakePipeline>();
    made->on_call = [pipeline](const std::string& bytes,
                               const validation::PipelineOptions& options) {
      if (pipeline->on_call) pipeline->on_call(bytes, options);
    };
    return absl::StatusOr<std::unique_ptr<validation::Pipeline>>(std::move(made));
  };
}

class ServerTest : public ::testing::Test {
 protected:
  void Start(config::v1::Server config = {}) {
    config.mutable_grpc()->set_listen_address("127.0.0.1:0");
    absl::StatusOr<std::unique_ptr<Server>> server =
        Server::Start(std::move(config), MakeFake(&pipeline_), {});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = Connect(server_->address());
    validation_ = v1::ValidationService::NewStub(channel_);
    extraction_ = v1::ExtractionService::NewStub(channel_);
  }

  // Documents that are "slow" last until `release` has its value.
  void StartWithTwoWorkers(std::promise<void>& release) {
    pipeline_.on_call = [released = release.get_future().share()](
                            const std::string& bytes, const validation::PipelineOptions&) {
      if (bytes == "slow") released.wait();
    };
    config::v1::Server config;
    config.mutable_limits()->set_workers(2);
    Start(config);
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
  config::v1::Server config;
  config.mutable_limits()->set_max_document_bytes(100'000);
  Start(config);
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
  config::v1::Server config;
  config.mutable_limits()->set_workers(1);
  config.mutable_limits()->set_max_calls(1);
  Start(config);
  std::thread slow([this] {
    v1::ValidateDocumentResponse response;
    EXPECT_TRUE(Validate("slow", &response).ok());
  });
  started.get_future().wait();
  v1::ValidateDocumentResponse response;
  const grpc::Status busy = Validate("x", &response);
  EXPECT_EQ(busy.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(busy).reason(), "SERVER_BUSY");
  EXPECT_EQ(InfoOf(busy).metadata().at("max_calls"), "1");
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
  config::v1::Server config;
  config.mutable_limits()->set_workers(1);
  Start(config);
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
  server_->Shutdown();
  server_->Shutdown();
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
  config::v1::Server config;
  config.mutable_limits()->set_max_calls(1000);
  Start(config);
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
std::string RefusedField(const config::v1::Server& config) {
  const FakePipeline pipeline;
  const auto server = Server::Start(config, MakeFake(&pipeline), {});
  EXPECT_FALSE(server.ok());
  return core::MetadataOf(server.status())["field"];
}

TEST(ServerConfigTest, RefusesWhatItCannotServe) {
  config::v1::Server config;
  config.mutable_grpc()->set_listen_address("nonsense");
  EXPECT_EQ(RefusedField(config), "grpc.listen_address");
  config.mutable_grpc()->set_listen_address("0.0.0.0:0");
  EXPECT_EQ(RefusedField(config), "grpc.listen_address");
}

TEST(ServerConfigTest, AllowsRemoteAddressesWhenTold) {
  const FakePipeline pipeline;
  config::v1::Server config;
  config.mutable_grpc()->set_listen_address("0.0.0.0:0");
  config.set_allow_insecure_remote(true);
  const auto server = Server::Start(config, MakeFake(&pipeline), {});
  EXPECT_TRUE(server.ok()) << server.status();
}

TEST(ServerConfigTest, DoesNotShareAPort) {
  const FakePipeline pipeline;
  config::v1::Server config;
  config.mutable_grpc()->set_listen_address("127.0.0.1:0");
  config.mutable_http()->set_listen_address("127.0.0.1:0");
  const auto first = Server::Start(config, MakeFake(&pipeline), {});
  ASSERT_TRUE(first.ok()) << first.status();
  config::v1::Server other = config;
  other.mutable_grpc()->set_listen_address((*first)->address());
  EXPECT_EQ(RefusedField(other), "grpc.listen_address");
  other = config;
  other.mutable_http()->set_listen_address((*first)->http_address());
  EXPECT_EQ(RefusedField(other), "http.listen_address");
}

// ---- The stream of documents

using Stream =
    grpc::ClientReaderWriter<v1::ValidateDocumentsRequest, v1::ValidateDocumentsResponse>;

v1::ValidateDocumentsRequest ItemFor(const std::string& id, const std::string& text) {
  v1::ValidateDocumentsRequest request;
  request.set_id(id);
  request.mutable_request()->mutable_document()->set_text(text);
  return request;
}

TEST_F(ServerTest, AnswersAStreamOfDocuments) {
  Start();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = validation_->ValidateDocuments(&context);
  constexpr int kCount = 500;
  std::thread writer([&stream] {
    for (int i = 0; i < kCount; ++i)
      ASSERT_TRUE(stream->Write(ItemFor(std::to_string(i), i % 10 == 3 ? "" : "x")));
    stream->WritesDone();
  });
  std::set<std::string> ids;
  v1::ValidateDocumentsResponse response;
  while (stream->Read(&response)) {
    EXPECT_TRUE(ids.insert(response.id()).second) << response.id();
    if (response.id().back() == '3') {
      EXPECT_EQ(response.response().error().reason(), "DOCUMENT_EMPTY");
    } else {
      EXPECT_EQ(response.response().findings_size(), 1);
    }
  }
  writer.join();
  const grpc::Status status = stream->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(ids.size(), static_cast<size_t>(kCount));
}

TEST_F(ServerTest, AnswersEachDocumentWhenItIsDone) {
  std::promise<void> release;
  StartWithTwoWorkers(release);
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = validation_->ValidateDocuments(&context);
  ASSERT_TRUE(stream->Write(ItemFor("slow", "slow")));
  ASSERT_TRUE(stream->Write(ItemFor("quick", "x")));
  v1::ValidateDocumentsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.id(), "quick");
  release.set_value();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.id(), "slow");
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

// Responses of a busy stream leave together, but none waits for a document that takes long.
TEST_F(ServerTest, AnswersWhatIsDoneWhileMoreIsWaiting) {
  std::promise<void> release;
  StartWithTwoWorkers(release);
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = validation_->ValidateDocuments(&context);
  for (const std::string text : {"slow", "quick", "slow", "late", "late"})
    ASSERT_TRUE(stream->Write(ItemFor(text, text)));
  v1::ValidateDocumentsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.id(), "quick");
  release.set_value();
  stream->WritesDone();
  std::multiset<std::string> others;
  while (stream->Read(&response)) others.insert(response.id());
  EXPECT_EQ(others, (std::multiset<std::string>{"slow", "slow", "late", "late"}));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServerTest, RefusesWhatIsNoMessage) {
  Start();
  const std::string garbage = "\xff\xff\xff";
  const absl::StatusOr<std::string> refused =
      RawCall(channel_, "/crossfoot.v1.ValidationService/ValidateDocument", garbage);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << refused.status();
  // A stream goes on with its next document.
  const absl::StatusOr<std::string> answered =
      RawCall(channel_, "/crossfoot.v1.ValidationService/ValidateDocuments", garbage);
  ASSERT_TRUE(answered.ok()) << answered.status();
  v1::ValidateDocumentsResponse response;
  ASSERT_TRUE(response.ParseFromString(*answered));
  EXPECT_EQ(response.response().error().reason(), "ARGUMENT_INVALID");
  EXPECT_EQ(response.id(), "");
}

// A caller that takes nothing is not read from, and is cut off in the end.
TEST_F(ServerTest, HoldsASlowReaderBackAndCutsItOff) {
  std::atomic<int> read = 0;
  pipeline_.on_call = [&](const std::string&, const validation::PipelineOptions&) { ++read; };
  config::v1::Server config;
  config.mutable_limits()->set_workers(1);
  config.mutable_limits()->set_stream_stall_ms(1000);
  Start(config);
  // Responses are a kilobyte or two, and gRPC holds some 64 KB for whoever does not read.
  grpc::ChannelArguments arguments;
  arguments.SetInt("grpc.http2.bdp_probe", 0);
  arguments.SetInt("grpc.http2.lookahead_bytes", 65535);
  const auto stub = v1::ValidationService::NewStub(
      grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub->ValidateDocuments(&context);
  // More than the few megabytes that HTTP/2 may have on the way.
  const v1::ValidateDocumentsRequest item = ItemFor("", std::string(1000, 'x'));
  int written = 0;
  while (written < 100'000 && stream->Write(item)) ++written;
  EXPECT_LT(written, 100'000);
  EXPECT_LE(read, written);
  v1::ValidateDocumentsResponse unread;
  while (stream->Read(&unread)) continue;
  const grpc::Status status = stream->Finish();
  EXPECT_FALSE(status.ok());
  v1::ValidateDocumentResponse response;
  EXPECT_TRUE(Validate("x", &response).ok());
}

TEST_F(ServerTest, EndsAStreamOnWhichNothingIsSent) {
  config::v1::Server config;
  config.mutable_limits()->set_stream_stall_ms(200);
  Start(config);
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = validation_->ValidateDocuments(&context);
  v1::ValidateDocumentsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED) << status.error_message();
  EXPECT_EQ(InfoOf(status).reason(), "STREAM_STALLED");
  EXPECT_EQ(InfoOf(status).metadata().at("timeout"), "200ms");
}

TEST_F(ServerTest, StreamsOutliveThoseWhoVanish) {
  Start();
  for (int round = 0; round < 50; ++round) {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = validation_->ValidateDocuments(&context);
    for (int i = 0; i < round % 7; ++i) stream->Write(ItemFor("", "x"));
    context.TryCancel();
  }
  config::v1::Server config;
  v1::ValidateDocumentResponse response;
  EXPECT_TRUE(Validate("x", &response).ok());
}

TEST_F(ServerTest, BoundsHowManyStreamsAreOpen) {
  config::v1::Server config;
  config.mutable_limits()->set_max_streams(1);
  Start(config);
  grpc::ClientContext first_context;
  const std::unique_ptr<Stream> first = validation_->ValidateDocuments(&first_context);
  ASSERT_TRUE(first->Write(ItemFor("a", "x")));
  v1::ValidateDocumentsResponse response;
  ASSERT_TRUE(first->Read(&response));
  grpc::ClientContext second_context;
  const std::unique_ptr<Stream> second = validation_->ValidateDocuments(&second_context);
  const grpc::Status refused = second->Finish();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(refused).metadata().at("limit"), "max_streams");
  first->WritesDone();
  EXPECT_TRUE(first->Finish().ok());
}

// ---- Giving up

TEST_F(ServerTest, GivesWorkUpWhenItsCallerIsGone) {
  std::promise<void> started;
  std::promise<void> given_up;
  pipeline_.on_call = [&](const std::string& bytes, const validation::PipelineOptions& options) {
    if (bytes != "long") return;
    started.set_value();
    while (!options.cancellation->stopped()) std::this_thread::yield();
    given_up.set_value();
  };
  Start();
  grpc::ClientContext context;
  std::thread caller([&] {
    v1::ValidateDocumentRequest request;
    request.mutable_document()->set_text("long");
    v1::ValidateDocumentResponse response;
    EXPECT_EQ(validation_->ValidateDocument(&context, request, &response).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  started.get_future().wait();
  context.TryCancel();
  EXPECT_EQ(given_up.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  caller.join();
}

TEST_F(ServerTest, GivesACallNoMoreTimeThanTheServerAllows) {
  pipeline_.on_call = [&](const std::string& bytes, const validation::PipelineOptions& options) {
    while (bytes == "long" && !options.cancellation->stopped()) std::this_thread::yield();
  };
  config::v1::Server config;
  config.mutable_limits()->set_max_call_ms(100);
  Start(config);
  v1::ValidateDocumentResponse response;
  const grpc::Status status = Validate("long", &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(InfoOf(status).reason(), "DEADLINE_EXCEEDED");
}

}  // namespace
}  // namespace crossfoot::server
