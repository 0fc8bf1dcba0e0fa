// Every method once with success, and every reason that a server gives for a failure, over real
// channels.

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/sha256.h"
#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/error_reason.pb.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/service/raw_connection.h"
#include "tests/service/running_server.h"
#include "tests/testing/pdf_writer.h"

namespace crossfoot {
namespace {

using testing::BodyOf;
using testing::Eventually;
using testing::Folder;
using testing::kConsistentReport;
using testing::kContradictoryReport;
using testing::RawConnection;
using testing::RunningServer;

constexpr char kJson[] = "application/json";

// SHA-256 of "cf_token-of-a-validator", whose entry has no other role and two calls a minute.
constexpr char kToken[] = "cf_token-of-a-validator";

std::unique_ptr<grpc::ClientContext> Context(const std::string& token = "") {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  if (!token.empty()) context->AddMetadata("authorization", "Bearer " + token);
  return context;
}

// A server and what a caller needs of it.
struct Peer {
  Peer(const Folder& folder, const std::string& config)
      : server(folder, config),
        channel(grpc::CreateChannel(server.grpc_address(), grpc::InsecureChannelCredentials())),
        validation(v1::ValidationService::NewStub(channel)),
        documents(v1::DocumentService::NewStub(channel)),
        rules(v1::RuleService::NewStub(channel)),
        extraction(v1::ExtractionService::NewStub(channel)),
        http("127.0.0.1", server.http_port()) {
    http.set_read_timeout(30);
  }

  grpc::Status Validate(const v1::ValidateDocumentRequest& request, const std::string& token = "") {
    v1::ValidateDocumentResponse response;
    return validation->ValidateDocument(Context(token).get(), request, &response);
  }

  // How the server ends; `signal`: when it is told to.
  int Stop(bool signal = true) {
    // An idle client answers the server's farewell only every few seconds; a closed one need not.
    validation.reset();
    documents.reset();
    rules.reset();
    extraction.reset();
    channel.reset();
    return signal ? server.Stop() : server.Wait();
  }

  // How many calls wait or run.
  int CallsInWork() {
    const httplib::Result metrics = http.Get("/metrics");
    const std::string name = "\ncrossfoot_calls_in_work ";
    const size_t at = metrics ? metrics->body.find(name) : std::string::npos;
    return at == std::string::npos ? -1 : std::atoi(metrics->body.c_str() + at + name.size());
  }

  RunningServer server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::ValidationService::Stub> validation;
  std::unique_ptr<v1::DocumentService::Stub> documents;
  std::unique_ptr<v1::RuleService::Stub> rules;
  std::unique_ptr<v1::ExtractionService::Stub> extraction;
  httplib::Client http;
};

v1::ValidateDocumentRequest RequestFor(const std::string& content) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("report.txt");
  request.mutable_document()->set_content(content);
  request.mutable_options()->set_reference_date("2024-03-31");
  return request;
}

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
  return json;
}

// Takes long to read: some hundred thousand figures.
std::string LongReport(size_t bytes) {
  std::string text = "一、总体情况\n";
  for (int line = 0; text.size() < bytes; ++line) {
    absl::StrAppend(&text, "1—2月份，东部地区完成数据服务总收入", 1000 + line % 977,
                    "亿元，同比增长7.6%。\n");
  }
  return text;
}

grpc::Status Upload(v1::DocumentService::Stub& documents, const std::string& id,
                    const std::vector<std::string>& chunks, const std::string& sha256,
                    v1::Document* stored) {
  const auto context = Context();
  const auto writer = documents.UploadDocument(context.get(), stored);
  v1::UploadDocumentRequest message;
  message.mutable_create()->set_document_id(id);
  message.mutable_create()->mutable_document()->set_uri("uploaded.txt");
  // What the server does not take it says in the status.
  writer->Write(message);
  for (const std::string& chunk : chunks) {
    message.set_chunk(chunk);
    writer->Write(message);
  }
  if (!sha256.empty()) {
    message.set_sha256(sha256);
    writer->Write(message);
  }
  writer->WritesDone();
  return writer->Finish();
}

