#include "tests/service/running_service.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/sha256.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/service/contradiction.h"

namespace crossfoot::testing {
namespace {

using Clock = std::chrono::steady_clock;

// Waits until `descriptor` has something to read, or its end.
bool Readable(int descriptor, Clock::time_point deadline) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  pollfd waiting = {descriptor, POLLIN, 0};
  return poll(&waiting, 1, static_cast<int>(std::max<int64_t>(left, 0))) > 0;
}

// The port at the end of "listening on HOST:PORT"; 0: it is another line.
int PortIn(const std::string& line, const std::string& prefix) {
  int port = 0;
  if (line.rfind(prefix, 0) != 0 || !absl::SimpleAtoi(line.substr(prefix.size()), &port)) return 0;
  return port;
}

}  // namespace

Socket::Socket(int port, int receive_bytes) {
  descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_bytes > 0)
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Close();
}

Socket Socket::Of(int descriptor) {
  Socket made;
  made.descriptor_ = descriptor;
  return made;
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

bool Socket::Send(const std::string& bytes) const {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return false;
    sent += static_cast<size_t>(count);
  }
  return true;
}

std::string Socket::Receive(std::chrono::milliseconds timeout, size_t enough) const {
  const auto deadline = Clock::now() + timeout;
  std::string received;
  std::array<char, 16384> chunk;
  while (received.size() < enough && Readable(descriptor_, deadline)) {
    const ssize_t count = recv(descriptor_, chunk.data(), chunk.size(), 0);
    if (count <= 0) break;
    received.append(chunk.data(), static_cast<size_t>(count));
  }
  return received;
}

bool Socket::EndsWithin(std::chrono::milliseconds timeout) const {
  const auto deadline = Clock::now() + timeout;
  std::array<char, 16384> chunk;
  while (Readable(descriptor_, deadline)) {
    if (recv(descriptor_, chunk.data(), chunk.size(), 0) <= 0) return true;
  }
  return false;
}

void Socket::Close() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

absl::StatusOr<std::unique_ptr<RunningService>> RunningService::Start(const std::string& config,
                                                                      const std::string& http) {
  const char* folder = std::getenv("TEST_TMPDIR");
  std::string path = absl::StrCat(folder == nullptr ? "/tmp" : folder, "/config_XXXXXX");
  const int file = mkstemp(path.data());
  if (file < 0) return absl::UnknownError("cannot make " + path);
  close(file);
  std::ofstream(path) << "grpc { listen_address: \"127.0.0.1:0\" }\n"
                      << "http { listen_address: \"127.0.0.1:0\" " << http << " }\n"
                      << "log { level: LEVEL_ERROR }\n"
                      << config;
  absl::StatusOr<Process> process =
      Process::Start({RunfilePath("clients/cli/crossfoot"), "serve", "--config=" + path});
  if (!process.ok()) return process.status();
  const int grpc_port = PortIn(process->ReadLine(), "listening on 127.0.0.1:");
  const int http_port = PortIn(process->ReadLine(), "listening on http 127.0.0.1:");
  std::remove(path.c_str());
  if (grpc_port == 0 || http_port == 0) return absl::UnknownError("the server does not start");
  return std::unique_ptr<RunningService>(
      new RunningService(*std::move(process), grpc_port, http_port));
}

std::shared_ptr<grpc::Channel> RunningService::ConnectTo(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  // Channels of one process share connections otherwise.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port),
                                   grpc::InsecureChannelCredentials(), arguments);
}

HttpAnswer RunningService::Http(const std::string& verb_and_path, const std::string& body,
                                const std::string& headers) const {
  const Socket socket(http_port_);
  HttpAnswer answer;
  const bool has_body = verb_and_path.rfind("GET ", 0) != 0;
  socket.Send(absl::StrCat(
      verb_and_path, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", headers,
      has_body ? absl::StrCat("Content-Length: ", body.size(), "\r\n") : "", "\r\n", body));
  const std::string text = socket.Receive(std::chrono::seconds(30));
  const size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos || !absl::SimpleAtoi(text.substr(9, 3), &answer.status))
    return answer;
  answer.body = text.substr(end + 4);
  return answer;
}

double RunningService::Metric(const std::string& name) const {
  std::istringstream lines(Http("GET /metrics").body);
  double value = -1;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + " ", 0) == 0) {
      if (!absl::SimpleAtod(line.substr(name.size() + 1), &value)) return -1;
    }
  }
  return value;
}

int64_t RunningService::ResidentKib() const {
  std::ifstream file(absl::StrCat("/proc/", process_.id(), "/status"));
  int64_t kib = -1;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("VmRSS:", 0) == 0) std::istringstream(line.substr(6)) >> kib;
  }
  return kib;
}

bool Eventually(const std::function<bool()>& condition, std::chrono::milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (!condition()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

std::unique_ptr<grpc::ClientContext> Within(std::chrono::milliseconds timeout) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + timeout);
  return context;
}

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (details.ParseFromString(status.error_details()) && details.details_size() >= 1)
    details.details(0).UnpackTo(&info);
  return info.reason();
}

std::string ReportOfBytes(size_t bytes) {
  std::string report;
  while (report.size() < bytes) report += kConsistentReport;
  return report;
}

v1::ValidateDocumentRequest ValidationOf(const std::string& content) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("report.txt");
  request.mutable_document()->set_content(content);
  request.mutable_options()->set_reference_date("2024-03-31");
  return request;
}

std::vector<v1::UploadDocumentRequest> UploadOf(const std::string& uri,
                                                const std::string& content) {
  std::vector<v1::UploadDocumentRequest> messages(1);
  messages[0].mutable_create()->mutable_document()->set_uri(uri);
  constexpr size_t kChunkBytes = 64 << 10;
  for (size_t at = 0; at < content.size(); at += kChunkBytes)
    messages.emplace_back().set_chunk(content.substr(at, kChunkBytes));
  return messages;
}

v1::UploadDocumentRequest EndOfUpload(const std::string& content) {
  v1::UploadDocumentRequest message;
  message.set_sha256(core::Sha256Hex(content));
  return message;
}

}  // namespace crossfoot::testing
