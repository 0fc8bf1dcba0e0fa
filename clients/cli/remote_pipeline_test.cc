#include "clients/cli/remote_pipeline.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/document.h"
#include "core/error.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/testing/process.h"

namespace crossfoot::cli {
namespace {

using core::ErrorReason;
using validation::Pipeline;
using validation::PipelineOptions;
using validation::Validation;

std::string MessageOf(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

grpc::Status StatusWith(grpc::StatusCode code, const std::string& reason,
                        const std::map<std::string, std::string>& metadata, bool retry = false) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("crossfoot.dev");
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  google::rpc::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(info);
  if (retry) {
    google::rpc::RetryInfo after;
    after.mutable_retry_delay()->set_nanos(1'000'000);
    details.add_details()->PackFrom(after);
  }
  return grpc::Status(code, "the server's words", details.SerializeAsString());
}

// A service that notes what it is asked and answers as the test says.
class Service final : public v1::ValidationService::Service {
 public:
  explicit Service(std::function<grpc::Status(int call)> answer) : answer_(std::move(answer)) {}

  grpc::Status ValidateDocument(grpc::ServerContext* context,
                                const v1::ValidateDocumentRequest* request,
                                v1::ValidateDocumentResponse*) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    last_request_ = *request;
    const auto token = context->client_metadata().find("authorization");
    last_token_ = token == context->client_metadata().end()
                      ? "none"
                      : std::string(token->second.data(), token->second.size());
    return answer_(++calls_);
  }

  int calls() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return calls_;
  }
  v1::ValidateDocumentRequest last_request() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return last_request_;
  }
  std::string last_token() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return last_token_;
  }

 private:
  const std::function<grpc::Status(int call)> answer_;
  mutable std::mutex mutex_;
  int calls_ = 0;
  v1::ValidateDocumentRequest last_request_;
  std::string last_token_;
};

// `service` on a free port of this machine.
class Host {
 public:
  explicit Host(grpc::Service& service,
                const std::shared_ptr<grpc::ServerCredentials>& credentials =
                    grpc::InsecureServerCredentials()) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", credentials, &port);
    builder.RegisterService(&service);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~Host() { server_->Shutdown(); }

  const std::string& address() const { return address_; }

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

absl::Status Ask(const RemoteOptions& options, const PipelineOptions& pipeline_options = {}) {
  const auto pipeline = MakeRemotePipeline(options);
  if (!pipeline.ok()) return pipeline.status();
  return (*pipeline)->Validate("a.txt", "全国收入2463亿元。", pipeline_options).status();
}

TEST(RemotePipelineTest, AsksAsItWasTold) {
  Service service([](int) { return StatusWith(grpc::StatusCode::INTERNAL, "INTERNAL", {}); });
  const Host host(service);
  Validation newer, older;
  newer.document.uri = "newer.txt";
  newer.document.source = "new";
  older.document.uri = "older\xff.txt";
  older.document.source = "old";
  PipelineOptions options;
  options.reference_date = absl::CivilDay(2024, 3, 31);
  options.home_area = "大庆市";
  options.earlier = {&newer, &older};
  EXPECT_FALSE(
      Ask({.address = host.address(), .language = report::Language::kEnglish}, options).ok());
  const v1::ValidateDocumentRequest request = service.last_request();
  EXPECT_EQ(request.document().uri(), "a.txt");
  EXPECT_EQ(request.document().content(), "全国收入2463亿元。");
  EXPECT_EQ(request.options().reference_date(), "2024-03-31");
  EXPECT_EQ(request.options().home_area(), "大庆市");
  EXPECT_EQ(request.options().language(), v1::LANGUAGE_EN);
  EXPECT_EQ(request.options().view(), v1::VIEW_FULL);
  ASSERT_EQ(request.earlier_documents_size(), 2);
  EXPECT_EQ(request.earlier_documents(0).uri(), "older\uFFFD.txt") << "the oldest first";
  EXPECT_EQ(request.earlier_documents(1).content(), "new");
  EXPECT_EQ(service.last_token(), "none");
}

TEST(RemotePipelineTest, OfALongPathTheEndIsSent) {
  Service service([](int) { return StatusWith(grpc::StatusCode::INTERNAL, "INTERNAL", {}); });
  const Host host(service);
  std::string path = "/";
  while (path.size() < 4000) path += "目录/";
  path += "大庆市.txt";
  const auto pipeline = MakeRemotePipeline({.address = host.address()});
  ASSERT_TRUE(pipeline.ok());
  EXPECT_FALSE((*pipeline)->Validate(path, "全国收入2463亿元。", {}).ok());
  const std::string sent = service.last_request().document().uri();
  EXPECT_LE(sent.size(), 2048u);
  EXPECT_GE(sent.size(), 2040u);
  EXPECT_EQ(path.substr(path.size() - sent.size()), sent);
}

TEST(RemotePipelineTest, ErrorsKeepTheirReason) {
  Service service([](int) {
    return StatusWith(grpc::StatusCode::INVALID_ARGUMENT, "TOO_MANY_FIGURES",
                      {{"max_figures", "7"}});
  });
  const Host host(service);
  const absl::Status status = Ask({.address = host.address()});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kTooManyFigures);
  EXPECT_EQ(core::MetadataOf(status).at("max_figures"), "7");
  EXPECT_EQ(MessageOf(status), "the server's words");
}