TEST(MethodsTest, AnswerOverAChannel) {
  const Folder folder;
  Peer peer(folder, "");
  {
    v1::ValidateDocumentResponse response;
    ASSERT_TRUE(peer.validation
                    ->ValidateDocument(Context().get(), RequestFor(kContradictoryReport), &response)
                    .ok());
    EXPECT_GE(response.summary().errors(), 1);
  }
  {
    const auto context = Context();
    const auto stream = peer.validation->ValidateDocuments(context.get());
    const std::map<std::string, std::string> reports = {
        {"bad", kContradictoryReport}, {"empty", ""}, {"good", kConsistentReport}};
    for (const auto& [id, content] : reports) {
      v1::ValidateDocumentsRequest request;
      request.set_id(id);
      *request.mutable_request() = RequestFor(content);
      ASSERT_TRUE(stream->Write(request));
    }
    stream->WritesDone();
    std::map<std::string, std::string> found;
    v1::ValidateDocumentsResponse response;
    while (stream->Read(&response)) {
      const v1::ValidateDocumentResponse& of_one = response.response();
      EXPECT_EQ(of_one.document().uri(), "report.txt");
      found[response.id()] = of_one.has_error()               ? of_one.error().reason()
                             : of_one.summary().errors() == 0 ? "clean"
                                                              : "errors";
    }
    EXPECT_TRUE(stream->Finish().ok());
    const std::map<std::string, std::string> expected = {
        {"bad", "errors"}, {"empty", "DOCUMENT_EMPTY"}, {"good", "clean"}};
    EXPECT_EQ(found, expected);
  }
  {
    v1::ValidateDocumentSetRequest request;
    *request.add_documents() = RequestFor(kConsistentReport).document();
    *request.add_documents() = RequestFor(kContradictoryReport).document();
    v1::ValidateDocumentSetResponse response;
    ASSERT_TRUE(peer.validation->ValidateDocumentSet(Context().get(), request, &response).ok());
    ASSERT_EQ(response.responses_size(), 2);
    EXPECT_EQ(response.responses(0).summary().errors(), 0);
    EXPECT_GE(response.responses(1).summary().errors(), 1);
  }
  {
    v1::ExtractFiguresRequest request;
    *request.mutable_document() = RequestFor(kConsistentReport).document();
    v1::ExtractFiguresResponse response;
    ASSERT_TRUE(peer.extraction->ExtractFigures(Context().get(), request, &response).ok());
    EXPECT_EQ(response.figures_size(), 6);
  }
  v1::Document stored;
  {
    v1::CreateDocumentRequest request;
    *request.mutable_document() = RequestFor(kConsistentReport).document();
    *request.mutable_options() = RequestFor("").options();
    request.set_document_id("created");
    ASSERT_TRUE(peer.documents->CreateDocument(Context().get(), request, &stored).ok());
    EXPECT_EQ(stored.name(), "documents/created");
    EXPECT_EQ(stored.latest_day(), "2024-02-29");
    EXPECT_EQ(stored.sha256(), core::Sha256Hex(kConsistentReport));
  }
  {
    const std::string text = kContradictoryReport;
    ASSERT_TRUE(Upload(*peer.documents, "uploaded", {text.substr(0, 50), text.substr(50)},
                       core::Sha256Hex(text), &stored)
                    .ok());
    EXPECT_EQ(stored.name(), "documents/uploaded");
    EXPECT_EQ(stored.size_bytes(), static_cast<int64_t>(text.size()));
  }
  {
    v1::GetDocumentRequest request;
    request.set_name("documents/uploaded");
    request.set_view(v1::VIEW_FULL);
    ASSERT_TRUE(peer.documents->GetDocument(Context().get(), request, &stored).ok());
    EXPECT_EQ(stored.content(), kContradictoryReport);
    EXPECT_GE(stored.validation().findings_size(), 1);
  }
  {
    v1::ListDocumentsRequest request;
    request.set_page_size(1);
    v1::ListDocumentsResponse response;
    std::vector<std::string> names;
    do {
      ASSERT_TRUE(peer.documents->ListDocuments(Context().get(), request, &response).ok());
      ASSERT_EQ(response.documents_size(), 1);
      names.push_back(response.documents(0).name());
      request.set_page_token(response.next_page_token());
    } while (!response.next_page_token().empty());
    EXPECT_EQ(names, (std::vector<std::string>{"documents/uploaded", "documents/created"}));
  }
  {
    v1::DeleteDocumentRequest request;
    request.set_name("documents/created");
    google::protobuf::Empty nothing;
    ASSERT_TRUE(peer.documents->DeleteDocument(Context().get(), request, &nothing).ok());
    v1::ListDocumentsResponse response;
    ASSERT_TRUE(peer.documents->ListDocuments(Context().get(), {}, &response).ok());
    EXPECT_EQ(response.documents_size(), 1);
  }
  {
    v1::ListRulePacksResponse packs;
    ASSERT_TRUE(peer.rules->ListRulePacks(Context().get(), {}, &packs).ok());
    ASSERT_GE(packs.rule_packs_size(), 1);
    v1::ListRulesRequest request;
    request.set_rule_pack(packs.rule_packs(0).name());
    v1::ListRulesResponse listed;
    ASSERT_TRUE(peer.rules->ListRules(Context().get(), request, &listed).ok());
    EXPECT_EQ(listed.rules_size(), packs.rule_packs(0).rule_count());
    v1::GetRuleRequest get;
    get.set_name(listed.rules(0).name());
    v1::Rule rule;
    ASSERT_TRUE(peer.rules->GetRule(Context().get(), get, &rule).ok());
    EXPECT_GE(rule.examples_size(), 2);
    v1::TestRulesRequest test;
    test.set_rule_pack_text("# nothing\n");
    v1::TestRulesResponse tested;
    const grpc::Status status = peer.rules->TestRules(Context().get(), test, &tested);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(tested.results_size(), 0);
  }
  EXPECT_EQ(peer.Stop(), 0);
}

