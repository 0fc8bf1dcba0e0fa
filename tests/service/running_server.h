#ifndef CROSSFOOT_TESTS_SERVICE_RUNNING_SERVER_H_
#define CROSSFOOT_TESTS_SERVICE_RUNNING_SERVER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tests/testing/process.h"

namespace crossfoot::testing {

// Waits until `holds`; false when that takes longer than 20 s.
bool WaitUntil(const std::function<bool()>& holds);

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

// `crossfoot serve --config=FILE` with gRPC and HTTP on free ports of 127.0.0.1.
class RunningServer {
 public:
  // `config` is a crossfoot.config.v1.Server in text format without `grpc`; `http` is what it says
  // of HTTP beside the address.  Paths in it are relative to `folder`.  A test that cannot start it
  // fails and ends.
  RunningServer(const Folder& folder, const std::string& config, const std::string& http = "");

  const std::string& grpc_address() const { return grpc_address_; }
  int http_port() const { return http_port_; }

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
  std::string grpc_address_;
  int http_port_ = 0;
};

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_RUNNING_SERVER_H_
