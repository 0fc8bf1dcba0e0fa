// Who is let in: certificates, tokens, roles, quotas, and what becomes of them while the server
// runs.

#include <httplib.h>
#include <openssl/ssl.h>

#include <chrono>
#include <csignal>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/sha256.h"
#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/service/running_server.h"
#include "tests/testing/certificates.h"
#include "tests/testing/process.h"

namespace crossfoot {
namespace {

using testing::Certificate;
using testing::CertificateAuthority;
using testing::Ending;
using testing::Eventually;
using testing::Folder;
using testing::kConsistentReport;
using testing::RunfilePath;
using testing::RunningServer;
using testing::RunProgram;

// The reason of a failed call, or its code when it has none; "OK".
std::string ReasonOf(const grpc::Status& status) {
  if (status.ok()) return "OK";
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (details.ParseFromString(status.error_details()) && details.details_size() > 0)
    details.details(0).UnpackTo(&info);
  return info.reason().empty() ? absl::StrCat("code ", status.error_code()) : info.reason();
}

grpc::Status ListRules(const std::shared_ptr<grpc::Channel>& channel,
                       const std::string& authorization = "") {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  if (!authorization.empty()) context.AddMetadata("authorization", authorization);
  v1::ListRulesRequest request;
  request.set_page_size(1);
  v1::ListRulesResponse response;
  return v1::RuleService::NewStub(channel)->ListRules(&context, request, &response);
}

// --- Certificates ---

std::shared_ptr<grpc::Channel> Connect(const std::string& address, const std::string& root,
                                       const Certificate& own = {}) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = root;
  options.pem_cert_chain = own.certificate;
  options.pem_private_key = own.key;
  // Channels of one process share connections otherwise.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments);
}

class TlsTest : public ::testing::Test {
 protected:
  void Install(const Certificate& certificate) const {
    folder_.Write("key.pem", certificate.key);
    folder_.Write("certificate.pem", certificate.certificate);
  }

  void Start(const std::string& more = "") {
    server_ = std::make_unique<RunningServer>(
        folder_,
        "tls { certificate_file: \"certificate.pem\" private_key_file: \"key.pem\" " + more + " }");
  }

  bool GrpcWorks(const std::string& root, const Certificate& own = {}) const {
    return ListRules(Connect(server_->grpc_address(), root, own)).ok();
  }

  bool HttpWorks(const std::string& root, const Certificate& own = {}) const {
    folder_.Write("client_root.pem", root);
    folder_.Write("client.pem", own.certificate);
    folder_.Write("client_key.pem", own.key);
    std::unique_ptr<httplib::SSLClient> client;
    if (own.key.empty()) {
      client = std::make_unique<httplib::SSLClient>("127.0.0.1", server_->http_port());
    } else {
      client = std::make_unique<httplib::SSLClient>("127.0.0.1", server_->http_port(),
                                                    folder_.Path("client.pem"),
                                                    folder_.Path("client_key.pem"));
    }
    client->set_ca_cert_path(folder_.Path("client_root.pem").c_str());
    client->enable_server_certificate_verification(true);
    const httplib::Result result = client->Get("/v1/rules?pageSize=1");
    return result && result->status == 200;
  }

  void TearDown() override {
    if (server_ == nullptr) return;
    EXPECT_EQ(server_->Stop(), 0);
  }