// What a failure says beside its message.
struct Expected {
  std::string reason;
  grpc::StatusCode code;
  int http_status;
  std::vector<std::string> metadata = {};  // keys
  std::string detail = {};                 // the type beside ErrorInfo
};

const std::vector<Expected>& AllExpected() {
  using grpc::StatusCode;
  static const auto* const all = new std::vector<Expected>{
      {"DOCUMENT_EMPTY", StatusCode::INVALID_ARGUMENT, 400},
      {"DOCUMENT_TOO_LARGE", StatusCode::INVALID_ARGUMENT, 400},
      {"ENCODING_INVALID", StatusCode::INVALID_ARGUMENT, 400, {"offset"}},
      {"BINARY_CONTENT", StatusCode::INVALID_ARGUMENT, 400, {"offset"}},
      {"NESTING_TOO_DEEP", StatusCode::INVALID_ARGUMENT, 400, {"offset"}},
      {"ARGUMENT_INVALID", StatusCode::INVALID_ARGUMENT, 400, {"field"}, "BadRequest"},
      {"DATA_INVALID", StatusCode::INVALID_ARGUMENT, 400, {"file", "line"}},
      {"CANCELLED", StatusCode::CANCELLED, 499},
      {"SERVER_BUSY", StatusCode::RESOURCE_EXHAUSTED, 429, {"limit"}, "RetryInfo"},
      {"RULE_NOT_FOUND", StatusCode::NOT_FOUND, 404, {"name"}, "ResourceInfo"},
      {"DEADLINE_EXCEEDED", StatusCode::DEADLINE_EXCEEDED, 504},
      {"TOO_MANY_FIGURES", StatusCode::INVALID_ARGUMENT, 400, {"max_figures"}},
      {"DOCUMENT_NOT_FOUND", StatusCode::NOT_FOUND, 404, {"name"}, "ResourceInfo"},
      {"DOCUMENT_EXISTS", StatusCode::ALREADY_EXISTS, 409, {"name"}, "ResourceInfo"},
      {"REQUEST_ID_REUSED", StatusCode::INVALID_ARGUMENT, 400, {"field", "name"}, "BadRequest"},
      {"STORE_UNAVAILABLE", StatusCode::UNAVAILABLE, 503, {}, "RetryInfo"},
      {"STORE_FULL", StatusCode::RESOURCE_EXHAUSTED, 429},
      {"CREDENTIALS_MISSING", StatusCode::UNAUTHENTICATED, 401},
      {"CREDENTIALS_INVALID", StatusCode::UNAUTHENTICATED, 401},
      {"PERMISSION_DENIED", StatusCode::PERMISSION_DENIED, 403, {"role"}},
      {"QUOTA_EXCEEDED", StatusCode::RESOURCE_EXHAUSTED, 429, {"quota"}, "QuotaFailure"},
      {"STREAM_STALLED", StatusCode::ABORTED, 0, {"timeout"}},  // HTTP has no streams
      {"METHOD_NOT_FOUND", StatusCode::NOT_FOUND, 404, {"path"}},
      {"DOCUMENT_ENCRYPTED", StatusCode::INVALID_ARGUMENT, 400},
      {"DOCUMENT_DAMAGED", StatusCode::INVALID_ARGUMENT, 400},
      {"FORMAT_UNSUPPORTED", StatusCode::INVALID_ARGUMENT, 400, {"format"}},
      {"TEXT_LAYER_MISSING", StatusCode::INVALID_ARGUMENT, 400},
  };
  return *all;
}

