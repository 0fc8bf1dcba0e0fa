#include "tests/load/in_process.h"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/method/validation.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_call.h"

namespace crossfoot::load {
namespace {

absl::StatusOr<const validation::Pipeline*> SharedPipeline() {
  static const auto& pipeline =
      *new absl::StatusOr<std::unique_ptr<validation::Pipeline>>(validation::Pipeline::Create());
  if (!pipeline.ok()) return pipeline.status();
  return pipeline->get();
}

absl::StatusOr<v1::ValidateDocumentResponse> Handle(const validation::Pipeline& pipeline,
                                                    const v1::ValidateDocumentRequest& request) {
  static auto& call = *new testing::FakeCall(pipeline);
  v1::ValidateDocumentResponse response;
  if (absl::Status status = method::ValidateDocument(call, request, &response); !status.ok())
    return status;
  return response;
}

double ThreadCpuSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// One check after the other; the messages are kept, as a server and a client may keep them.
class Loop {
 public:
  Loop(const validation::Pipeline& pipeline, const std::string& request)
      : pipeline_(pipeline), request_bytes_(request) {}

  // Checks for `duration` and returns the processor time of one check; 0 when one failed.
  double Run(absl::Duration duration) {
    const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(duration);
    const double begin = ThreadCpuSeconds();
    int64_t count = 0;
    while (std::chrono::steady_clock::now() < until) {
      if (!request_.ParseFromString(request_bytes_)) return 0;
      const auto response = Handle(pipeline_, request_);
      if (!response.ok() || !response->SerializeToString(&response_bytes_) ||
          !parsed_.ParseFromString(response_bytes_)) {
        return 0;
      }
      ++count;
    }
    return (ThreadCpuSeconds() - begin) / static_cast<double>(count);
  }

 private:
  const validation::Pipeline& pipeline_;
  const std::string& request_bytes_;
  v1::ValidateDocumentRequest request_;
  std::string response_bytes_;
  v1::ValidateDocumentResponse parsed_;
};

}  // namespace

absl::StatusOr<std::string> CheckInProcess(const std::string& request) {
  const auto pipeline = SharedPipeline();
  if (!pipeline.ok()) return pipeline.status();
  v1::ValidateDocumentRequest message;
  if (!message.ParseFromString(request)) return absl::InvalidArgumentError("no request");
  const auto response = Handle(**pipeline, message);
  if (!response.ok()) return response.status();
  return response->SerializeAsString();
}

absl::StatusOr<double> CheckCpuSeconds(const std::string& request, int threads,
                                       absl::Duration duration) {
  const auto pipeline = SharedPipeline();
  if (!pipeline.ok()) return pipeline.status();
  std::vector<double> seconds(threads);
  std::vector<std::thread> running;
  running.reserve(threads);
  for (double& each : seconds) {
    running.emplace_back([&each, &pipeline, &request, duration] {
      Loop loop(**pipeline, request);
      each = loop.Run(absl::Milliseconds(500)) > 0 ? loop.Run(duration) : 0;
    });
  }
  for (std::thread& thread : running) thread.join();
  double sum = 0;
  for (const double each : seconds) {
    if (each == 0) return absl::UnknownError("a check in process failed");
    sum += each;
  }
  return sum / threads;
}

}  // namespace crossfoot::load
