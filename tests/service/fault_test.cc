// The binary when something goes wrong around it: its disk, its callers, the process itself.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/service/raw_connection.h"
#include "tests/service/requests.h"
#include "tests/service/running_server.h"
#include "tests/testing/process.h"
#include "tests/testing/raw_call.h"

namespace crossfoot {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::EndOfUpload;
using testing::Eventually;
using testing::Folder;
using testing::kConsistentReport;
using testing::ReasonOf;
using testing::ReportOfBytes;
using testing::RunfilePath;
using testing::RunningServer;
using testing::RunProgram;
using testing::Socket;
using testing::UploadOf;
using testing::ValidationOf;
using testing::Within;
using Clock = std::chrono::steady_clock;

constexpr size_t kMiB = 1 << 20;

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// A wire between a client and the server that the test cuts.
class Wire {
 public:
  explicit Wire(int to_port) : to_port_(to_port) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener_, 8) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      ADD_FAILURE() << "cannot listen";
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Carry(); });
  }
  ~Wire() {
    Cut();
    close(listener_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  int port() const { return port_; }

  // Both ends find the connection closed, and no other can be made.
  void Cut() {
    cut_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  void Carry() {
    std::vector<std::pair<Socket, Socket>> connections;
    while (!cut_) {
      std::vector<pollfd> waiting = {{listener_, POLLIN, 0}};
      for (const auto& [one, other] : connections) {
        waiting.push_back({one.descriptor(), POLLIN, 0});
        waiting.push_back({other.descriptor(), POLLIN, 0});
      }
      if (poll(waiting.data(), waiting.size(), 5) <= 0) continue;
      for (size_t i = 1; i < waiting.size(); ++i) {
        if (waiting[i].revents == 0) continue;
        auto& [one, other] = connections[(i - 1) / 2];
        const Socket& to = i % 2 == 1 ? other : one;
        std::string bytes(65536, '\0');
        const ssize_t count = recv(waiting[i].fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count <= 0) {
          one.Close();
          other.Close();
          continue;
        }
        bytes.resize(static_cast<size_t>(count));
        if (to.connected()) to.Send(bytes);
      }
      if (waiting[0].revents != 0) {
        connections.emplace_back(Socket::Of(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)),
                                 Socket(to_port_));
      }
    }
  }

  const int to_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> cut_ = false;
  std::thread thread_;
};

class FaultTest : public ::testing::Test {
 protected:
  FaultTest() : store_(scratch_.Path("store.db")) {}

  void Start(const std::string& limits = "", const std::string& store = "",
             const std::string& http = "") {
    channel_.reset();
    service_.reset();
    service_.emplace(scratch_,
                     absl::StrCat("limits { ", limits, " }\nstore { file: \"", store_, "\" ", store,
                                  " }\nlog { level: LEVEL_ERROR }\n"),
                     http);
    channel_ = service_->Connect();
    validation_ = v1::ValidationService::NewStub(channel_);
    documents_ = v1::DocumentService::NewStub(channel_);
  }

  grpc::Status Validate(const std::string& content) {
    v1::ValidateDocumentResponse response;
    return validation_->ValidateDocument(Within().get(), ValidationOf(content), &response);
  }

  grpc::Status Create(const std::string& content, v1::Document* document,
                      const std::string& request_id = "") {
    v1::CreateDocumentRequest request;
    request.mutable_document()->set_uri("report.txt");
    request.mutable_document()->set_content(content);
    request.set_request_id(request_id);
    return documents_->CreateDocument(Within().get(), request, document);
  }

  // The bytes of all documents that the server has, by their names.
  std::map<std::string, std::string> Stored() {
    std::map<std::string, std::string> stored;
    v1::ListDocumentsRequest list;
    list.set_page_size(1000);
    v1::ListDocumentsResponse listed;
    const grpc::Status status = documents_->ListDocuments(Within().get(), list, &listed);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(listed.next_page_token(), "");
    for (const v1::Document& document : listed.documents()) {
      v1::GetDocumentRequest get;
      get.set_name(document.name());
      get.set_view(v1::VIEW_FULL);
      v1::Document whole;
      const grpc::Status got = documents_->GetDocument(Within().get(), get, &whole);
      EXPECT_TRUE(got.ok()) << got.error_message();
      EXPECT_EQ(whole.size_bytes(), static_cast<int64_t>(whole.content().size()));
      EXPECT_EQ(EndOfUpload(whole.content()).sha256(), whole.sha256());
      EXPECT_GT(whole.validation().summary().figures(), 0) << "stored without what was found";
      stored[document.name()] = whole.content();
    }
    return stored;
  }

  double InWork() const { return service_->Metric("crossfoot_calls_in_work"); }
  bool Ready() const { return service_->Http("GET /readyz").status == 200; }
  std::string Health() const {
    return testing::RawCall(channel_, "/grpc.health.v1.Health/Check", "").value_or("none");
  }

  // Fills the store, makes room, and uses it.  `help` is what an operator does before callers can
  // delete.
  void FillAndMakeRoom(const std::function<void()>& help = [] {}) {
    std::map<std::string, std::string> kept;
    grpc::Status status;
    while (kept.size() < 200) {
      const std::string content = absl::StrCat(ReportOfBytes(50'000), "第", kept.size(), "份。\n");
      v1::Document document;
      status = Create(content, &document);
      if (!status.ok()) break;
      kept[document.name()] = content;
    }
    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
    EXPECT_EQ(ReasonOf(status), "STORE_FULL");
    EXPECT_GE(kept.size(), 2u);
    EXPECT_EQ(Stored(), kept);
    help();
    for (int i = 0; i < 2; ++i) {
      v1::DeleteDocumentRequest remove;
      remove.set_name(kept.begin()->first);
      google::protobuf::Empty empty;
      const grpc::Status removed = documents_->DeleteDocument(Within().get(), remove, &empty);
      ASSERT_TRUE(removed.ok()) << ReasonOf(removed) << " " << removed.error_message();
      kept.erase(kept.begin());
    }
    v1::Document document;
    const std::string content = ReportOfBytes(50'000);
    const grpc::Status created = Create(content, &document);
    ASSERT_TRUE(created.ok()) << created.error_message();
    kept[document.name()] = content;
    EXPECT_EQ(Stored(), kept);
    EXPECT_TRUE(Ready());
  }

  const Folder scratch_;
  std::string store_;
  std::optional<RunningServer> service_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ValidationService::Stub> validation_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
};

constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";

TEST_F(FaultTest, AStoreThatIsTakenAwayIsToldUntilItIsBack) {
  ASSERT_NO_FATAL_FAILURE(Start());
  std::mutex mutex;
  std::map<std::string, std::string> kept;
  std::atomic<int> refused = 0;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      v1::Document document;
      const std::string content = absl::StrCat(kConsistentReport, "第", i, "份。\n");
      const grpc::Status status = Create(content, &document);
      if (status.ok()) {
        const std::lock_guard<std::mutex> lock(mutex);
        kept[document.name()] = content;
        std::this_thread::sleep_for(milliseconds(5));  // so that one page lists all
      } else {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
        EXPECT_EQ(ReasonOf(status), "STORE_UNAVAILABLE");
        ++refused;
        std::this_thread::sleep_for(milliseconds(5));
      }
    }
  });
  const auto kept_count = [&] {
    const std::lock_guard<std::mutex> lock(mutex);
    return kept.size();
  };
  for (const bool other_in_its_place : {false, true}) {
    const size_t before = kept_count();
    const int refused_before = refused;
    EXPECT_TRUE(Eventually([&] { return kept_count() > before; }));
    std::filesystem::rename(store_, store_ + ".away");
    if (other_in_its_place) std::ofstream(store_) << "something else";
    EXPECT_TRUE(Eventually([&] { return refused > refused_before; }));
    EXPECT_TRUE(Eventually([&] { return !Ready(); }, seconds(5)));
    EXPECT_TRUE(Eventually([&] { return Health() == kNotServing; }, seconds(5)));
    EXPECT_TRUE(Validate(kConsistentReport).ok()) << "what needs no store goes on";
    std::filesystem::rename(store_ + ".away", store_);
    EXPECT_TRUE(Eventually([&] { return Ready(); }, seconds(5)));
    EXPECT_TRUE(Eventually([&] { return Health() == kServing; }, seconds(5)));
    const size_t back = kept_count();
    EXPECT_TRUE(Eventually([&] { return kept_count() > back; }));
  }
  stop = true;
  writer.join();
  EXPECT_EQ(Stored(), kept);
}

TEST_F(FaultTest, AFileThatIsNoStoreIsNotServedFrom) {
  std::ofstream(store_) << std::string(10'000, 'x');
  const auto ending =
      RunProgram({RunfilePath("clients/cli/crossfoot"), "serve", "--store=" + store_});
  ASSERT_TRUE(ending.ok()) << ending.status();
  EXPECT_EQ(ending->exit_status, 2) << ending->err;
  std::ifstream file(store_);
  const std::string left((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(left, std::string(10'000, 'x'));
}

TEST_F(FaultTest, AFullStoreTakesNothingUntilSomethingIsDeleted) {
  ASSERT_NO_FATAL_FAILURE(Start("", "max_bytes: 1048576"));
  FillAndMakeRoom();
}

TEST_F(FaultTest, AFullDiskTakesNothingUntilSomethingIsDeleted) {
  const std::string disk = scratch_.Path("disk");
  std::filesystem::create_directory(disk);
  // Of this process alone, and gone with it.
  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=4m") != 0)
    GTEST_SKIP() << "a small disk can only be mounted as root";
  store_ = disk + "/store.db";
  std::ofstream(disk + "/other") << std::string(500'000, 'x');
  ASSERT_NO_FATAL_FAILURE(Start());
  // On a disk without a byte left not even the journal of a deletion has room.
  FillAndMakeRoom([&] { std::filesystem::remove(disk + "/other"); });
  channel_.reset();
  service_.reset();
  EXPECT_EQ(umount(disk.c_str()), 0);
}

TEST_F(FaultTest, ACallerThatVanishesInAUnaryCallFreesItsWorker) {
  ASSERT_NO_FATAL_FAILURE(Start("workers: 1"));
  Wire wire(service_->grpc_port());
  auto stub = v1::ValidationService::NewStub(RunningServer::ConnectTo(wire.port()));
  grpc::Status status;
  std::thread call([&] {
    v1::ValidateDocumentResponse response;
    status =
        stub->ValidateDocument(Within().get(), ValidationOf(ReportOfBytes(8 * kMiB)), &response);
  });
  EXPECT_TRUE(Eventually([&] { return InWork() == 1; }));
  wire.Cut();
  const auto cut = Clock::now();
  EXPECT_TRUE(Validate(kConsistentReport).ok());
  EXPECT_LT(MillisecondsSince(cut), 2000);
  call.join();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
  EXPECT_TRUE(Eventually([&] { return InWork() == 0; }));
  EXPECT_NE(service_->Http("GET /metrics").body.find("CANCELLED"), std::string::npos);
}

TEST_F(FaultTest, AnHttpCallerThatVanishesFreesItsWorker) {
  ASSERT_NO_FATAL_FAILURE(Start("workers: 1"));
  std::string text = ReportOfBytes(8 * kMiB);
  std::replace(text.begin(), text.end(), '\n', ' ');
  const std::string body = absl::StrCat("{\"document\":{\"text\":\"", text, "\"}}");
  Socket socket(service_->http_port());
  EXPECT_TRUE(socket.Send(absl::StrCat("POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\n",
                                       "Content-Length: ", body.size(), "\r\n\r\n", body)));
  EXPECT_TRUE(Eventually([&] { return InWork() == 1; }));
  socket.Close();
  const auto closed = Clock::now();
  EXPECT_TRUE(Validate(kConsistentReport).ok());
  EXPECT_LT(MillisecondsSince(closed), 2000);
  EXPECT_TRUE(Eventually([&] { return InWork() == 0; }));
  EXPECT_NE(service_->Http("GET /metrics").body.find("CANCELLED"), std::string::npos);
}

TEST_F(FaultTest, ACallerThatVanishesInAStreamGivesBackItsPlace) {
  ASSERT_NO_FATAL_FAILURE(Start("workers: 1 max_streams: 1"));
  Wire wire(service_->grpc_port());
  auto stub = v1::ValidationService::NewStub(RunningServer::ConnectTo(wire.port()));
  const std::unique_ptr<grpc::ClientContext> context = Within();
  auto stream = stub->ValidateDocuments(context.get());
  v1::ValidateDocumentsRequest request;
  *request.mutable_request() = ValidationOf(ReportOfBytes(kMiB));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(stream->Write(request));
  EXPECT_TRUE(Eventually([&] { return InWork() >= 1; }));
  wire.Cut();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(Eventually([&] { return InWork() == 0; }));
  EXPECT_TRUE(Eventually([&] {
    const std::unique_ptr<grpc::ClientContext> own = Within();
    auto other = validation_->ValidateDocuments(own.get());
    other->WritesDone();
    return other->Finish().ok();
  }));
  EXPECT_TRUE(Validate(kConsistentReport).ok());
}

TEST_F(FaultTest, ACallerThatVanishesInAnUploadStoresNothing) {
  ASSERT_NO_FATAL_FAILURE(Start());
  const std::string content = ReportOfBytes(200'000);
  std::vector<v1::UploadDocumentRequest> messages = UploadOf("report.txt", content);
  // In the middle, before the last message, and behind it but before the end.
  for (const size_t sent : {size_t{0}, size_t{2}, messages.size(), messages.size() + 1}) {
    Wire wire(service_->grpc_port());
    auto stub = v1::DocumentService::NewStub(RunningServer::ConnectTo(wire.port()));
    const std::unique_ptr<grpc::ClientContext> context = Within();
    v1::Document document;
    auto upload = stub->UploadDocument(context.get(), &document);
    for (size_t i = 0; i < sent; ++i)
      EXPECT_TRUE(upload->Write(i < messages.size() ? messages[i] : EndOfUpload(content)));
    EXPECT_TRUE(Eventually([&] { return InWork() == 1; }));
    wire.Cut();
    EXPECT_EQ(upload->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_TRUE(Eventually([&] { return InWork() == 0; }));
    EXPECT_TRUE(Stored().empty()) << sent;
  }
  // The same one that is finished is stored.
  const std::unique_ptr<grpc::ClientContext> context = Within();
  v1::Document document;
  auto upload = documents_->UploadDocument(context.get(), &document);
  for (const v1::UploadDocumentRequest& message : messages) EXPECT_TRUE(upload->Write(message));
  EXPECT_TRUE(upload->Write(EndOfUpload(content)));
  upload->WritesDone();
  EXPECT_TRUE(upload->Finish().ok());
  EXPECT_EQ(Stored().size(), 1u);
}

std::string HttpHead(const std::string& verb_and_path, size_t length) {
  return absl::StrCat(verb_and_path, " HTTP/1.1\r\nHost: localhost\r\nContent-Length: ", length,
                      "\r\n\r\n");
}

TEST_F(FaultTest, ABodyThatIsCutOffStoresNothing) {
  ASSERT_NO_FATAL_FAILURE(Start());
  {
    const Socket socket(service_->http_port());
    const std::string body = absl::StrCat("{\"text\": \"", std::string(500'000, 'x'));
    EXPECT_TRUE(socket.Send(HttpHead("POST /v1/documents", 1'000'000) + body));
    EXPECT_TRUE(Eventually([&] { return InWork() == 1; }));
  }
  EXPECT_TRUE(Eventually([&] { return InWork() == 0; }));
  EXPECT_TRUE(Stored().empty());
}

TEST_F(FaultTest, HttpConnectionsThatDoNothingGiveWay) {
  ASSERT_NO_FATAL_FAILURE(Start("", "", "max_connections: 1"));
  // Its answer has more bytes than the system keeps for a connection.
  v1::Document document;
  const grpc::Status created =
      Create(absl::StrCat("<p>", kConsistentReport, "</p><!--", std::string(12 * kMiB, '-'), "-->"),
             &document);
  ASSERT_TRUE(created.ok()) << created.error_message();
  const Socket silent(service_->http_port());
  const Socket deaf(service_->http_port(), 4096);
  EXPECT_TRUE(deaf.Send(absl::StrCat("GET /v1/", document.name(),
                                     "?view=VIEW_FULL HTTP/1.1\r\nHost: localhost\r\n\r\n")));
  // Each holds the only place for 5 s.
  EXPECT_EQ(service_->Http("GET /healthz").status, 200);
  EXPECT_TRUE(silent.EndsWithin(milliseconds(0)));
}

TEST_F(FaultTest, StreamsOnWhichNothingComesAreEnded) {
  ASSERT_NO_FATAL_FAILURE(Start("stream_stall_ms: 200"));
  const std::unique_ptr<grpc::ClientContext> context = Within();
  auto stream = validation_->ValidateDocuments(context.get());
  const grpc::Status stalled = stream->Finish();
  EXPECT_EQ(stalled.error_code(), grpc::StatusCode::ABORTED) << stalled.error_message();
  EXPECT_EQ(ReasonOf(stalled), "STREAM_STALLED");
  const std::unique_ptr<grpc::ClientContext> upload_context = Within();
  v1::Document document;
  auto upload = documents_->UploadDocument(upload_context.get(), &document);
  const grpc::Status upload_stalled = upload->Finish();
  EXPECT_EQ(upload_stalled.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(upload_stalled), "STREAM_STALLED");
  // The place is given back just after the caller has its answer.
  EXPECT_TRUE(Eventually([&] { return InWork() == 0; }));
}

// What a client of HTTP/2 says first: its preface and its settings, none.
const std::string kHttp2Greeting =
    std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") + std::string("\0\0\0\4\0\0\0\0\0", 9);

TEST_F(FaultTest, GarbageAndSilenceDisturbNobody) {
  ASSERT_NO_FATAL_FAILURE(Start("drain_ms: 500"));
  std::mt19937 random(1);
  std::string garbage(200'000, '\0');
  for (char& byte : garbage) byte = static_cast<char>(random());
  std::vector<Socket> silent;
  for (int i = 0; i < 20; ++i) {
    silent.emplace_back(service_->grpc_port());
    silent.emplace_back(service_->http_port());
  }
  for (const int port : {service_->grpc_port(), service_->http_port()}) {
    for (const std::string& greeting :
         {std::string(), kHttp2Greeting, std::string("POST /v1/documents HTTP/1.1\r\n")}) {
      const Socket socket(port);
      socket.Send(greeting + garbage);
      shutdown(socket.descriptor(), SHUT_WR);
      EXPECT_TRUE(socket.EndsWithin(seconds(10))) << port << " " << greeting;
    }
  }
  EXPECT_TRUE(Validate(kConsistentReport).ok());
  EXPECT_EQ(service_->Http("GET /healthz").status, 200);
  // Nor do they keep it from stopping.
  channel_.reset();
  validation_.reset();
  documents_.reset();
  const auto start = Clock::now();
  service_->Signal(SIGTERM);
  EXPECT_EQ(service_->Wait(), 0);
  EXPECT_LT(MillisecondsSince(start), 3000);
}

TEST_F(FaultTest, AHeadWithoutEndTakesNoMemory) {
  ASSERT_NO_FATAL_FAILURE(Start());
  EXPECT_EQ(service_->Http("GET /healthz").status, 200);
  const int64_t before = service_->ResidentKib();
  for (const std::string start : {"GET /", "GET / HTTP/1.1\r\nX: "}) {
    const Socket socket(service_->http_port());
    socket.Send(start);
    const std::string piece(kMiB, 'x');
    for (int i = 0; i < 64 && socket.Send(piece); ++i) {
    }
    EXPECT_LT(service_->ResidentKib() - before, 32 << 10) << start;
  }
}

TEST_F(FaultTest, WhatWasAnsweredOutlivesAKill) {
  ASSERT_NO_FATAL_FAILURE(Start());
  std::mutex mutex;
  std::map<std::string, std::string> name_of;     // by request_id, of what was answered
  std::map<std::string, std::string> content_of;  // by request_id, of what was asked
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0;; ++i) {
        const std::string id =
            absl::StrCat("00000000-0000-4000-8000-", absl::Dec(writer, absl::kZeroPad4),
                         absl::Dec(i, absl::kZeroPad8));
        const std::string content = absl::StrCat(ReportOfBytes(5000), id, "\n");
        {
          const std::lock_guard<std::mutex> lock(mutex);
          content_of[id] = content;
        }
        v1::Document document;
        if (!Create(content, &document, id).ok()) return;
        const std::lock_guard<std::mutex> lock(mutex);
        name_of[id] = document.name();
      }
    });
  }
  EXPECT_TRUE(Eventually([&] {
    const std::lock_guard<std::mutex> lock(mutex);
    return name_of.size() >= 40;
  }));
  service_->Signal(SIGKILL);
  EXPECT_EQ(service_->Wait(), 128 + SIGKILL);
  for (std::thread& writer : writers) writer.join();

  ASSERT_NO_FATAL_FAILURE(Start());
  std::map<std::string, std::string> stored = Stored();
  EXPECT_GE(stored.size(), name_of.size());
  EXPECT_LE(stored.size(), content_of.size());
  for (const auto& [id, name] : name_of) EXPECT_EQ(stored[name], content_of[id]) << id;
  // A repetition gives the same document, and stores one that was not there yet.
  std::map<std::string, std::string> expected;
  for (const auto& [id, content] : content_of) {
    v1::Document document;
    const grpc::Status status = Create(content, &document, id);
    ASSERT_TRUE(status.ok()) << status.error_message();
    if (name_of.count(id) > 0) {
      EXPECT_EQ(document.name(), name_of[id]) << id;
    }
    expected[document.name()] = content;
  }
  EXPECT_EQ(expected.size(), content_of.size());
  EXPECT_EQ(Stored(), expected);
}

TEST_F(FaultTest, CallsInFlightEndBeforeTheServerDoes) {
  ASSERT_NO_FATAL_FAILURE(Start("workers: 2 drain_ms: 60000"));
  // Made before, so that all are in work before the first is done.
  const std::string report = ReportOfBytes(2 * kMiB);
  const std::string body = absl::StrCat("{\"document\": {\"text\": \"",
                                        absl::StrReplaceAll(report, {{"\n", "\\n"}}), "\"}}");
  std::vector<std::thread> calls;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 4; ++i) {
    calls.emplace_back([&] {
      auto stub = v1::ValidationService::NewStub(service_->Connect());
      v1::ValidateDocumentResponse response;
      const grpc::Status status =
          stub->ValidateDocument(Within(seconds(60)).get(), ValidationOf(report), &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      EXPECT_GT(response.summary().figures(), 0);
      ++answered;
    });
  }
  std::thread http([&] {
    const testing::HttpAnswer answer = service_->Http("POST /v1/documents:validate", body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    ++answered;
  });
  EXPECT_TRUE(Eventually([&] { return InWork() == 5; }));
  EXPECT_EQ(answered, 0);
  service_->Signal(SIGTERM);
  // From some moment on, and without any other error, calls are refused.
  EXPECT_TRUE(Eventually([&] {
    auto stub = v1::ValidationService::NewStub(service_->Connect());
    v1::ValidateDocumentResponse response;
    const grpc::Status status = stub->ValidateDocument(Within(seconds(60)).get(),
                                                       ValidationOf(kConsistentReport), &response);
    if (status.ok()) return false;
    // gRPC itself cancels what comes between the end of accepting and its farewell.
    EXPECT_TRUE(status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                status.error_code() == grpc::StatusCode::CANCELLED)
        << status.error_message();
    return true;
  }));
  for (std::thread& call : calls) call.join();
  http.join();
  EXPECT_EQ(service_->Wait(), 0);
}

TEST_F(FaultTest, CallsThatDoNotEndAreCutOff) {
  ASSERT_NO_FATAL_FAILURE(Start("workers: 1 drain_ms: 300"));
  std::vector<std::thread> calls;
  for (int i = 0; i < 3; ++i) {
    calls.emplace_back([&] {
      auto stub = v1::ValidationService::NewStub(service_->Connect());
      v1::ValidateDocumentResponse response;
      const grpc::Status status = stub->ValidateDocument(
          Within(seconds(60)).get(), ValidationOf(ReportOfBytes(12 * kMiB)), &response);
      EXPECT_TRUE(status.error_code() == grpc::StatusCode::CANCELLED ||
                  status.error_code() == grpc::StatusCode::UNAVAILABLE)
          << status.error_code() << " " << status.error_message();
    });
  }
  EXPECT_TRUE(Eventually([&] { return InWork() == 3; }));
  const auto start = Clock::now();
  service_->Signal(SIGTERM);
  EXPECT_EQ(service_->Wait(), 0);
  const double took = MillisecondsSince(start);
  EXPECT_GE(took, 300);
  EXPECT_LT(took, 3000);
  for (std::thread& call : calls) call.join();
}

// One that always sends a little, so that no time between two bytes is long.
TEST_F(FaultTest, ABodyThatTricklesInDoesNotHoldTheServer) {
  for (const std::string path : {"POST /v1/documents", "GET /healthz"}) {
    ASSERT_NO_FATAL_FAILURE(Start("drain_ms: 300"));
    const Socket socket(service_->http_port());
    std::string head = HttpHead(path, 1'000'000);
    if (path.front() == 'G') head = "GET /healthz HTTP/1.1\r\n";
    EXPECT_TRUE(socket.Send(head));
    std::atomic<bool> stop = false;
    std::thread trickle([&] {
      while (!stop && socket.Send(path.front() == 'G' ? "a: b\r\n" : "x"))
        std::this_thread::sleep_for(milliseconds(20));
    });
    if (path.front() == 'P') {
      EXPECT_TRUE(Eventually([&] { return InWork() == 1; }));
    }
    const auto start = Clock::now();
    service_->Signal(SIGTERM);
    std::thread savior([&] {  // so that the test fails instead of hanging
      Eventually([&] { return stop.load(); }, seconds(5));
      shutdown(socket.descriptor(), SHUT_RDWR);
    });
    EXPECT_EQ(service_->Wait(), 0);
    EXPECT_LT(MillisecondsSince(start), 3000) << path;
    stop = true;
    savior.join();
    trickle.join();
  }
}

// How long a worker is held by a call that is given up, at several moments of its course.
TEST_F(FaultTest, ACancelledCallFreesItsWorker) {
  ASSERT_NO_FATAL_FAILURE(Start("workers: 1"));
  const std::string sample = ReportOfBytes(kMiB);
  auto begin = Clock::now();
  ASSERT_TRUE(Validate(sample).ok());
  const double sample_ms = MillisecondsSince(begin);
  double small_ms = 1e9;
  for (int i = 0; i < 5; ++i) {
    begin = Clock::now();
    ASSERT_TRUE(Validate(kConsistentReport).ok());
    small_ms = std::min(small_ms, MillisecondsSince(begin));
  }
  std::cerr << "1 MiB takes " << sample_ms << " ms, a small report " << small_ms << " ms\n";
  for (const size_t mib : {1, 4, 16}) {
    v1::ValidateDocumentRequest request = ValidationOf(ReportOfBytes(mib * kMiB - 2000));
    double longest = 0;
    for (const double part : {0.1, 0.3, 0.5, 0.7, 0.9}) {
      const auto in_course = milliseconds(
          std::min<int64_t>(static_cast<int64_t>(part * sample_ms * static_cast<double>(mib)),
                            static_cast<int64_t>(1500 * part)));
      const std::unique_ptr<grpc::ClientContext> context = Within();
      grpc::Status status;
      std::thread call([&] {
        v1::ValidateDocumentResponse response;
        status = validation_->ValidateDocument(context.get(), request, &response);
      });
      EXPECT_TRUE(Eventually([&] { return InWork() == 1; }));
      std::this_thread::sleep_for(in_course);
      context->TryCancel();
      begin = Clock::now();
      EXPECT_TRUE(Validate(kConsistentReport).ok());
      const double took = MillisecondsSince(begin) - small_ms;
      call.join();
      // A small one may have been done already.
      if (!status.ok()) {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED) << status.error_message();
        std::cerr << mib << " MiB, cancelled after " << in_course.count() << " ms: free after "
                  << took << " ms\n";
        longest = std::max(longest, took);
      } else if (mib == 16) {
        ADD_FAILURE() << "the call ended before it was cancelled";
      }
    }
    std::cerr << mib << " MiB: at most " << longest << " ms\n";
    // On a machine that has nothing else to do it is a fraction of that.
    EXPECT_LT(longest, 1000) << mib << " MiB";
  }
}

TEST_F(FaultTest, WhoPingsTooOftenIsSentAway) {
  ASSERT_NO_FATAL_FAILURE(Start());
  const Socket socket(service_->grpc_port());
  std::string bytes = kHttp2Greeting;
  for (int i = 0; i < 10; ++i)
    bytes += std::string("\0\0\x08\x06\0\0\0\0\0", 9) + std::string(8, static_cast<char>(i));
  EXPECT_TRUE(socket.Send(bytes));
  const std::string answer = socket.Receive(seconds(10));
  // The last stream, 0, then ENHANCE_YOUR_CALM and the words.
  EXPECT_NE(answer.find(std::string("\0\0\0\x0b", 4) + "too_many_pings"), std::string::npos);
  EXPECT_TRUE(Validate(kConsistentReport).ok());
}

}  // namespace
}  // namespace crossfoot