// Reasons that no caller can make a server give.
const std::map<std::string, std::string>& NeverFromAServer() {
  static const auto* const all = new std::map<std::string, std::string>{
      {"UNSPECIFIED", "the enum's zero"},
      {"FILE_NOT_FOUND", "the command line alone: a server opens no file that a caller names"},
      {"FILE_UNREADABLE", "the command line alone, likewise"},
      {"INTERNAL", "a defect; status_test has its form"},
  };
  return *all;
}

// Looks at failures and keeps which reasons were given.
class Reasons {
 public:
  void Grpc(const grpc::Status& status, const std::string& reason) {
    SCOPED_TRACE(reason + " over gRPC");
    google::rpc::Status details;
    ASSERT_TRUE(details.ParseFromString(status.error_details()));
    ASSERT_GE(details.details_size(), 1) << status.error_code() << " " << status.error_message();
    EXPECT_EQ(status.error_message(), details.message());
    const Expected* expected = Look(details, reason);
    ASSERT_NE(expected, nullptr);
    EXPECT_EQ(status.error_code(), expected->code);
    EXPECT_EQ(details.code(), static_cast<int>(expected->code));
    grpc_.insert(reason);
  }

  void Http(const httplib::Result& result, const std::string& reason) {
    ASSERT_TRUE(result) << reason;
    Http(result->status, result->body, reason);
    EXPECT_EQ(result->get_header_value("Content-Type"), kJson) << reason;
    EXPECT_EQ(result->has_header("Retry-After"),
              absl::StrContains(result->body, "google.rpc.RetryInfo"))
        << reason;
    EXPECT_EQ(result->has_header("WWW-Authenticate"), result->status == 401) << reason;
  }