  const CertificateAuthority ours_ = CertificateAuthority("Ours");
  const CertificateAuthority others_ = CertificateAuthority("Others");
  Folder folder_;
  std::unique_ptr<RunningServer> server_;
};

TEST_F(TlsTest, EncryptsForThoseWhoKnowTheRoot) {
  Install(ours_.Issue("server"));
  Start();
  EXPECT_TRUE(GrpcWorks(ours_.root()));
  EXPECT_TRUE(HttpWorks(ours_.root()));
  EXPECT_FALSE(GrpcWorks(others_.root()));
  EXPECT_FALSE(HttpWorks(others_.root()));
  EXPECT_FALSE(
      ListRules(grpc::CreateChannel(server_->grpc_address(), grpc::InsecureChannelCredentials()))
          .ok());
  const httplib::Result plain = httplib::Client("127.0.0.1", server_->http_port()).Get("/v1/rules");
  EXPECT_FALSE(plain);
}

TEST_F(TlsTest, IsRefusedByClientsWhenItHasExpired) {
  Install(ours_.Issue("server", -60));
  Start();
  EXPECT_FALSE(GrpcWorks(ours_.root()));
  EXPECT_FALSE(HttpWorks(ours_.root()));
}

TEST_F(TlsTest, AsksForCertificates) {
  Install(ours_.Issue("server"));
  folder_.Write("roots.pem", ours_.root());
  Start("client_ca_file: \"roots.pem\"");
  EXPECT_TRUE(GrpcWorks(ours_.root(), ours_.Issue("client")));
  EXPECT_TRUE(HttpWorks(ours_.root(), ours_.Issue("client")));
  EXPECT_FALSE(GrpcWorks(ours_.root()));
  EXPECT_FALSE(HttpWorks(ours_.root()));
  EXPECT_FALSE(GrpcWorks(ours_.root(), others_.Issue("client")));
  EXPECT_FALSE(HttpWorks(ours_.root(), others_.Issue("client")));
  EXPECT_FALSE(GrpcWorks(ours_.root(), ours_.Issue("client", -60)));
  EXPECT_FALSE(HttpWorks(ours_.root(), ours_.Issue("client", -60)));
}

TEST_F(TlsTest, ShowsTheCertificateThatIsThereNow) {
  Install(ours_.Issue("server"));
  Start();
  // A connection that is open stays so.
  const std::shared_ptr<grpc::Channel> open = Connect(server_->grpc_address(), ours_.root());
  ASSERT_TRUE(ListRules(open).ok());
  ASSERT_TRUE(HttpWorks(ours_.root()));
  Install(others_.Issue("server"));
  EXPECT_TRUE(Eventually([this] { return HttpWorks(others_.root()); }));
  EXPECT_TRUE(Eventually([this] { return GrpcWorks(others_.root()); }));
  EXPECT_FALSE(HttpWorks(ours_.root()));
  EXPECT_FALSE(GrpcWorks(ours_.root()));
  EXPECT_TRUE(ListRules(open).ok());
}

// One TLS handshake as a client; with `session` from the one before, when there is one.
bool Handshake(int port, const std::string& certificate, const std::string& key,
               SSL_SESSION** session, bool* reused) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  &SSL_CTX_free);
  SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str());
  SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM);
  BIO* bio = BIO_new_ssl_connect(context.get());
  BIO_set_conn_hostname(bio, absl::StrCat("127.0.0.1:", port).c_str());
  SSL* ssl = nullptr;
  BIO_get_ssl(bio, &ssl);
  if (*session != nullptr) SSL_set_session(ssl, *session);
  bool works = BIO_do_connect(bio) == 1 && BIO_do_handshake(bio) == 1;
  const std::string request = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  works = works && BIO_write(bio, request.data(), static_cast<int>(request.size())) > 0;
  char first = 0;
  works = works && BIO_read(bio, &first, 1) == 1 && first == 'H';
  *reused = works && SSL_session_reused(ssl) == 1;
  if (*session == nullptr) *session = SSL_get1_session(ssl);
  BIO_free_all(bio);
  return works;
}

// A client that offers the session of its last connection is let in, after a whole handshake.
TEST_F(TlsTest, LetsClientsComeBack) {
  const Certificate client = ours_.Issue("client");
  Install(ours_.Issue("server"));
  folder_.Write("roots.pem", ours_.root());
  Start("client_ca_file: \"roots.pem\"");
  const std::string certificate = folder_.Write("own.pem", client.certificate);
  const std::string key = folder_.Write("own_key.pem", client.key);
  SSL_SESSION* session = nullptr;
  bool reused = true;
  EXPECT_TRUE(Handshake(server_->http_port(), certificate, key, &session, &reused));
  EXPECT_TRUE(Handshake(server_->http_port(), certificate, key, &session, &reused));
  EXPECT_FALSE(reused);
  SSL_SESSION_free(session);
}

