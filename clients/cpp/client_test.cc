#include "clients/cpp/client.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "clients/cpp/call_error.h"
#include "core/error.h"
#include "core/sha256.h"
#include "google/protobuf/empty.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/testing/certificates.h"

namespace crossfoot::client {
namespace {

using core::ErrorReason;

// What a test says of a call, by the number of calls so far.
using Answer = std::function<grpc::Status(int call)>;

grpc::Status Ok(int) { return grpc::Status::OK; }
grpc::Status Stopping(int) { return grpc::Status(grpc::StatusCode::UNAVAILABLE, "stopping"); }

std::string TokenOf(const grpc::ServerContext& context) {
  const auto token = context.client_metadata().find("authorization");
  return token == context.client_metadata().end()
             ? "none"
             : std::string(token->second.data(), token->second.size());
}

// What was called, with what; shared by the services below.
class Calls {
 public:
  explicit Calls(Answer answer) : answer_(std::move(answer)) {}

  grpc::Status Note(const grpc::ServerContext& context) {
    const std::lock_guard<std::mutex> lock(mutex_);
    token_ = TokenOf(context);
    return answer_(++count_);
  }
  int count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return count_;
  }
  std::string token() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return token_;
  }

 private:
  const Answer answer_;
  mutable std::mutex mutex_;
  int count_ = 0;
  std::string token_;
};

class ValidationService final : public v1::ValidationService::Service {
 public:
  explicit ValidationService(Calls& calls) : calls_(calls) {}

  grpc::Status ValidateDocument(grpc::ServerContext* context,
                                const v1::ValidateDocumentRequest* request,
                                v1::ValidateDocumentResponse* response) override {
    grpc::Status status = calls_.Note(*context);
    if (status.ok()) *response->mutable_document() = request->document();
    return status;
  }

  // Answers each report; one without text as what cannot be read.  "cut" ends the stream, well;
  // "wait" waits for the caller to go.
  grpc::Status ValidateDocuments(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ValidateDocumentsResponse, v1::ValidateDocumentsRequest>* stream)
      override {
    v1::ValidateDocumentsRequest request;
    while (stream->Read(&request)) {
      const std::string& text = request.request().document().text();
      if (text == "cut") return grpc::Status::OK;
      while (text == "wait" && !context->IsCancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      v1::ValidateDocumentsResponse response;
      response.set_id(request.id());
      if (text.empty()) response.mutable_response()->mutable_error()->set_reason("DOCUMENT_EMPTY");
      if (!stream->Write(response)) break;
    }
    return calls_.Note(*context);
  }

 private:
  Calls& calls_;
};

class DocumentService final : public v1::DocumentService::Service {
 public:
  explicit DocumentService(Calls& calls) : calls_(calls) {}

  grpc::Status CreateDocument(grpc::ServerContext* context,
                              const v1::CreateDocumentRequest* request, v1::Document*) override {
    request_ids.push_back(request->request_id());
    return calls_.Note(*context);
  }
  grpc::Status DeleteDocument(grpc::ServerContext* context, const v1::DeleteDocumentRequest*,
                              google::protobuf::Empty*) override {
    return calls_.Note(*context);
  }
  // Pages of one document each, three in all.
  grpc::Status ListDocuments(grpc::ServerContext* context, const v1::ListDocumentsRequest* request,
                             v1::ListDocumentsResponse* response) override {
    const std::string& token = request->page_token();
    response->add_documents()->set_name("documents/" + (token.empty() ? "1" : token));
    if (token != "3") response->set_next_page_token(token.empty() ? "2" : "3");
    return calls_.Note(*context);
  }
  grpc::Status UploadDocument(grpc::ServerContext* context,
                              grpc::ServerReader<v1::UploadDocumentRequest>* reader,
                              v1::Document* document) override {
    v1::UploadDocumentRequest part;
    std::string bytes;
    while (reader->Read(&part)) {
      if (part.has_create()) document->set_name("documents/" + part.create().document_id());
      longest_chunk = std::max(longest_chunk, part.chunk().size());
      bytes += part.chunk();
      if (!part.sha256().empty()) digest = part.sha256();
    }
    digest_of_bytes = core::Sha256Hex(bytes);
    return calls_.Note(*context);
  }

