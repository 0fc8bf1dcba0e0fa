#include "core/cancellation.h"

#include "core/error.h"

namespace crossfoot::core {

absl::Status Cancellation::status() const {
  if (cancelled_.load(std::memory_order_relaxed))
    return MakeError(ErrorReason::kCancelled, "the caller gave up; so was the work");
  if (stopped())
    return MakeError(ErrorReason::kDeadlineExceeded,
                     "the time that the call may take has passed; allow more, or send less");
  return absl::OkStatus();
}

}  // namespace crossfoot::core
