#ifndef CROSSFOOT_TESTS_SERVICE_RUNNING_SERVER_H_
#define CROSSFOOT_TESTS_SERVICE_RUNNING_SERVER_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "grpcpp/grpcpp.h"
#include "tests/testing/process.h"

namespace crossfoot::testing {

// Asks `condition` again and again until it holds; false when it does not within `timeout`.
bool Eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds timeout = std::chrono::seconds(20));

// A folder of its own, with all that is in it gone at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string Path(const std::string& name) const { return path_ + "/" + name; }

  // Puts a whole file in the place of another at once.  Gives its path.
  std::string Write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

// An answer of HTTP/1.1.
struct HttpAnswer {
  int status = 0;  // 0: none came
  std::string body;
};

// `crossfoot serve --config=FILE` with gRPC and HTTP on free ports of 127.0.0.1.
class RunningServer {
 public:
  // `config` is a crossfoot.config.v1.Server in text format without `grpc`; `http` is what it says
  // of HTTP beside the address.  Paths in it are relative to `folder`.  A test that cannot start it
  // fails and ends.
  RunningServer(const Folder& folder, const std::string& config, const std::string& http = "");

  std::string grpc_address() const;
  int grpc_port() const { return grpc_port_; }
  int http_port() const { return http_port_; }

  // A connection of its own, to this server or to whatever passes on to one.
  std::shared_ptr<grpc::Channel> Connect() const { return ConnectTo(grpc_port_); }
  static std::shared_ptr<grpc::Channel> ConnectTo(int port);

  // `verb_and_path`: "GET /readyz"; a connection of its own.
  HttpAnswer Http(const std::string& verb_and_path, const std::string& body = "",
                  const std::string& headers = "") const;

  // A gauge or counter of /metrics; -1 when it cannot be read.
  double Metric(const std::string& name) const;

  // Resident memory, VmRSS, in KiB.
  int64_t ResidentKib() const;

  // All that it has written to standard error.
  std::string Log() const;

  void Signal(int signal) const { process_->Signal(signal); }
  // Its exit status, when it ends by itself or by a signal before.
  int Wait() { return process_->Wait(); }
  // Ends it as an operator does.
  int Stop();

 private:
  const std::string log_file_;
  std::optional<Process> process_;
  int grpc_port_ = 0;
  int http_port_ = 0;
};

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_RUNNING_SERVER_H_