  std::vector<std::string> request_ids;
  std::string digest, digest_of_bytes;
  size_t longest_chunk = 0;

 private:
  Calls& calls_;
};

// The services on a free port of this machine.
class Host {
 public:
  explicit Host(Answer answer, const std::shared_ptr<grpc::ServerCredentials>& credentials =
                                   grpc::InsecureServerCredentials())
      : calls(std::move(answer)), validation(calls), documents(calls) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", credentials, &port);
    builder.RegisterService(&validation);
    builder.RegisterService(&documents);
    builder.SetMaxReceiveMessageSize(-1);
    server_ = builder.BuildAndStart();
    address = "127.0.0.1:" + std::to_string(port);
  }
  ~Host() { server_->Shutdown(std::chrono::system_clock::now()); }

  Calls calls;
  ValidationService validation;
  DocumentService documents;
  std::string address;

 private:
  std::unique_ptr<grpc::Server> server_;
};

Client MakeClient(const std::string& target, const ClientOptions& options = {}) {
  absl::StatusOr<Client> client = Client::Connect(target, options);
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

TEST(ClientTest, MethodsThatMayBeCalledTwiceAre) {
  Host host([](int call) { return call < 3 ? Stopping(call) : grpc::Status::OK; });
  const Client client = MakeClient(host.address);
  // As large as documents come, which gRPC does not keep by itself.
  const auto result = client.CheckText(std::string(3 << 20, 'x'));
  EXPECT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->document().text().size(), size_t{3} << 20);
  EXPECT_EQ(host.calls.count(), 3);
}