TEST(RemotePipelineTest, AReasonOfANewerVersionIsInternal) {
  Service service(
      [](int) { return StatusWith(grpc::StatusCode::INVALID_ARGUMENT, "TOO_MODERN", {}); });
  const Host host(service);
  const absl::Status status = Ask({.address = host.address()});
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kInternal);
  EXPECT_EQ(MessageOf(status), "the server's words");
}

TEST(RemotePipelineTest, AServerThatIsBusyIsAskedAgain) {
  Service service([](int call) {
    return call < 3 ? StatusWith(grpc::StatusCode::RESOURCE_EXHAUSTED, "SERVER_BUSY", {}, true)
                    : StatusWith(grpc::StatusCode::INVALID_ARGUMENT, "TOO_MANY_FIGURES", {});
  });
  const Host host(service);
  EXPECT_EQ(core::ReasonOf(Ask({.address = host.address()})), ErrorReason::kTooManyFigures);
  EXPECT_EQ(service.calls(), 3);
  // Not beyond the timeout.
  Service always([](int) {
    return StatusWith(grpc::StatusCode::RESOURCE_EXHAUSTED, "SERVER_BUSY", {}, true);
  });
  const Host other(always);
  EXPECT_EQ(core::ReasonOf(Ask({.address = other.address(), .timeout = absl::Seconds(1)})),
            ErrorReason::kServerBusy);
}

TEST(RemotePipelineTest, AServerThatIsAwayIsTriedAgain) {
  Service service([](int call) {
    return call < 3 ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "stopping")
                    : StatusWith(grpc::StatusCode::INVALID_ARGUMENT, "TOO_MANY_FIGURES", {});
  });
  const Host host(service);
  EXPECT_EQ(core::ReasonOf(Ask({.address = host.address()})), ErrorReason::kTooManyFigures);
  EXPECT_EQ(service.calls(), 3);
  Service never([](int) { return grpc::Status(grpc::StatusCode::UNAVAILABLE, "stopping"); });
  const Host other(never);
  const absl::Status status = Ask({.address = other.address()});
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kInternal);
  EXPECT_EQ(MessageOf(status).rfind("cannot reach the server at " + other.address(), 0), 0u);
  EXPECT_EQ(never.calls(), 4);
}

TEST(RemotePipelineTest, AnAnswerThatDoesNotFitIsRefused) {
  Service service([](int) { return grpc::Status::OK; });
  const Host host(service);
  const absl::Status status = Ask({.address = host.address()});
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kInternal);
  EXPECT_EQ(MessageOf(status).rfind("a.txt: the server's answer does not fit", 0), 0u);
}

