#ifndef CROSSFOOT_TESTS_SERVICE_RUNNING_SERVICE_H_
#define CROSSFOOT_TESTS_SERVICE_RUNNING_SERVICE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "crossfoot/v1/document_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "grpcpp/grpcpp.h"
#include "tests/testing/process.h"

// `crossfoot serve --config=FILE` as its users, its operators and its enemies see it.

namespace crossfoot::testing {

// A connection that the test ends as it likes: by closing it, or when this object goes.
class Socket {
 public:
  // To a port of this machine.  `receive_bytes`: the system's room for what is not read; 0: as it
  // is.
  explicit Socket(int port, int receive_bytes = 0);
  // Takes `descriptor` over.
  static Socket Of(int descriptor);

  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&&) = delete;
  ~Socket() { Close(); }

  bool connected() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  // Whether all of it was taken over by the system before the other end closed.
  bool Send(const std::string& bytes) const;
  // What comes until the other end closes, `enough` bytes are there or `timeout` is over.
  std::string Receive(std::chrono::milliseconds timeout, size_t enough = SIZE_MAX) const;
  // Whether the other end closes within `timeout`; what comes before is dropped.
  bool EndsWithin(std::chrono::milliseconds timeout) const;
  void Close();

 private:
  Socket() = default;

  int descriptor_ = -1;
};

// An answer of HTTP/1.1.
struct HttpAnswer {
  int status = 0;  // 0: none came
  std::string body;
};

// The program, serving; killed when this object goes.
class RunningService {
 public:
  // `config` is a crossfoot.config.v1.Server in text format without `grpc` and `http`; `http` is
  // the latter without its address.
  static absl::StatusOr<std::unique_ptr<RunningService>> Start(const std::string& config,
                                                               const std::string& http = "");

  int grpc_port() const { return grpc_port_; }
  int http_port() const { return http_port_; }
  Process& process() { return process_; }

  // A connection of its own.
  std::shared_ptr<grpc::Channel> Connect() const { return ConnectTo(grpc_port_); }
  static std::shared_ptr<grpc::Channel> ConnectTo(int port);

  // `verb_and_path`: "GET /readyz"; a connection of its own.
  HttpAnswer Http(const std::string& verb_and_path, const std::string& body = "",
                  const std::string& headers = "") const;

  // A gauge or counter of /metrics; -1 when it cannot be read.
  double Metric(const std::string& name) const;

  // Resident memory, VmRSS, in KiB.
  int64_t ResidentKib() const;

 private:
  RunningService(Process process, int grpc_port, int http_port)
      : process_(std::move(process)), grpc_port_(grpc_port), http_port_(http_port) {}

  Process process_;
  int grpc_port_;
  int http_port_;
};

// Asks `condition` again and again until it holds; false when it does not within `timeout`.
bool Eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds timeout = std::chrono::seconds(10));

// A context with a deadline, so that no test hangs.
std::unique_ptr<grpc::ClientContext> Within(
    std::chrono::milliseconds timeout = std::chrono::seconds(30));

// The reason in the details of a failed call; empty: none.
std::string ReasonOf(const grpc::Status& status);

// A consistent report of about `bytes` bytes whose figures fill it.
std::string ReportOfBytes(size_t bytes);

v1::ValidateDocumentRequest ValidationOf(const std::string& content);

// The messages of an upload of `content` without the last one, and that one.
std::vector<v1::UploadDocumentRequest> UploadOf(const std::string& uri, const std::string& content);
v1::UploadDocumentRequest EndOfUpload(const std::string& content);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_RUNNING_SERVICE_H_