// --- Tokens ---

const std::string& TokenOf(const std::string& client) {
  static auto* const tokens = new std::map<std::string, std::string>;
  std::string& token = (*tokens)[client];
  // As `crossfoot config token` makes them: 46 characters.
  if (token.empty()) token = "cf_" + core::Sha256Hex("token of " + client).substr(0, 43);
  return token;
}

std::string Bearer(const std::string& client) { return "Bearer " + TokenOf(client); }

std::string Entry(const std::string& client, const std::string& more) {
  return absl::StrCat("clients { name: \"", client, "\" token_sha256: \"",
                      core::Sha256Hex(TokenOf(client)), "\" ", more, " }\n");
}

class TokenTest : public ::testing::Test {
 protected:
  void Start(const std::string& clients) {
    folder_.Write("clients.textproto", clients);
    server_ = std::make_unique<RunningServer>(folder_, "clients_file: \"clients.textproto\"");
    channel_ = grpc::CreateChannel(server_->grpc_address(), grpc::InsecureChannelCredentials());
    http_ = std::make_unique<httplib::Client>("127.0.0.1", server_->http_port());
  }

  std::string Grpc(const std::string& authorization) {
    const grpc::Status status = ListRules(channel_, authorization);
    said_ += status.error_message() + status.error_details();
    return ReasonOf(status);
  }

  // The HTTP status.
  int Http(const std::string& authorization) {
    httplib::Headers headers;
    if (!authorization.empty()) headers.emplace("Authorization", authorization);
    const httplib::Result result = http_->Get("/v1/rules?pageSize=1", headers);
    if (!result) return 0;
    // Refused or not.
    EXPECT_FALSE(result->get_header_value("X-Request-Id").empty());
    said_ += result->body;
    for (const auto& [name, value] : result->headers) absl::StrAppend(&said_, name, value);
    return result->status;
  }

  // How often the log says that the file of clients was read, well or not.
  int Reloads(bool ok) const {
    const std::string wanted = absl::StrCat("\"what\":\"clients\",\"ok\":", ok ? "true" : "false");
    const std::string log = server_->Log();
    int count = 0;
    for (size_t at = 0; (at = log.find(wanted, at)) != std::string::npos; ++at) ++count;
    return count;
  }

  // No secret is anywhere that somebody else reads.
  void TearDown() override {
    if (server_ == nullptr) return;
    const httplib::Result metrics = http_->Get("/metrics");
    ASSERT_TRUE(metrics);
    channel_.reset();
    EXPECT_EQ(server_->Stop(), 0);
    const std::string told = server_->Log() + metrics->body + said_;
    EXPECT_TRUE(absl::StrContains(server_->Log(), "\"message\":\"call"));
    EXPECT_TRUE(absl::StrContains(metrics->body, "\ncrossfoot_calls_in_work "));
    for (const char* part : {"cf_", "Bearer c", "bearer c"})
      EXPECT_FALSE(absl::StrContains(told, part)) << part << " in:\n" << server_->Log() << said_;
    for (const std::string& client : used_)
      EXPECT_FALSE(absl::StrContains(told, TokenOf(client).substr(10, 12))) << client;
  }

  Folder folder_;
  std::unique_ptr<RunningServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<httplib::Client> http_;
  std::string said_;  // all that calls were told
  const std::vector<std::string> used_ = {"known", "other", "stranger", "expired", "writer"};
};