  void Http(int http_status, const std::string& body, const std::string& reason) {
    SCOPED_TRACE(reason + " over HTTP");
    google::rpc::Status details;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(body, &details).ok()) << body;
    const Expected* expected = Look(details, reason);
    ASSERT_NE(expected, nullptr);
    EXPECT_EQ(http_status, expected->http_status);
    EXPECT_EQ(details.code(), static_cast<int>(expected->code));
    http_.insert(reason);
  }

  // One that a caller cannot read, in the log.
  void Logged(const std::string& reason) { grpc_.insert(reason); }

  // Whether every reason was given over every transport that has it.
  void ExpectAll() const {
    const google::protobuf::EnumDescriptor& type = *v1::ErrorReason_descriptor();
    const std::string prefix = "ERROR_REASON_";
    for (int i = 0; i < type.value_count(); ++i) {
      const std::string reason = type.value(i)->name().substr(prefix.size());
      if (NeverFromAServer().count(reason) > 0) {
        EXPECT_EQ(grpc_.count(reason) + http_.count(reason), 0u) << reason;
        continue;
      }
      EXPECT_EQ(grpc_.count(reason), reason == "METHOD_NOT_FOUND" ? 0u : 1u) << reason;
      EXPECT_EQ(http_.count(reason), reason == "STREAM_STALLED" ? 0u : 1u) << reason;
    }
  }

 private:
  // Null when `details` are not of `reason`.
  static const Expected* Look(const google::rpc::Status& details, const std::string& reason) {
    google::rpc::ErrorInfo info;
    if (details.details_size() > 0) details.details(0).UnpackTo(&info);
    EXPECT_EQ(info.reason(), reason) << details.message();
    EXPECT_EQ(info.domain(), "crossfoot.dev");
    EXPECT_FALSE(details.message().empty());
    const auto expected = std::find_if(AllExpected().begin(), AllExpected().end(),
                                       [&](const Expected& one) { return one.reason == reason; });
    if (info.reason() != reason || expected == AllExpected().end()) return nullptr;
    for (const std::string& key : expected->metadata)
      EXPECT_FALSE(info.metadata().find(key) == info.metadata().end()) << key;
    std::string types;
    for (const google::protobuf::Any& detail : details.details())
      absl::StrAppend(&types, detail.type_url(), " ");
    if (expected->detail.empty()) {
      EXPECT_EQ(details.details_size(), 1) << types;
    } else {
      EXPECT_TRUE(absl::StrContains(types, "/google.rpc." + expected->detail + " ")) << types;
    }
    return &*expected;
  }

  std::set<std::string> grpc_;
  std::set<std::string> http_;
};

