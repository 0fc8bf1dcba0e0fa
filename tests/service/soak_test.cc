// The binary under thousands of requests of every kind at once, good and hostile: it lives, answers
// as before, and keeps no memory.  SOAK_REQUESTS in the environment changes how many they are.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/service/raw_connection.h"
#include "tests/service/requests.h"
#include "tests/service/running_server.h"
#include "tests/testing/raw_call.h"

namespace crossfoot {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::EndOfUpload;
using testing::Eventually;
using testing::Folder;
using testing::HttpAnswer;
using testing::kConsistentReport;
using testing::kContradictoryReport;
using testing::ReasonOf;
using testing::ReportOfBytes;
using testing::RunningServer;
using testing::Socket;
using testing::UploadOf;
using testing::ValidationOf;
using testing::Within;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;  // freed memory is kept, and all is slow
#else
constexpr bool kSanitized = false;
#endif

constexpr int kThreads = 4;
constexpr size_t kMaxDocumentBytes = 100'000;

int RequestCount() {
  int count = 0;
  const char* wanted = std::getenv("SOAK_REQUESTS");
  if (wanted != nullptr && absl::SimpleAtoi(wanted, &count)) return count;
  return kSanitized ? 1000 : 10'000;
}

// What a document is answered with; an empty reason is OK.
struct Sample {
  std::string content;
  std::string reason;
};

std::vector<Sample> Samples() {
  std::string figures;
  for (int i = 0; i < 2100; ++i) absl::StrAppend(&figures, "收入", i + 1, "亿元，");
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "<div>";
  return {{kConsistentReport, ""},
          {kContradictoryReport, ""},
          {ReportOfBytes(20'000), ""},
          {absl::StrCat("<table><tr><td>", kContradictoryReport, "</table>"), ""},
          {"", "DOCUMENT_EMPTY"},
          {" \n\t", "DOCUMENT_EMPTY"},
          {std::string(kMaxDocumentBytes + 1, 'x'), "DOCUMENT_TOO_LARGE"},
          {std::string("ab\0c", 4), "BINARY_CONTENT"},
          {"增长\xff", "ENCODING_INVALID"},
          {absl::StrCat("<html><body>", deep, kConsistentReport), "NESTING_TOO_DEEP"},
          {figures, "TOO_MANY_FIGURES"}};
}

// One client with connections of its own, which does what its dice say.
class Client {
 public:
  Client(const RunningServer& service, uint32_t seed)
      : service_(service),
        samples_(Samples()),
        random_(seed),
        channel_(service.Connect()),
        validation_(v1::ValidationService::NewStub(channel_)),
        documents_(v1::DocumentService::NewStub(channel_)) {}

  void DoOne() {
    switch (Below(16)) {
      case 0:
        return RandomBytes();
      case 1:
        return Cancelled();
      case 2:
        return TooLate();
      case 3:
        return UnknownMethod();
      case 4:
        return Stream(/*cancelled=*/false);
      case 5:
        return Stream(/*cancelled=*/true);
      case 6:
        return Upload(/*whole=*/true);
      case 7:
        return Upload(/*whole=*/false);
      case 8:
        return Store();
      case 9:
        return Http();
      case 10:
        return BadHttp();
      case 11:
        return NoHttp();
      default:
        return Unary();
    }
  }

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  const Sample& AnySample() { return samples_[Below(samples_.size())]; }
  std::string AnyBytes(size_t count) {
    std::string bytes(count, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random_());
    return bytes;
  }

  void Unary() {
    const Sample& sample = AnySample();
    v1::ValidateDocumentResponse response;
    const grpc::Status status =
        validation_->ValidateDocument(Within().get(), ValidationOf(sample.content), &response);
    EXPECT_EQ(status.ok(), sample.reason.empty()) << status.error_message();
    EXPECT_EQ(ReasonOf(status), sample.reason) << status.error_message();
  }

  void RandomBytes() {
    v1::ValidateDocumentResponse response;
    const grpc::Status status = validation_->ValidateDocument(
        Within().get(), ValidationOf(AnyBytes(Below(5000))), &response);
    EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::INVALID_ARGUMENT)
        << status.error_message();
  }

  void Cancelled() {
    const std::unique_ptr<grpc::ClientContext> context = Within();
    grpc::CompletionQueue queue;
    v1::ValidateDocumentResponse response;
    grpc::Status status;
    auto call = validation_->AsyncValidateDocument(context.get(),
                                                   ValidationOf(ReportOfBytes(50'000)), &queue);
    call->Finish(&response, &status, nullptr);
    // At any moment of its course.
    std::this_thread::sleep_for(std::chrono::microseconds(Below(20'000)));
    context->TryCancel();
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::CANCELLED)
        << status.error_message();
  }

  void TooLate() {
    v1::ValidateDocumentResponse response;
    const grpc::Status status = validation_->ValidateDocument(
        Within(milliseconds(1)).get(), ValidationOf(ReportOfBytes(80'000)), &response);
    EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED)
        << status.error_message();
  }

  void UnknownMethod() {
    const absl::StatusOr<std::string> answer = testing::RawCall(
        channel_, absl::StrCat("/crossfoot.v1.ValidationService/None", Below(1000)), AnyBytes(100));
    EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnimplemented) << answer.status();
  }

  void Stream(bool cancelled) {
    const std::unique_ptr<grpc::ClientContext> context = Within();
    auto stream = validation_->ValidateDocuments(context.get());
    std::vector<std::string> reasons;
    for (int i = 0; i < 4; ++i) {
      const Sample& sample = AnySample();
      v1::ValidateDocumentsRequest request;
      request.set_id(absl::StrCat(i));
      *request.mutable_request() = ValidationOf(sample.content);
      EXPECT_TRUE(stream->Write(request));
      reasons.push_back(sample.reason);
    }
    if (cancelled) {
      context->TryCancel();
      EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
      return;
    }
    stream->WritesDone();
    size_t answers = 0;
    for (v1::ValidateDocumentsResponse response; stream->Read(&response); ++answers) {
      size_t i = 0;
      ASSERT_TRUE(absl::SimpleAtoi(response.id(), &i));
      EXPECT_EQ(response.response().error().reason(), reasons.at(i));
    }
    EXPECT_EQ(answers, 4u);
    EXPECT_TRUE(stream->Finish().ok());
  }

  void Delete(const std::string& name) {
    v1::DeleteDocumentRequest remove;
    remove.set_name(name);
    google::protobuf::Empty empty;
    const grpc::Status status = documents_->DeleteDocument(Within().get(), remove, &empty);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }

  void Upload(bool whole) {
    const Sample& sample = AnySample();
    const std::unique_ptr<grpc::ClientContext> context = Within();
    v1::Document document;
    auto upload = documents_->UploadDocument(context.get(), &document);
    // The server ends it early when it is too large.
    for (const v1::UploadDocumentRequest& message : UploadOf("report.txt", sample.content))
      upload->Write(message);
    if (whole) upload->Write(EndOfUpload(sample.content));
    upload->WritesDone();
    const grpc::Status status = upload->Finish();
    const bool too_large = sample.reason == "DOCUMENT_TOO_LARGE";
    EXPECT_EQ(ReasonOf(status), whole || too_large ? sample.reason : "ARGUMENT_INVALID")
        << status.error_message();
    if (status.ok()) Delete(document.name());
  }

  void Store() {
    v1::CreateDocumentRequest request;
    request.mutable_document()->set_content(kConsistentReport);
    v1::Document document;
    const grpc::Status status = documents_->CreateDocument(Within().get(), request, &document);
    ASSERT_TRUE(status.ok()) << status.error_message();
    v1::ValidateDocumentRequest validation = ValidationOf(kContradictoryReport);
    validation.set_check_stored_documents(true);
    v1::ValidateDocumentResponse response;
    const grpc::Status checked =
        validation_->ValidateDocument(Within().get(), validation, &response);
    EXPECT_TRUE(checked.ok()) << checked.error_message();
    Delete(document.name());
  }

  void Http() {
    const HttpAnswer answer = service_.Http(
        "POST /v1/documents:validate",
        R"({"document": {"uri": "a", "text": "1月份收入5亿元。"}, "options": {"view": "VIEW_FULL"}})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find("figures"), std::string::npos);
  }

  void BadHttp() {
    static const std::vector<std::string> kBodies = {"",
                                                     "{",
                                                     "{\"document\": 1}",
                                                     "{\"none\": 1}",
                                                     "\xff\xfe",
                                                     "[[[[[[[[[[",
                                                     "{\"document\": {\"content\": \"***\"}}",
                                                     std::string(10'000, '[')};
    const std::string& body = kBodies[Below(kBodies.size())];
    const HttpAnswer answer = service_.Http("POST /v1/documents:validate", body);
    EXPECT_EQ(answer.status, 400) << body << "\n" << answer.body;
    EXPECT_EQ(service_.Http("GET /v1/none").status, 404);
    EXPECT_EQ(service_.Http("DELETE /v1/documents:validate").status, 405);
    // Bodies that the library would take apart.
    for (const std::string headers :
         {"Content-Encoding: gzip\r\n", "Content-Type: multipart/form-data; boundary=x\r\n",
          "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Encoding: br\r\n"}) {
      const HttpAnswer refused =
          service_.Http("POST /v1/documents:validate", AnyBytes(1000), headers);
      EXPECT_GE(refused.status, 400) << headers << refused.body;
    }
  }

  void NoHttp() {
    const Socket socket(Below(2) == 0 ? service_.http_port() : service_.grpc_port());
    socket.Send(AnyBytes(1 + Below(2000)) + "\r\n\r\n");
  }

  const RunningServer& service_;
  const std::vector<Sample> samples_;
  std::mt19937 random_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ValidationService::Stub> validation_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
};

void Soak(const RunningServer& service, int requests, uint32_t seed) {
  std::atomic<int> left = requests;
  std::vector<std::thread> threads;
  for (uint32_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      Client client(service, seed + thread);
      while (left-- > 0) client.DoOne();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::string Answer(const RunningServer& service) {
  const auto stub = v1::ValidationService::NewStub(service.Connect());
  v1::ValidateDocumentRequest request = ValidationOf(kContradictoryReport);
  request.mutable_options()->set_view(v1::VIEW_FULL);
  v1::ValidateDocumentResponse response;
  const grpc::Status status = stub->ValidateDocument(Within().get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  const HttpAnswer http = service.Http(
      "POST /v1/documents:validate",
      R"({"document": {"text": "1月份收入5亿元，增长3%。"}, "options": {"explain": true}})");
  EXPECT_EQ(http.status, 200);
  return response.SerializeAsString() + http.body;
}

// The memory once nothing is in work any more and it has stopped to change.
int64_t SettledKib(const RunningServer& service) {
  EXPECT_TRUE(Eventually([&] { return service.Metric("crossfoot_calls_in_work") == 0; }));
  int64_t kib = 0;
  int same = 0;
  Eventually([&] {
    Answer(service);
    same = service.ResidentKib() == kib ? same + 1 : 0;
    kib = service.ResidentKib();
    return same >= 10;
  });
  return kib;
}

TEST(SoakTest, LivesThroughAllOfIt) {
  const Folder folder;
  RunningServer service(
      folder, absl::StrCat("limits { workers: 2 max_figures: 2000 max_document_bytes: ",
                           kMaxDocumentBytes, " }\nstore { file: \"", folder.Path("store.db"),
                           "\" }\nlog { level: LEVEL_ERROR }\n"));
  const std::string before = Answer(service);
  const int requests = RequestCount();
  Soak(service, requests / 2, 1000);
  const int64_t warm = SettledKib(service);
  const auto start = std::chrono::steady_clock::now();
  Soak(service, requests, 2000);
  const double took =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const int64_t after = SettledKib(service);
  std::cerr << requests << " requests in " << took << " s; " << warm << " KiB after warm-up, "
            << after << " KiB after all of them\n";
  EXPECT_EQ(Answer(service), before);
  if (!kSanitized) {
    EXPECT_LT(static_cast<double>(after), 1.1 * static_cast<double>(warm));
  }
  EXPECT_EQ(service.Stop(), 0);
}

}  // namespace
}  // namespace crossfoot