TEST_F(TokenTest, AreAskedFor) {
  Start(Entry("known", "roles: ROLE_VALIDATE") +
        Entry("expired", "roles: ROLE_VALIDATE expire_day: \"2024-01-01\""));
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "CREDENTIALS_MISSING"},
      {"Basic " + TokenOf("known"), "CREDENTIALS_MISSING"},
      {"Bearer", "CREDENTIALS_INVALID"},
      {"Bearer two " + TokenOf("known"), "CREDENTIALS_INVALID"},
      {Bearer("known") + "x", "CREDENTIALS_INVALID"},
      {Bearer("stranger"), "CREDENTIALS_INVALID"},
      {Bearer("expired"), "CREDENTIALS_INVALID"},
  };
  for (const auto& [authorization, reason] : cases) {
    EXPECT_EQ(Grpc(authorization), reason) << authorization;
    EXPECT_EQ(Http(authorization), 401) << authorization;
  }
  EXPECT_EQ(Grpc(Bearer("known")), "OK");
  EXPECT_EQ(Http(Bearer("known")), 200);
  EXPECT_EQ(Http("bearer " + TokenOf("known")), 200);
  // Health is everybody's.
  EXPECT_EQ(http_->Get("/healthz")->status, 200);
  EXPECT_EQ(http_->Get("/readyz")->status, 200);
  // A token in a place that is not for it is not repeated either.
  const httplib::Result query =
      http_->Get("/v1/rules?pageToken=" + TokenOf("known"), {{"Authorization", Bearer("known")}});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->status, 400);
  said_ += query->body;
}

TEST_F(TokenTest, HaveRoles) {
  Start(Entry("known", "roles: ROLE_VALIDATE") + Entry("writer", "roles: ROLE_WRITE") +
        Entry("other", "roles: ROLE_READ"));
  const auto statuses = [this](const std::string& client) {
    const httplib::Headers headers = {{"Authorization", Bearer(client)}};
    const std::string report = absl::StrCat("{\"text\": \"", client, " 2463\"}");
    const httplib::Result validated =
        http_->Post("/v1/documents:validate", headers, absl::StrCat("{\"document\": ", report, "}"),
                    "application/json");
    const httplib::Result written =
        http_->Post("/v1/documents?documentId=" + client, headers, report, "application/json");
    const httplib::Result read = http_->Get("/v1/documents", headers);
    const httplib::Result removed = http_->Delete("/v1/documents/" + client, headers);
    const httplib::Result with_history =
        http_->Post("/v1/documents:validate", headers,
                    absl::StrCat("{\"document\": ", report, ", \"checkStoredDocuments\": true}"),
                    "application/json");
    return absl::StrCat(validated->status, " ", written->status, " ", read->status, " ",
                        removed->status, " ", with_history->status);
  };
  EXPECT_EQ(statuses("known"), "200 403 403 403 403");
  EXPECT_EQ(statuses("writer"), "403 200 403 200 403");
  EXPECT_EQ(statuses("other"), "403 403 200 403 403");
  // The same over gRPC, where an upload is refused before it is sent.
  grpc::ClientContext context;
  context.AddMetadata("authorization", Bearer("other"));
  v1::Document stored;
  const auto upload = v1::DocumentService::NewStub(channel_)->UploadDocument(&context, &stored);
  EXPECT_EQ(ReasonOf(upload->Finish()), "PERMISSION_DENIED");
  grpc::ClientContext stream_context;
  stream_context.AddMetadata("authorization", Bearer("writer"));
  const auto stream = v1::ValidationService::NewStub(channel_)->ValidateDocuments(&stream_context);
  EXPECT_EQ(ReasonOf(stream->Finish()), "PERMISSION_DENIED");
}

