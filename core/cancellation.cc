#include "core/cancellation.h"

#include <utility>

#include "core/error.h"

namespace crossfoot::core {

absl::Status Cancellation::status() const {
  if (cancelled_.load(std::memory_order_relaxed))
    return MakeError(ErrorReason::kCancelled, "the caller gave up; so was the work");
  if (Clock::now() >= deadline_)
    return MakeError(ErrorReason::kDeadlineExceeded,
                     "the time that the call may take has passed; allow more, or send less");
  return absl::OkStatus();
}

void Cancellation::Keep(std::shared_ptr<void> remains) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  remains_.push_back(std::move(remains));
}

std::vector<std::shared_ptr<void>> Cancellation::TakeRemains() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(remains_, {});
}

}  // namespace crossfoot::core
