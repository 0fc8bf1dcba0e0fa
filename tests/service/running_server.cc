#include "tests/service/running_server.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace crossfoot::testing {

bool WaitUntil(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
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
  const std::string prefix = "listening on ";
  const size_t colon = plain.rfind(':');
  if (grpc.rfind(prefix, 0) != 0 || plain.rfind(prefix + "http ", 0) != 0) {
    std::fprintf(stderr, "no server: \"%s\" \"%s\"\n%s\n", grpc.c_str(), plain.c_str(),
                 Log().c_str());
    std::abort();
  }
  grpc_address_ = grpc.substr(prefix.size());
  http_port_ = std::atoi(plain.c_str() + colon + 1);
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