TEST_F(TokenTest, HaveQuotas) {
  Start(Entry("known", "roles: ROLE_VALIDATE calls_per_minute: 3") +
        Entry("other", "roles: ROLE_VALIDATE"));
  EXPECT_EQ(Grpc(Bearer("known")), "OK");
  EXPECT_EQ(Http(Bearer("known")), 200);
  EXPECT_EQ(Grpc(Bearer("known")), "OK");
  const grpc::Status refused = ListRules(channel_, Bearer("known"));
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(refused.error_details()));
  ASSERT_EQ(details.details_size(), 3) << details.DebugString();
  google::rpc::ErrorInfo info;
  google::rpc::QuotaFailure failure;
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  ASSERT_TRUE(details.details(1).UnpackTo(&failure));
  ASSERT_TRUE(details.details(2).UnpackTo(&retry));
  EXPECT_EQ(info.reason(), "QUOTA_EXCEEDED");
  EXPECT_EQ(info.metadata().at("quota"), "calls_per_minute");
  EXPECT_EQ(failure.violations(0).subject(), "clients/known");
  // One call comes back every 20 s.
  EXPECT_LE(retry.retry_delay().seconds(), 20);
  EXPECT_GT(retry.retry_delay().seconds() + retry.retry_delay().nanos(), 0);
  EXPECT_EQ(Http(Bearer("known")), 429);
  EXPECT_EQ(Grpc(Bearer("other")), "OK");
}