// The reasons that lie in what is asked.
void AskForTheImpossible(Reasons& reasons) {
  const Folder folder;
  Peer peer(folder, "limits { max_document_bytes: 20000 max_figures: 20 stream_stall_ms: 100 }");
  std::string nested;
  for (int depth = 0; depth < 600; ++depth) nested += "<div>";
  std::string figures;
  for (int count = 0; count < 30; ++count) figures += "1—2月份，我国完成数据服务总收入2463亿元。";
  std::string encrypted = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  for (const char c : std::string("EncryptedPackage")) encrypted += {c, '\0'};
  encrypted.append(2, '\0');
  const std::vector<std::pair<std::string, std::string>> documents = {
      {"DOCUMENT_ENCRYPTED", encrypted},
      {"DOCUMENT_DAMAGED", "PK\x03\x04"},
      {"FORMAT_UNSUPPORTED", "\x89PNG\r\n\x1A\n"},
      {"TEXT_LAYER_MISSING", testing::WritePdf({{}})},
      {"DOCUMENT_EMPTY", " \n"},
      {"DOCUMENT_TOO_LARGE", std::string(20001, 'x')},
      {"ENCODING_INVALID", "增长\xff"},
      {"BINARY_CONTENT", std::string("ab\0c", 4)},
      {"NESTING_TOO_DEEP", "<!DOCTYPE html><html><body>" + nested},
      {"TOO_MANY_FIGURES", figures}};
  for (const auto& [reason, content] : documents) {
    const v1::ValidateDocumentRequest request = RequestFor(content);
    reasons.Grpc(peer.Validate(request), reason);
    reasons.Http(peer.http.Post("/v1/documents:validate", JsonOf(request), kJson), reason);
  }
  reasons.Grpc(peer.Validate({}), "ARGUMENT_INVALID");
  reasons.Http(peer.http.Post("/v1/documents:validate", "{}", kJson), "ARGUMENT_INVALID");

  v1::TestRulesRequest rules;
  rules.set_rule_pack_text("rules { id: \"ours\" }");
  v1::TestRulesResponse tested;
  reasons.Grpc(peer.rules->TestRules(Context().get(), rules, &tested), "DATA_INVALID");
  reasons.Http(peer.http.Post("/v1/rules:test", JsonOf(rules), kJson), "DATA_INVALID");
  v1::GetRuleRequest rule;
  rule.set_name("rules/none");
  v1::Rule found;
  reasons.Grpc(peer.rules->GetRule(Context().get(), rule, &found), "RULE_NOT_FOUND");
  reasons.Http(peer.http.Get("/v1/rules/none"), "RULE_NOT_FOUND");
  reasons.Http(peer.http.Get("/v1/none"), "METHOD_NOT_FOUND");

  v1::GetDocumentRequest get;
  get.set_name("documents/none");
  v1::Document document;
  reasons.Grpc(peer.documents->GetDocument(Context().get(), get, &document), "DOCUMENT_NOT_FOUND");
  reasons.Http(peer.http.Get("/v1/documents/none"), "DOCUMENT_NOT_FOUND");
  v1::CreateDocumentRequest create;
  *create.mutable_document() = RequestFor(kConsistentReport).document();
  create.set_document_id("taken");
  create.set_request_id("8e5b2a52-6d5c-4c0c-9d1c-7f7e7a1f0a11");
  ASSERT_TRUE(peer.documents->CreateDocument(Context().get(), create, &document).ok());
  // A retry is no failure.
  EXPECT_TRUE(peer.documents->CreateDocument(Context().get(), create, &document).ok());
  v1::CreateDocumentRequest other = create;
  other.clear_request_id();
  other.mutable_document()->set_content(kContradictoryReport);
  const std::string json = JsonOf(other.document());
  reasons.Grpc(peer.documents->CreateDocument(Context().get(), other, &document),
               "DOCUMENT_EXISTS");
  reasons.Http(peer.http.Post("/v1/documents?documentId=taken", json, kJson), "DOCUMENT_EXISTS");
  other.clear_document_id();
  other.set_request_id(create.request_id());
  reasons.Grpc(peer.documents->CreateDocument(Context().get(), other, &document),
               "REQUEST_ID_REUSED");
  reasons.Http(peer.http.Post("/v1/documents?requestId=" + create.request_id(), json, kJson),
               "REQUEST_ID_REUSED");

  // Uploads.
  reasons.Grpc(Upload(*peer.documents, "", {"a"}, core::Sha256Hex("b"), &document),
               "ARGUMENT_INVALID");
  reasons.Grpc(Upload(*peer.documents, "", {"a"}, "", &document), "ARGUMENT_INVALID");
  reasons.Grpc(Upload(*peer.documents, "", {std::string(15000, 'x'), std::string(15000, 'x')}, "",
                      &document),
               "DOCUMENT_TOO_LARGE");
  {
    const auto context = Context();
    const auto writer = peer.documents->UploadDocument(context.get(), &document);
    reasons.Grpc(writer->Finish(), "STREAM_STALLED");
  }
  // An operator learns of them, as of all calls.
  for (const char* reason : {"ARGUMENT_INVALID", "DOCUMENT_TOO_LARGE", "STREAM_STALLED"}) {
    EXPECT_TRUE(Eventually([&] {
      for (const absl::string_view line : absl::StrSplit(peer.server.Log(), '\n')) {
        if (absl::StrContains(line, "\"call refused\",\"method\":\"CreateDocument\"") &&
            absl::StrContains(line, reason))
          return true;
      }
      return false;
    })) << reason;
  }
  {
    const auto context = Context();
    const auto stream = peer.validation->ValidateDocuments(context.get());
    v1::ValidateDocumentsResponse response;
    EXPECT_FALSE(stream->Read(&response));
    reasons.Grpc(stream->Finish(), "STREAM_STALLED");
  }
  EXPECT_EQ(peer.Stop(), 0);
}

