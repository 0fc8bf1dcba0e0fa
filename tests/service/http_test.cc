// The binary over HTTP: what well-behaved clients see, and what becomes of those that are not.

#include <httplib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/service/raw_connection.h"
#include "tests/service/running_server.h"

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

// "400 ARGUMENT_INVALID document": the status, the reason and the field or path.
std::string Refusal(int status, const std::string& body) {
  google::rpc::Status error;
  google::rpc::ErrorInfo info;
  const auto parsed = google::protobuf::util::JsonStringToMessage(body, &error);
  if (!parsed.ok()) return absl::StrCat(status, " without JSON: ", body);
  if (error.details_size() > 0) error.details(0).UnpackTo(&info);
  std::string text = absl::StrCat(status, " ", info.reason());
  for (const char* key : {"field", "path", "limit", "max_document_bytes"}) {
    const auto at = info.metadata().find(key);
    if (at != info.metadata().end() && !at->second.empty()) absl::StrAppend(&text, " ", at->second);
  }
  return text;
}

std::string Refusal(const httplib::Result& result) {
  return result ? Refusal(result->status, result->body) : "no response";
}

std::string Refusal(const std::string& response) {
  const int status = response.size() < 12 ? 0 : std::atoi(response.c_str() + 9);
  return Refusal(status, BodyOf(response));
}

std::string RequestJson(const std::string& text) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("report.txt");
  request.mutable_document()->set_text(text);
  request.mutable_options()->set_reference_date("2024-03-31");
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(request, &json).ok());
  return json;
}

class HttpTest : public ::testing::Test {
 protected:
  void Start(const std::string& config = "limits { max_document_bytes: 100000 }",
             const std::string& http = "") {
    server_ = std::make_unique<RunningServer>(folder_, config, http);
    client_ = Connect();
  }

  std::unique_ptr<httplib::Client> Connect() const {
    auto client = std::make_unique<httplib::Client>("127.0.0.1", server_->http_port());
    client->set_read_timeout(20);
    return client;
  }

  // A whole response to bytes on a connection of their own, which the server must close after it.
  std::string Exchange(const std::string& bytes) const {
    RawConnection connection(server_->http_port());
    connection.Send(bytes);
    std::string response = connection.ReadResponse();
    // The rest of what was announced, as a request of its own.
    connection.Send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(connection.ReadAll(), "") << "answered what may be the body of:\n" << bytes;
    return response;
  }

  void TearDown() override {
    client_.reset();
    if (server_ == nullptr) return;
    EXPECT_EQ(server_->Stop(), 0);
  }

  Folder folder_;
  std::unique_ptr<RunningServer> server_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(HttpTest, AnswersAsGrpcDoes) {
  Start();
  const httplib::Result http =
      client_->Post("/v1/documents:validate", RequestJson(kContradictoryReport), kJson);
  ASSERT_TRUE(http);
  ASSERT_EQ(http->status, 200) << http->body;
  EXPECT_EQ(http->get_header_value("Content-Type"), kJson);
  v1::ValidateDocumentResponse from_http;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(http->body, &from_http).ok());

  const auto stub = v1::ValidationService::NewStub(
      grpc::CreateChannel(server_->grpc_address(), grpc::InsecureChannelCredentials()));
  v1::ValidateDocumentRequest request;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(RequestJson(kContradictoryReport), &request)
          .ok());
  grpc::ClientContext context;
  v1::ValidateDocumentResponse from_grpc;
  ASSERT_TRUE(stub->ValidateDocument(&context, request, &from_grpc).ok());
  EXPECT_GE(from_grpc.summary().errors(), 1);
  google::protobuf::util::MessageDifferencer difference;
  std::string differences;
  difference.ReportDifferencesToString(&differences);
  EXPECT_TRUE(difference.Compare(from_grpc, from_http)) << differences;
}