TEST(ClientTest, AServerThatStaysAwayIsAskedFourTimes) {
  Host host(Stopping);
  const Client client = MakeClient(host.address);
  EXPECT_EQ(client.CheckText("a").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(host.calls.count(), 4);
}

TEST(ClientTest, DeletingIsNotTriedAgain) {
  Host host(Stopping);
  EXPECT_EQ(MakeClient(host.address).DeleteDocument({}).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(host.calls.count(), 1);
}

TEST(ClientTest, AttemptsToStoreAreKnownAsOne) {
  Host host([](int call) { return call < 3 ? Stopping(call) : grpc::Status::OK; });
  const Client client = MakeClient(host.address);
  EXPECT_TRUE(client.CreateDocument({}).ok());
  EXPECT_TRUE(client.CreateDocument({}).ok());
  v1::CreateDocumentRequest request;
  request.set_request_id("the caller's own");
  EXPECT_TRUE(client.CreateDocument(request).ok());
  const std::vector<std::string>& ids = host.documents.request_ids;
  ASSERT_EQ(ids.size(), 5u);
  EXPECT_EQ(ids[0].size(), 36u);
  EXPECT_EQ(ids[0][14], '4') << ids[0];
  EXPECT_EQ(ids[1], ids[0]);
  EXPECT_EQ(ids[2], ids[0]);
  EXPECT_NE(ids[3], ids[0]) << "another document";
  EXPECT_EQ(ids[4], "the caller's own");
}

TEST(ClientTest, CallsEndWithTheirTimeout) {
  Host host([](int) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    return grpc::Status::OK;
  });
  const Client hasty = MakeClient(host.address, {.timeout = absl::Milliseconds(50)});
  const absl::Status status = hasty.CheckText("a").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(core::ReasonOf(status), std::nullopt) << "the server has not said it";
  EXPECT_TRUE(hasty.CheckText("a", {}, {.timeout = absl::Minutes(1)}).ok());
  EXPECT_TRUE(hasty.CheckText("a", {}, {.timeout = absl::InfiniteDuration()}).ok());
}

TEST(ClientTest, TheTokenGoesWithEveryCall) {
  Host host(Ok);
  EXPECT_TRUE(MakeClient(host.address).CheckText("a").ok());
  EXPECT_EQ(host.calls.token(), "none");
  const Client client = MakeClient("http://" + host.address, {.token = "a.b"});
  EXPECT_TRUE(client.CheckText("a").ok());
  EXPECT_EQ(host.calls.token(), "Bearer a.b");
}

TEST(ClientTest, TheTokenStaysOnThisMachineUnlessEncrypted) {
  for (const char* target : {"http://example.org:50051", "http://192.0.2.1:50051"}) {
    const auto client = Client::Connect(target, {.token = "a.b"});
    ASSERT_FALSE(client.ok()) << target;
    EXPECT_EQ(core::ReasonOf(client.status()), ErrorReason::kArgumentInvalid);
    EXPECT_EQ(core::MetadataOf(client.status())["field"], "encryption");
    EXPECT_TRUE(Client::Connect(target).ok());
  }
  for (const char* target : {"example.org:50051", "https://192.0.2.1:50051", "[::1]:50051"})
    EXPECT_TRUE(Client::Connect(target, {.token = "a.b"}).ok()) << target;
  for (const char* token : {"a b", "a\nb", "\x01", "é"}) {
    EXPECT_EQ(core::MetadataOf(Client::Connect("[::1]:1", {.token = token}).status())["field"],
              "token");
  }
}

TEST(ClientTest, BothSidesShowTheirCertificate) {
  const testing::CertificateAuthority authority("ours");
  const testing::Certificate server = authority.Issue("server");
  const testing::Certificate own = authority.Issue("client");
  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = authority.root();
  tls.pem_key_cert_pairs = {{server.key, server.certificate}};
  Host host(Ok, grpc::SslServerCredentials(tls));
  const Certificates good = {authority.root(), own.certificate, own.key};
  EXPECT_TRUE(MakeClient(host.address, {.certificates = good}).CheckText("a").ok());
  const int calls = host.calls.count();
  EXPECT_FALSE(
      MakeClient(host.address, {.certificates = {.roots = good.roots}}).CheckText("a").ok())
      << "who calls?";
  Certificates stranger = good;
  stranger.roots = testing::CertificateAuthority("another").root();
  EXPECT_FALSE(MakeClient(host.address, {.certificates = stranger}).CheckText("a").ok())
      << "who answers?";
  EXPECT_FALSE(MakeClient(host.address).CheckText("a").ok()) << "unencrypted";
  EXPECT_EQ(host.calls.count(), calls);
  const auto keyless = Client::Connect(
      host.address, {.certificates = {.roots = good.roots, .certificate = good.certificate}});
  EXPECT_EQ(core::MetadataOf(keyless.status())["field"], "certificates");
}

TEST(ClientTest, PagesAreJoined) {
  Host host(Ok);
  const Client client = MakeClient(host.address);
  const auto all = client.AllDocuments({});
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ((*all)[2].name(), "documents/3");
  v1::ListDocumentsRequest from_the_second;
  from_the_second.set_page_token("2");
  EXPECT_EQ(client.AllDocuments(from_the_second)->size(), 2u);
}

TEST(ClientTest, APageThatFailsFailsAll) {
  Host host([](int call) {
    return call < 2 ? grpc::Status::OK : grpc::Status(grpc::StatusCode::INTERNAL, "broken");
  });
  EXPECT_EQ(MakeClient(host.address).AllDocuments({}).status().code(), absl::StatusCode::kInternal);
}

TEST(ClientTest, AnUploadComesInPiecesWithItsDigest) {
  Host host(Ok);
  const Client client = MakeClient(host.address);
  v1::CreateDocumentRequest request;
  request.set_document_id("large");
  std::istringstream content(std::string((size_t{5} << 19) + 1, 'x'));
  const auto stored = client.UploadDocument(request, content);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->name(), "documents/large");
  EXPECT_EQ(host.documents.digest, host.documents.digest_of_bytes);
  EXPECT_EQ(host.documents.longest_chunk, size_t{1} << 20);
}

TEST(ClientTest, AnUploadThatCannotBeReadHasNoDigest) {
  Host host(Ok);
  const Client client = MakeClient(host.address);
  std::istringstream content("all that comes");
  content.setstate(std::ios::badbit);
  EXPECT_EQ(core::ReasonOf(client.UploadDocument({}, content).status()),
            ErrorReason::kFileUnreadable);
  EXPECT_EQ(host.documents.digest, "");
}