TEST_F(TokenTest, HaveQuotasForTheDocumentsOfAStream) {
  Start(Entry("known", "roles: ROLE_VALIDATE calls_per_minute: 1"));
  grpc::ClientContext context;
  context.AddMetadata("authorization", Bearer("known"));
  const auto stream = v1::ValidationService::NewStub(channel_)->ValidateDocuments(&context);
  v1::ValidateDocumentsRequest request;
  request.mutable_request()->mutable_document()->set_content(kConsistentReport);
  request.mutable_request()->mutable_document()->set_uri("a.txt");
  v1::ValidateDocumentsResponse response;
  request.set_id("taken");
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_EQ(response.id(), "taken");
  EXPECT_FALSE(response.response().has_error());
  request.set_id("refused");
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_EQ(response.id(), "refused");
  EXPECT_EQ(response.response().document().uri(), "a.txt");
  EXPECT_EQ(response.response().error().reason(), "QUOTA_EXCEEDED");
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(TokenTest, AreRevoked) {
  Start(Entry("known", "roles: ROLE_VALIDATE") + Entry("other", "roles: ROLE_VALIDATE"));
  const auto stub = v1::ValidationService::NewStub(channel_);
  grpc::ClientContext known_context, other_context;
  known_context.AddMetadata("authorization", Bearer("known"));
  other_context.AddMetadata("authorization", Bearer("other"));
  const auto known = stub->ValidateDocuments(&known_context);
  const auto other = stub->ValidateDocuments(&other_context);
  v1::ValidateDocumentsRequest request;
  request.mutable_request()->mutable_document()->set_content(kConsistentReport);
  v1::ValidateDocumentsResponse response;
  ASSERT_TRUE(known->Write(request) && known->Read(&response));
  ASSERT_TRUE(other->Write(request) && other->Read(&response));
  ASSERT_EQ(Grpc(Bearer("known")), "OK");

  // What changes on the disk is seen without a word.
  folder_.Write("clients.textproto", Entry("other", "roles: ROLE_VALIDATE"));
  EXPECT_TRUE(Eventually([this] { return Grpc(Bearer("known")) == "CREDENTIALS_INVALID"; }));
  EXPECT_EQ(Http(Bearer("known")), 401);
  EXPECT_EQ(Grpc(Bearer("other")), "OK");
  // A stream lasts no longer than the right to it, and those of others go on.
  while (known->Read(&response)) continue;
  EXPECT_EQ(known->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
  ASSERT_TRUE(other->Write(request) && other->Read(&response));
  EXPECT_FALSE(response.response().has_error());
  other->WritesDone();
  EXPECT_FALSE(other->Read(&response));
  EXPECT_TRUE(other->Finish().ok());

  // A signal reads it as well, changed or not.
  const int before = Reloads(true);
  server_->Signal(SIGHUP);
  EXPECT_TRUE(Eventually([&] { return Reloads(true) > before; }));
  EXPECT_EQ(Grpc(Bearer("other")), "OK");
}

TEST_F(TokenTest, StayInForceWhenTheNewFileIsBad) {
  Start(Entry("known", "roles: ROLE_VALIDATE"));
  int bad = 0;
  for (const std::string& text :
       {std::string("clients { nonsense"), Entry("other", "roles: ROLE_UNSPECIFIED"),
        // A token where its digest should stand.
        "clients { name: \"other\" token_sha256: \"" + TokenOf("other") +
            "\" roles: ROLE_VALIDATE }"}) {
    folder_.Write("clients.textproto", text);
    server_->Signal(SIGHUP);
    EXPECT_TRUE(Eventually([&] { return Reloads(false) > bad; })) << text;
    bad = Reloads(false);
    EXPECT_EQ(Grpc(Bearer("known")), "OK");
    EXPECT_EQ(Grpc(Bearer("other")), "CREDENTIALS_INVALID");
  }
  const httplib::Result metrics = http_->Get("/metrics");
  ASSERT_TRUE(metrics);
  EXPECT_TRUE(absl::StrContains(metrics->body, "crossfoot_reloads_total{"));
  folder_.Write("clients.textproto", Entry("other", "roles: ROLE_VALIDATE"));
  server_->Signal(SIGHUP);
  EXPECT_TRUE(Eventually([this] { return Grpc(Bearer("other")) == "OK"; }));
  EXPECT_EQ(Grpc(Bearer("known")), "CREDENTIALS_INVALID");
}

// --- The command ---

Ending Crossfoot(std::vector<std::string> words) {
  words.insert(words.begin(), RunfilePath("clients/cli/crossfoot"));
  absl::StatusOr<Ending> ending = RunProgram(words);
  EXPECT_TRUE(ending.ok()) << ending.status();
  return ending.ok() ? *std::move(ending) : Ending{-1, "", ""};
}

TEST(ServeTest, ServesOthersWithTlsAlone) {
  const Folder folder;
  for (const char* address : {"0.0.0.0:0", "[::]:0"}) {
    for (const std::string& config :
         {absl::StrCat("grpc { listen_address: \"", address, "\" }"),
          absl::StrCat("grpc { listen_address: \"127.0.0.1:0\" }\nhttp { listen_address: \"",
                       address, "\" }")}) {
      const Ending ending =
          Crossfoot({"serve", "--config=" + folder.Write("open.textproto", config)});
      EXPECT_EQ(ending.exit_status, 2) << config;
      EXPECT_TRUE(absl::StrContains(
          ending.err, absl::StrCat("refused to listen on ", address,
                                   ": other machines can reach it, and nothing is encrypted")))
          << ending.err;
      EXPECT_EQ(ending.out, "");
    }
  }
}

TEST(ConfigTest, IsChecked) {
  const Folder folder;
  const CertificateAuthority authority("Ours");
  const Certificate certificate = authority.Issue("server");
  folder.Write("certificate.pem", certificate.certificate);
  folder.Write("key.pem", certificate.key);
  folder.Write("other_key.pem", authority.Issue("other").key);
  folder.Write("clients.textproto", Entry("known", "roles: ROLE_VALIDATE"));
  folder.Write("bad_clients.textproto",
               "clients {\n  name: \"known\"\n  token_sha256: \"" + TokenOf("known") + "\"\n}\n");
  folder.Write("text.sqlite", std::string(5000, 'x'));
  const std::string path = folder.Path("server.textproto");
  const auto check = [&](const std::string& text) {
    folder.Write("server.textproto", text);
    const Ending ending = Crossfoot({"config", "check", path});
    EXPECT_EQ(ending.out, "");
    EXPECT_EQ(ending.exit_status, ending.err.empty() ? 0 : 2) << ending.err;
    EXPECT_FALSE(absl::StrContains(ending.err, "cf_")) << ending.err;
    // Paths of this run are no part of what is expected.
    std::string said = ending.err;
    const std::string root = folder.Path("");
    for (size_t at; (at = said.find(root)) != std::string::npos;) said.erase(at, root.size());
    return said;
  };
  const std::string tls = "tls { certificate_file: \"certificate.pem\" private_key_file: \"";
  EXPECT_EQ(check(""), "");
  EXPECT_EQ(check("grpc { listen_address: \"0.0.0.0:50051\" }\nhttp { listen_address: "
                  "\"0.0.0.0:8080\" }\n" +
                  tls +
                  "key.pem\" }\nclients_file: \"clients.textproto\"\n"
                  "store { file: \"not_yet.sqlite\" }\n"),
            "");
  EXPECT_EQ(check("grcp { }\n"),
            "crossfoot: server.textproto:1:6: Message type "
            "\"crossfoot.config.v1.Server\" has no field named \"grcp\".\n");
  EXPECT_EQ(check("limits {\n  workers: 5000\n}\n"),
            "crossfoot: server.textproto:2:3: limits.workers: must be from 1 to 1024\n");
  EXPECT_EQ(check("grpc {\n  listen_address: \"0.0.0.0:1\"\n}\n"),
            "crossfoot: server.textproto:2:3: grpc.listen_address: refused to listen on "
            "0.0.0.0:1: other machines can reach it, and nothing is encrypted; listen on"
            " 127.0.0.1, set tls, or allow it with --allow-insecure-remote behind a "
            "proxy that encrypts\n");
  EXPECT_EQ(check(tls + "none.pem\" }\n"),
            "crossfoot: server.textproto: none.pem: no such file, or it cannot be read\n");
  EXPECT_EQ(check(tls + "other_key.pem\" }\n"),
            "crossfoot: server.textproto: other_key.pem: holds no key in PEM for "
            "certificate.pem\n");
  EXPECT_EQ(check("clients_file: \"none.textproto\"\n"),
            "crossfoot: server.textproto: none.textproto: no such file\n");
  EXPECT_EQ(check("clients_file: \"bad_clients.textproto\"\n"),
            "crossfoot: server.textproto: bad_clients.textproto:3:3: client known: "
            "token_sha256 must be the SHA-256 of the token in 64 lower-case hexadecimal "
            "digits; a token itself must never stand here\n");
  EXPECT_EQ(check("rule_pack_files: \"clients.textproto\"\n"),
            "crossfoot: server.textproto: clients.textproto:1:9: Message type "
            "\"crossfoot.config.v1.RulePack\" has no field named \"clients\".\n");
  EXPECT_EQ(check("store { file: \"text.sqlite\" }\n"),
            "crossfoot: server.textproto: the store: file is not a database; the file is"
            " something else or damaged; name another\n");
  const Ending none = Crossfoot({"config", "check", folder.Path("none.textproto")});
  EXPECT_EQ(none.exit_status, 2);
  EXPECT_TRUE(absl::StrContains(none.err, "none.textproto: ")) << none.err;
}

TEST(ConfigTest, MakesTokens) {
  std::set<std::string> tokens;
  for (int count = 0; count < 2; ++count) {
    const Ending ending = Crossfoot({"config", "token", "known"});
    ASSERT_EQ(ending.exit_status, 0) << ending.err;
    const size_t at = ending.out.find("cf_");
    ASSERT_NE(at, std::string::npos) << ending.out;
    const std::string token = ending.out.substr(at, ending.out.find('\n', at) - at);
    EXPECT_EQ(token.size(), 46u) << token;
    EXPECT_EQ(ending.out.find("cf_", at + 1), std::string::npos) << ending.out;
    tokens.insert(token);
    // What is printed is the file of clients, and lets the token in.
    const Folder folder;
    folder.Write("clients.textproto", ending.out);
    RunningServer server(folder, "clients_file: \"clients.textproto\"");
    EXPECT_EQ(ReasonOf(ListRules(
                  grpc::CreateChannel(server.grpc_address(), grpc::InsecureChannelCredentials()),
                  "Bearer " + token)),
              "OK");
    EXPECT_EQ(server.Stop(), 0);
  }
  EXPECT_EQ(tokens.size(), 2u);
  const Ending bad = Crossfoot({"config", "token", "Not A Name"});
  EXPECT_EQ(bad.exit_status, 2);
  EXPECT_FALSE(absl::StrContains(bad.out, "cf_")) << bad.out;
}

}  // namespace
}  // namespace crossfoot