TEST_F(HttpTest, ServesEveryRoute) {
  Start();
  const std::string json = RequestJson(kConsistentReport);
  const std::string document =
      absl::StrCat("{\"content\": \"", absl::Base64Escape(kConsistentReport), "\"}");
  const auto expect = [](const httplib::Result& result, const std::string& part) {
    ASSERT_TRUE(result);
    EXPECT_EQ(result->status, 200) << result->body;
    EXPECT_NE(result->body.find(part), std::string::npos) << result->body;
    EXPECT_EQ(result->get_header_value("Content-Type"), kJson);
  };
  expect(client_->Post("/v1/documents:validate", json, kJson), "\"summary\":");
  expect(client_->Post("/v1/documents:extractFigures", json, kJson), "\"246300000000\"");
  expect(client_->Post("/v1/documents:validateSet",
                       absl::StrCat("{\"documents\": [", document, ",", document, "]}"), kJson),
         "\"responses\":[{");
  expect(client_->Post("/v1/documents?documentId=first-one&options.referenceDate=2024-03-31",
                       document, kJson),
         "\"name\":\"documents/first-one\"");
  expect(client_->Get("/v1/documents"), "\"name\":\"documents/first-one\"");
  expect(client_->Get("/v1/documents/first-one?view=VIEW_FULL&readMask=content,latestDay"),
         absl::StrCat("{\"content\":\"", absl::Base64Escape(kConsistentReport),
                      "\",\"latestDay\":\"2024-02-29\"}"));
  expect(client_->Delete("/v1/documents/first-one"), "{}");
  expect(client_->Get("/v1/rulePacks"), "\"name\":\"rulePacks/totals\"");
  expect(client_->Get("/v1/rules?pageSize=3&language=LANGUAGE_EN"), "\"nextPageToken\":\"");
  expect(client_->Get("/v1/rules/parts-sum-to-total"), "\"examples\":[{");
  expect(client_->Post("/v1/rules:test", "{\"rulePackText\": \"# none\"}", kJson), "{}");
}