// Those that lie in who asks, and how often.
void AskAsSomebodyElse(Reasons& reasons) {
  const Folder folder;
  folder.Write("clients.textproto", absl::StrCat("clients { name: \"validator\" token_sha256: \"",
                                                 core::Sha256Hex(kToken),
                                                 "\" roles: ROLE_VALIDATE calls_per_minute: 2 }"));
  Peer peer(folder, "clients_file: \"clients.textproto\"");
  const v1::ValidateDocumentRequest request = RequestFor(kConsistentReport);
  const httplib::Headers known = {{"Authorization", absl::StrCat("Bearer ", kToken)}};
  reasons.Grpc(peer.Validate(request), "CREDENTIALS_MISSING");
  reasons.Grpc(peer.Validate(request, "cf_of-nobody"), "CREDENTIALS_INVALID");
  reasons.Http(peer.http.Get("/v1/rules"), "CREDENTIALS_MISSING");
  reasons.Http(peer.http.Get("/v1/rules", {{"Authorization", "Bearer cf_of-nobody"}}),
               "CREDENTIALS_INVALID");
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/none");
  google::protobuf::Empty nothing;
  reasons.Grpc(peer.documents->DeleteDocument(Context(kToken).get(), remove, &nothing),
               "PERMISSION_DENIED");
  reasons.Http(peer.http.Get("/v1/documents", known), "PERMISSION_DENIED");
  EXPECT_TRUE(peer.Validate(request, kToken).ok());
  EXPECT_TRUE(peer.Validate(request, kToken).ok());
  reasons.Grpc(peer.Validate(request, kToken), "QUOTA_EXCEEDED");
  reasons.Http(peer.http.Get("/v1/rules", known), "QUOTA_EXCEEDED");
  EXPECT_EQ(peer.Stop(), 0);
}

// Those that lie in how much is asked at a time.
void AskForTooMuch(Reasons& reasons) {
  const Folder folder;
  Peer peer(folder, "limits { max_calls: 1 max_streams: 1 }");
  const v1::ValidateDocumentRequest request = RequestFor(kConsistentReport);
  {
    // A call whose body does not come has its room.
    const RawConnection slow(peer.server.http_port());
    slow.Send("POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n");
    ASSERT_TRUE(Eventually([&peer] { return peer.CallsInWork() == 1; }));
    reasons.Grpc(peer.Validate(request), "SERVER_BUSY");
    reasons.Http(peer.http.Get("/v1/rules"), "SERVER_BUSY");
  }
  ASSERT_TRUE(Eventually([&peer] { return peer.CallsInWork() == 0; }));
  EXPECT_TRUE(peer.Validate(request).ok());
  {
    const auto context = Context();
    const auto stream = peer.validation->ValidateDocuments(context.get());
    v1::ValidateDocumentsRequest one;
    *one.mutable_request() = request;
    ASSERT_TRUE(stream->Write(one));
    v1::ValidateDocumentsResponse response;
    ASSERT_TRUE(stream->Read(&response));
    const auto second_context = Context();
    const auto second = peer.validation->ValidateDocuments(second_context.get());
    EXPECT_FALSE(second->Read(&response));
    reasons.Grpc(second->Finish(), "SERVER_BUSY");
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
  }
  EXPECT_EQ(peer.Stop(), 0);
}