TEST(RemotePipelineTest, WhatCannotBeReadIsNotSent) {
  Service service([](int) { return grpc::Status::OK; });
  const Host host(service);
  const auto pipeline = MakeRemotePipeline({.address = host.address()});
  ASSERT_TRUE(pipeline.ok());
  EXPECT_EQ(core::ReasonOf((*pipeline)->Validate("a.txt", "", {}).status()),
            ErrorReason::kDocumentEmpty);
  PipelineOptions options;
  options.max_document_bytes = 2;
  EXPECT_EQ(core::ReasonOf((*pipeline)->Validate("a.txt", "xyz", options).status()),
            ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(service.calls(), 0);
  EXPECT_TRUE((*pipeline)->rules().empty());
  EXPECT_EQ(core::ReasonOf((*pipeline)->With({}).status()), ErrorReason::kArgumentInvalid);
}

TEST(RemotePipelineTest, TheTokenStaysOnThisMachineUnlessEncrypted) {
  Service service([](int) { return StatusWith(grpc::StatusCode::INTERNAL, "INTERNAL", {}); });
  const Host host(service);
  EXPECT_EQ(core::ReasonOf(Ask({.address = host.address(), .token = "a.b"})),
            ErrorReason::kInternal);
  EXPECT_EQ(service.last_token(), "Bearer a.b");
  for (const char* address : {"example.org:50051", "192.0.2.1:50051", "[2001:db8::1]:50051"}) {
    EXPECT_EQ(core::ReasonOf(MakeRemotePipeline({.address = address, .token = "a.b"}).status()),
              ErrorReason::kArgumentInvalid)
        << address;
    EXPECT_TRUE(MakeRemotePipeline({.address = address}).ok());
    EXPECT_TRUE(
        MakeRemotePipeline({.address = address, .tls = RemoteOptions::Tls(), .token = "a"}).ok());
  }
  for (const char* address : {"localhost:50051", "[::1]:50051"})
    EXPECT_TRUE(MakeRemotePipeline({.address = address, .token = "a.b"}).ok()) << address;
  for (const char* token : {"a b", "a\nb", "\x01", "é"}) {
    EXPECT_EQ(core::ReasonOf(MakeRemotePipeline({.address = "[::1]:1", .token = token}).status()),
              ErrorReason::kArgumentInvalid);
  }
  for (const char* address : {"", "host", ":1", "host:", "host:0", "host:99999", "::1:5", "a:b"}) {
    EXPECT_EQ(core::ReasonOf(MakeRemotePipeline({.address = address}).status()),
              ErrorReason::kArgumentInvalid)
        << address;
  }
}

std::string TestFile(const std::string& name) {
  std::ifstream file(testing::RunfilePath("clients/cli/testdata/" + name), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

TEST(RemotePipelineTest, BothSidesShowTheirCertificate) {
  Service service(
      [](int) { return StatusWith(grpc::StatusCode::INVALID_ARGUMENT, "TOO_MANY_FIGURES", {}); });
  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = TestFile("ca.pem");
  tls.pem_key_cert_pairs = {{TestFile("server.key"), TestFile("server.pem")}};
  const Host host(service, grpc::SslServerCredentials(tls));
  RemoteOptions options = {.address = host.address(), .token = "a.b"};
  options.tls = {TestFile("ca.pem"), TestFile("client.pem"), TestFile("client.key")};
  EXPECT_EQ(core::ReasonOf(Ask(options)), ErrorReason::kTooManyFigures);
  EXPECT_EQ(service.last_token(), "Bearer a.b");
  const int calls = service.calls();
  options.tls->certificate.clear();
  options.tls->key.clear();
  EXPECT_EQ(MessageOf(Ask(options)).rfind("cannot reach the server", 0), 0u) << "who calls?";
  options.tls = {TestFile("client.pem"), TestFile("client.pem"), TestFile("client.key")};
  EXPECT_EQ(MessageOf(Ask(options)).rfind("cannot reach the server", 0), 0u) << "who answers?";
  options.tls.reset();
  EXPECT_EQ(MessageOf(Ask(options)).rfind("cannot reach the server", 0), 0u) << "unencrypted";
  EXPECT_EQ(service.calls(), calls);
}

}  // namespace
}  // namespace crossfoot::cli
