#include "tests/service/running_server.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/service/raw_connection.h"

namespace crossfoot::testing {

namespace {

using Clock = std::chrono::steady_clock;

// The port at the end of "listening on HOST:PORT"; 0: it is another line.
int PortIn(const std::string& line, const std::string& prefix) {
  int port = 0;
  if (line.rfind(prefix, 0) != 0 || !absl::SimpleAtoi(line.substr(prefix.size()), &port)) return 0;
  return port;
}

}  // namespace

bool Eventually(const std::function<bool()>& condition, std::chrono::milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (!condition()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

Folder::Folder() {
  const char* root = std::getenv("TEST_TMPDIR");
  path_ = std::string(root == nullptr ? "/tmp" : root) + "/crossfoot-XXXXXX";
  if (mkdtemp(path_.data()) == nullptr) std::abort();
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::Write(const std::string& name, const std::string& text) const {
  const std::string path = Path(name);
  {
    std::ofstream file(path + ".new", std::ios::binary);
    file << text;
  }
  std::filesystem::rename(path + ".new", path);
  return path;
}

RunningServer::RunningServer(const Folder& folder, const std::string& config,
                             const std::string& http)
    : log_file_(folder.Path("log")) {
  // A server that ends a connection does not end the test that writes to it.
  std::signal(SIGPIPE, SIG_IGN);
  const std::string file = folder.Write("server.textproto",
                                        "grpc { listen_address: \"127.0.0.1:0\" }\n"
                                        "http { listen_address: \"127.0.0.1:0\" " +
                                            http + " }\n" + config);
  absl::StatusOr<Process> process = Process::Start(
      {RunfilePath("clients/cli/crossfoot"), "serve", "--config=" + file}, log_file_);
  if (process.ok()) process_.emplace(*std::move(process));
  const std::string grpc = process_ ? process_->ReadLine() : "";
  const std::string plain = process_ ? process_->ReadLine() : "";
  grpc_port_ = PortIn(grpc, "listening on 127.0.0.1:");
  http_port_ = PortIn(plain, "listening on http 127.0.0.1:");
  if (grpc_port_ == 0 || http_port_ == 0) {
    std::fprintf(stderr, "no server: \"%s\" \"%s\"\n%s\n", grpc.c_str(), plain.c_str(),
                 Log().c_str());
    std::abort();
  }
}

std::string RunningServer::grpc_address() const { return absl::StrCat("127.0.0.1:", grpc_port_); }

std::shared_ptr<grpc::Channel> RunningServer::ConnectTo(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  // Channels of one process share connections otherwise.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port),
                                   grpc::InsecureChannelCredentials(), arguments);
}

HttpAnswer RunningServer::Http(const std::string& verb_and_path, const std::string& body,
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

double RunningServer::Metric(const std::string& name) const {
  std::istringstream lines(Http("GET /metrics").body);
  double value = -1;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + " ", 0) == 0) {
      if (!absl::SimpleAtod(line.substr(name.size() + 1), &value)) return -1;
    }
  }
  return value;
}

int64_t RunningServer::ResidentKib() const {
  std::ifstream file(absl::StrCat("/proc/", process_->id(), "/status"));
  int64_t kib = -1;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("VmRSS:", 0) == 0) std::istringstream(line.substr(6)) >> kib;
  }
  return kib;
}

std::string RunningServer::Log() const {
  const std::ifstream file(log_file_, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

int RunningServer::Stop() {
  process_->Signal(SIGTERM);
  return process_->Wait();
}

}  // namespace crossfoot::testing