// Those that lie in time.
void AskForTooLong(Reasons& reasons) {
  const v1::ValidateDocumentRequest request = RequestFor(LongReport(4'000'000));
  {
    const Folder folder;
    Peer peer(folder, "limits { max_call_ms: 20 }");
    reasons.Grpc(peer.Validate(request), "DEADLINE_EXCEEDED");
    reasons.Http(
        peer.http.Post("/v1/documents:validate", JsonOf(RequestFor(LongReport(500'000))), kJson),
        "DEADLINE_EXCEEDED");
    EXPECT_EQ(peer.Stop(), 0);
  }
  const Folder folder;
  Peer peer(folder, "limits { drain_ms: 1 }");
  {
    const auto context = Context();
    std::thread canceller([&] {
      EXPECT_TRUE(Eventually([&peer] { return peer.CallsInWork() == 1; }));
      context->TryCancel();
    });
    v1::ValidateDocumentResponse response;
    const grpc::Status status =
        peer.validation->ValidateDocument(context.get(), request, &response);
    canceller.join();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED);
    // Who cancels a call hears no more of it.
    EXPECT_TRUE(Eventually([&peer] {
      return absl::StrContains(peer.server.Log(), "\"reason\":\"CANCELLED\"");
    })) << peer.server.Log();
    reasons.Logged("CANCELLED");
  }
  // A server that must go does not wait for long.
  ASSERT_TRUE(Eventually([&peer] { return peer.CallsInWork() == 0; }));
  RawConnection connection(peer.server.http_port());
  const std::string body = JsonOf(request);
  connection.Send(absl::StrCat("POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\n",
                               "Content-Length: ", body.size(), "\r\n\r\n"));
  ASSERT_TRUE(Eventually([&peer] { return peer.CallsInWork() == 1; }));
  peer.server.Signal(SIGTERM);
  EXPECT_TRUE(Eventually([&peer] { return !RawConnection(peer.server.http_port()).connected(); }));
  connection.Send(body);
  const std::string response = connection.ReadResponse();
  ASSERT_GT(response.size(), 12u);
  reasons.Http(std::atoi(response.c_str() + 9), BodyOf(response), "CANCELLED");
  EXPECT_EQ(peer.Stop(/*signal=*/false), 0);
}

// Those that lie in the store.
void AskAStoreInTrouble(Reasons& reasons) {
  v1::CreateDocumentRequest create;
  v1::Document document;
  {
    const Folder folder;
    Peer peer(folder, "store { file: \"documents.sqlite\" max_bytes: 1048576 }");
    *create.mutable_document() = RequestFor(LongReport(100'000)).document();
    grpc::Status status;
    for (int count = 0; count < 20 && status.ok(); ++count)
      status = peer.documents->CreateDocument(Context().get(), create, &document);
    reasons.Grpc(status, "STORE_FULL");
    reasons.Http(peer.http.Post("/v1/documents", JsonOf(create.document()), kJson), "STORE_FULL");
    // It can be read all the same.
    v1::ListDocumentsResponse listed;
    EXPECT_TRUE(peer.documents->ListDocuments(Context().get(), {}, &listed).ok());
    EXPECT_GE(listed.documents_size(), 1);
    EXPECT_EQ(peer.Stop(), 0);
  }
  const Folder folder;
  Peer peer(folder, "store { file: \"documents.sqlite\" }");
  *create.mutable_document() = RequestFor(kConsistentReport).document();
  ASSERT_TRUE(peer.documents->CreateDocument(Context().get(), create, &document).ok());
  ASSERT_EQ(std::remove(folder.Path("documents.sqlite").c_str()), 0);
  reasons.Grpc(peer.documents->CreateDocument(Context().get(), create, &document),
               "STORE_UNAVAILABLE");
  reasons.Http(peer.http.Post("/v1/documents", JsonOf(create.document()), kJson),
               "STORE_UNAVAILABLE");
  EXPECT_EQ(peer.Stop(), 0);
}

// One test, so that none of its parts can be left out unseen.
TEST(ReasonsTest, AreAllGiven) {
  Reasons reasons;
  AskForTheImpossible(reasons);
  AskAsSomebodyElse(reasons);
  AskForTooMuch(reasons);
  AskForTooLong(reasons);
  AskAStoreInTrouble(reasons);
  reasons.ExpectAll();
}

}  // namespace
}  // namespace crossfoot