// Reports with the texts, called "0", "1", …
Client::RequestSource SourceOf(std::vector<std::string> texts) {
  return [texts = std::move(texts),
          next = size_t{0}]() mutable -> std::optional<v1::ValidateDocumentsRequest> {
    if (next == texts.size()) return std::nullopt;
    v1::ValidateDocumentsRequest request;
    request.set_id(std::to_string(next));
    request.mutable_request()->mutable_document()->set_text(texts[next++]);
    return request;
  };
}

using Outcomes = std::map<std::string, absl::Status>;

// Takes everything.
Client::OutcomeSink SinkTo(Outcomes& outcomes) {
  return [&outcomes](const std::string& id,
                     const absl::StatusOr<v1::ValidateDocumentResponse>& outcome) {
    outcomes[id] = outcome.status();
    return true;
  };
}

TEST(ClientTest, EachReportOfAStreamHasItsOutcome) {
  Host host(Ok);
  Outcomes outcomes;
  EXPECT_TRUE(MakeClient(host.address).CheckMany(SourceOf({"a", "", "b"}), SinkTo(outcomes)).ok());
  ASSERT_EQ(outcomes.size(), 3u);
  EXPECT_TRUE(outcomes["0"].ok());
  EXPECT_EQ(core::ReasonOf(outcomes["1"]), ErrorReason::kDocumentEmpty);
  EXPECT_TRUE(outcomes["2"].ok());
  Outcomes none;
  EXPECT_TRUE(MakeClient(host.address).CheckMany(SourceOf({}), SinkTo(none)).ok());
  EXPECT_TRUE(none.empty());
}

TEST(ClientTest, AStreamThatEndsEarlyIsAnError) {
  Host host(Ok);
  Outcomes outcomes;
  const absl::Status status =
      MakeClient(host.address).CheckMany(SourceOf({"a", "cut", "b"}), SinkTo(outcomes));
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal) << status;
  EXPECT_EQ(outcomes.size(), 1u);
}

TEST(ClientTest, TheErrorOfAStreamIsTold) {
  Host host([](int) { return grpc::Status(grpc::StatusCode::ABORTED, "stalled"); });
  Outcomes outcomes;
  const absl::Status status = MakeClient(host.address).CheckMany(SourceOf({"a"}), SinkTo(outcomes));
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(host.calls.count(), 1);
}

TEST(ClientTest, AStreamEndsWithItsTimeout) {
  Host host(Ok);
  Outcomes outcomes;
  EXPECT_EQ(
      MakeClient(host.address)
          .CheckMany(SourceOf({"wait"}), SinkTo(outcomes), {.timeout = absl::Milliseconds(50)})
          .code(),
      absl::StatusCode::kDeadlineExceeded);
}

TEST(ClientTest, AStreamEndsWhenNoMoreIsWanted) {
  Host host(Ok);
  int taken = 0;
  const absl::Status status =
      MakeClient(host.address)
          .CheckMany(
              SourceOf({"a", "b", "wait"}),
              [&taken](const std::string&, const absl::StatusOr<v1::ValidateDocumentResponse>&) {
                return ++taken < 2;
              });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(taken, 2);
}

TEST(ClientTest, ReportsAreReadALittleAhead) {
  constexpr int kReports = 300;
  constexpr int kMostAhead = 64;
  Host host(Ok);
  std::atomic<int> asked = 0;
  int taken = 0;
  int most_ahead = 0;
  const absl::Status status =
      MakeClient(host.address)
          .CheckMany(
              [&asked]() -> std::optional<v1::ValidateDocumentsRequest> {
                if (asked == kReports) return std::nullopt;
                v1::ValidateDocumentsRequest request;
                request.set_id(std::to_string(++asked));
                return request;
              },
              [&](const std::string&, const absl::StatusOr<v1::ValidateDocumentResponse>&) {
                if (taken == 0) {
                  while (asked < kMostAhead)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                  std::this_thread::sleep_for(std::chrono::milliseconds(50));
                }
                most_ahead = std::max(most_ahead, asked - taken);
                ++taken;
                return true;
              });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(taken, kReports);
  EXPECT_EQ(most_ahead, kMostAhead);
}

}  // namespace
}  // namespace crossfoot::client