TEST_F(HttpTest, SaysWhatItDoesNotServe) {
  Start();
  EXPECT_EQ(Refusal(client_->Get("/v1/none")), "404 METHOD_NOT_FOUND /v1/none");
  EXPECT_EQ(Refusal(client_->Get("/")), "404 METHOD_NOT_FOUND /");
  EXPECT_EQ(Refusal(client_->Get("/v1/documents:none")), "404 METHOD_NOT_FOUND /v1/documents:none");
  const auto allow = [](const httplib::Result& result) {
    return result ? absl::StrCat(result->status, " ", result->get_header_value("Allow")) : "none";
  };
  EXPECT_EQ(allow(client_->Delete("/v1/rules/parts-sum-to-total")), "405 GET");
  EXPECT_EQ(allow(client_->Get("/v1/documents:validate")), "405 POST");
  EXPECT_EQ(allow(client_->Put("/v1/documents", "{}", kJson)), "405 POST, GET");
  EXPECT_EQ(allow(client_->Options("/v1/documents/abcd")), "405 GET, DELETE");
  // Nothing is kept of a request that is no HTTP, and the answer is JSON all the same.
  EXPECT_EQ(Refusal(client_->Get("/v1/rules?" + std::string(10'000, 'x'))).substr(0, 20),
            "414 ARGUMENT_INVALID");
}

TEST_F(HttpTest, RefusesBodiesThatItDoesNotUnderstand) {
  Start();
  const auto post = [this](const std::string& body, const char* type = kJson) {
    return Refusal(client_->Post("/v1/documents:validate", body, type));
  };
  for (const char* body : {"", "nonsense", "[]", "{\"colour\": 1}", "{\"document\": 5}",
                           "{\"document\": {\"text\": \"\xff\"}}"}) {
    EXPECT_EQ(post(body), "400 ARGUMENT_INVALID") << body;
  }
  std::string deep;
  for (int depth = 0; depth < 10'000; ++depth) deep += "{\"document\":";
  EXPECT_EQ(post(deep), "400 ARGUMENT_INVALID");
  EXPECT_EQ(post("{}"), "400 ARGUMENT_INVALID document");
  EXPECT_EQ(Refusal(client_->Post("/v1/documents:validate?view=1", "{}", kJson)),
            "400 ARGUMENT_INVALID view");
  const std::string form =
      "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n";
  EXPECT_EQ(post(form, "multipart/form-data; boundary=x"), "400 ARGUMENT_INVALID");
  EXPECT_EQ(post(form, "multipart/form-data"), "400 ARGUMENT_INVALID");
}

TEST_F(HttpTest, BoundsBodies) {
  Start();
  EXPECT_EQ(Refusal(client_->Post("/v1/documents:validate", RequestJson(std::string(100'001, 'x')),
                                  kJson)),
            "400 DOCUMENT_TOO_LARGE 100000");
  // Six times the document and 64 KiB, whatever is in it.
  const std::string head = "POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(Refusal(Exchange(head + "Content-Length: 665537\r\n\r\n")),
            "400 DOCUMENT_TOO_LARGE 100000");
  EXPECT_EQ(Refusal(Exchange(head + "Content-Length: 99999999999999999999\r\n\r\n")),
            "400 ARGUMENT_INVALID");
  // In pieces nobody says beforehand how long it is.
  const auto in_pieces = [this](const std::string& body, const httplib::Headers& headers = {}) {
    size_t sent = 0;
    return Connect()->Post(
        "/v1/documents:validate", headers,
        [&body, &sent](size_t, httplib::DataSink& sink) {
          const size_t size = std::min<size_t>(10'000, body.size() - sent);
          sink.write(body.data() + sent, size);
          sent += size;
          if (sent == body.size()) sink.done();
          return true;
        },
        kJson);
  };
  const httplib::Result whole = in_pieces(RequestJson(kConsistentReport));
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->status, 200) << whole->body;
  RawConnection connection(server_->http_port());
  connection.Send(head + "Transfer-Encoding: chunked\r\n\r\n");
  for (int piece = 0; piece < 67; ++piece)
    connection.Send("2710\r\n" + std::string(10'000, ' ') + "\r\n");
  EXPECT_EQ(Refusal(connection.ReadResponse()), "400 DOCUMENT_TOO_LARGE 100000");
}

TEST_F(HttpTest, TakesCompressedBodies) {
  Start();
  client_->set_compress(true);
  const httplib::Result result =
      client_->Post("/v1/documents:validate", RequestJson(kConsistentReport), kJson);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 200) << result->body;
  // A bomb: far more than may be sent, in a few bytes.
  EXPECT_EQ(Refusal(client_->Post("/v1/documents:validate", std::string(5'000'000, ' '), kJson)),
            "400 DOCUMENT_TOO_LARGE 100000");
}

// What was not read of a refused request is never taken for the next one.
TEST_F(HttpTest, ClosesTheConnectionWhenABodyWasNotRead) {
  Start();
  const std::string length = "Host: a\r\nContent-Length: 500\r\n\r\n";
  EXPECT_EQ(Refusal(Exchange("POST /v1/none HTTP/1.1\r\n" + length)),
            "404 METHOD_NOT_FOUND /v1/none");
  EXPECT_EQ(Refusal(Exchange("PUT /v1/rules HTTP/1.1\r\n" + length)),
            "405 METHOD_NOT_FOUND /v1/rules");
  EXPECT_EQ(Refusal(Exchange("DELETE /v1/documents/none HTTP/1.1\r\n" + length)),
            "404 DOCUMENT_NOT_FOUND");
  EXPECT_EQ(Exchange("GET /v1/rulePacks HTTP/1.1\r\n" + length).substr(0, 15), "HTTP/1.1 200 OK");
  EXPECT_EQ(Exchange("GET /v1/rulePacks HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                .substr(0, 15),
            "HTTP/1.1 200 OK");
  const std::string head = "POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(Refusal(Exchange(head + "\r\n")), "400 ARGUMENT_INVALID");
  EXPECT_EQ(Refusal(Exchange(head + "Content-Length: ten\r\n\r\n")), "400 ARGUMENT_INVALID");
  EXPECT_EQ(Refusal(Exchange(head + "Content-Length: -1\r\n\r\n")), "400 ARGUMENT_INVALID");
  EXPECT_EQ(Refusal(Exchange(head + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}")),
            "400 ARGUMENT_INVALID");
  EXPECT_EQ(
      Refusal(Exchange(
          head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")),
      "400 ARGUMENT_INVALID");
}

TEST_F(HttpTest, SaysThatABodyIsCutOff) {
  Start();
  const std::string head = "POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\n";
  RawConnection sized(server_->http_port());
  RawConnection chunked(server_->http_port());
  sized.Send(head + "Content-Length: 100\r\n\r\n{}");
  chunked.Send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{");
  for (RawConnection* connection : {&sized, &chunked}) {
    EXPECT_EQ(Refusal(connection->ReadResponse()), "400 ARGUMENT_INVALID");
    EXPECT_EQ(connection->ReadAll(), "");
  }
  // Whoever has hung up is not waited for.
  RawConnection gone(server_->http_port());
  gone.Send(head + "Content-Length: 100\r\n\r\n{}");
  gone.EndSending();
  gone.ReadAll();
  EXPECT_TRUE(Eventually([this] {
    const httplib::Result metrics = client_->Get("/metrics");
    return metrics && absl::StrContains(metrics->body, "\ncrossfoot_calls_in_work 0\n");
  }));
}

// A body that comes drop by drop holds its room no longer than a call may take.
TEST_F(HttpTest, GivesUpOnABodyThatNeverEnds) {
  Start("limits { max_call_ms: 300 }");
  RawConnection connection(server_->http_port());
  connection.Send(
      "POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
  EXPECT_TRUE(Eventually([&connection] {
    connection.Send(" ");
    return connection.Readable(0);
  }));
  EXPECT_EQ(Refusal(connection.ReadResponse()), "504 DEADLINE_EXCEEDED");
}

TEST_F(HttpTest, GivesWholeResponsesWhateverTheRange) {
  Start();
  const httplib::Result whole = client_->Get("/v1/rulePacks");
  const httplib::Result part = client_->Get("/v1/rulePacks", {{"Range", "bytes=0-9"}});
  ASSERT_TRUE(whole && part);
  EXPECT_EQ(part->status, 200);
  EXPECT_EQ(part->body, whole->body);
  EXPECT_FALSE(part->has_header("Content-Range"));
}

TEST_F(HttpTest, KeepsConnectionsAlive) {
  Start();
  RawConnection connection(server_->http_port());
  for (int call = 0; call < 3; ++call) {
    connection.Send("GET /v1/rulePacks?pageSize=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_NE(BodyOf(connection.ReadResponse()).find("rulePacks/"), std::string::npos) << call;
    const std::string body = RequestJson(kConsistentReport);
    connection.Send(absl::StrCat("POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\n",
                                 "Content-Length: ", body.size(), "\r\n\r\n", body));
    EXPECT_NE(BodyOf(connection.ReadResponse()).find("\"summary\""), std::string::npos) << call;
    // A call that fails with its body read is no reason to close.
    connection.Send(
        "POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(Refusal(connection.ReadResponse()), "400 ARGUMENT_INVALID document") << call;
  }
  connection.Send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(BodyOf(connection.ReadResponse()), "ok\n");
  EXPECT_EQ(connection.ReadAll(), "");
}

TEST_F(HttpTest, BoundsConnectionsIdleOnesIncluded) {
  Start("", "max_connections: 2");
  const std::string request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
  auto first = std::make_unique<RawConnection>(server_->http_port());
  RawConnection second(server_->http_port());
  first->Send(request);
  second.Send(request);
  EXPECT_EQ(BodyOf(first->ReadResponse()), "ok\n");
  EXPECT_EQ(BodyOf(second.ReadResponse()), "ok\n");
  RawConnection third(server_->http_port());
  ASSERT_TRUE(third.connected());
  third.Send(request);
  EXPECT_FALSE(third.Readable(200));
  first.reset();
  EXPECT_EQ(BodyOf(third.ReadResponse()), "ok\n");
  // An idle one gives its place up by itself.
  EXPECT_EQ(second.ReadAll(), "");
}

TEST_F(HttpTest, TellsItsHealth) {
  Start("store { file: \"documents.sqlite\" }");
  const auto text = [this](const char* path) {
    const httplib::Result result = Connect()->Get(path);
    return result ? absl::StrCat(result->status, " ", result->body) : "no response";
  };
  EXPECT_EQ(text("/healthz"), "200 ok\n");
  EXPECT_EQ(text("/readyz"), "200 ready\n");
  ASSERT_EQ(std::rename(folder_.Path("documents.sqlite").c_str(), folder_.Path("away").c_str()), 0);
  EXPECT_TRUE(Eventually([&] { return text("/readyz") == "503 not ready\n"; }));
  EXPECT_EQ(text("/healthz"), "200 ok\n");
  ASSERT_EQ(std::rename(folder_.Path("away").c_str(), folder_.Path("documents.sqlite").c_str()), 0);
  EXPECT_TRUE(Eventually([&] { return text("/readyz") == "200 ready\n"; }));
}

// Prometheus' text format, version 0.0.4.
TEST_F(HttpTest, GivesMetrics) {
  Start();
  ASSERT_TRUE(client_->Post("/v1/documents:validate", RequestJson(kContradictoryReport), kJson));
  ASSERT_TRUE(client_->Get("/v1/rules/none"));
  const httplib::Result result = client_->Get("/metrics");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 200);
  EXPECT_EQ(result->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  std::istringstream lines(result->body);
  std::string typed;
  int samples = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("# TYPE ", 0) == 0) {
      typed = line.substr(7, line.find(' ', 7) - 7);
      continue;
    }
    if (line.rfind("# HELP ", 0) == 0) continue;
    ++samples;
    const std::string name = line.substr(0, line.find_first_of("{ "));
    EXPECT_EQ(name.rfind(typed, 0), 0u) << line << " under " << typed;
    EXPECT_EQ(name.rfind("crossfoot_", 0), 0u) << line;
    const size_t brace = line.rfind('}');
    EXPECT_EQ(brace == std::string::npos, line.find('{') == std::string::npos) << line;
    const size_t space = line.find(' ', brace == std::string::npos ? 0 : brace);
    ASSERT_NE(space, std::string::npos) << line;
    char* end = nullptr;
    std::strtod(line.c_str() + space + 1, &end);
    EXPECT_EQ(*end, '\0') << line;
  }
  EXPECT_GT(samples, 50);
  for (const char* part :
       {"crossfoot_call_duration_seconds_count{", "method=\"ValidateDocument\"",
        "crossfoot_findings_total{", "crossfoot_document_bytes_total ", "NOT_FOUND"}) {
    EXPECT_NE(result->body.find(part), std::string::npos) << part;
  }
}

TEST_F(HttpTest, TellsCallsApart) {
  Start();
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const httplib::Result named = client_->Get(
      "/v1/rulePacks",
      {{"X-Request-Id", "ours-17"}, {"traceparent", "00-" + trace + "-00f067aa0ba902b7-01"}});
  ASSERT_TRUE(named);
  EXPECT_EQ(named->get_header_value("X-Request-Id"), "ours-17");
  EXPECT_EQ(named->get_header_value("traceresponse").substr(0, 36), "00-" + trace + "-");
  EXPECT_TRUE(Eventually([&] {
    return absl::StrContains(server_->Log(), "\"request_id\":\"ours-17\"");
  })) << server_->Log();
  EXPECT_TRUE(absl::StrContains(server_->Log(), "\"trace_id\":\"" + trace + "\""));
  const httplib::Result nameless = client_->Get("/v1/rulePacks");
  ASSERT_TRUE(nameless);
  EXPECT_EQ(nameless->get_header_value("X-Request-Id").size(), 16u);
  // The library decodes headers; no line of them may come of it.
  const httplib::Result forged =
      client_->Get("/v1/rulePacks", {{"X-Request-Id", "a%0d%0aSet-Cookie: b=c"}});
  ASSERT_TRUE(forged);
  EXPECT_FALSE(forged->has_header("Set-Cookie"));
  const httplib::Result failed = client_->Get("/v1/rules/none", {{"X-Request-Id", "ours-18"}});
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->get_header_value("X-Request-Id"), "ours-18");
  const httplib::Result nowhere = client_->Get("/v1/none", {{"X-Request-Id", "ours-19"}});
  ASSERT_TRUE(nowhere);
  EXPECT_EQ(nowhere->status, 404);
  EXPECT_EQ(nowhere->get_header_value("X-Request-Id"), "ours-19");
}

}  // namespace
}  // namespace crossfoot
