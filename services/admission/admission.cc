#include "services/admission/admission.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "core/error.h"

namespace crossfoot::admission {
namespace {

absl::Status Busy(const std::string& limit, int64_t value, const char* of_what) {
  return core::MakeError(
      core::ErrorReason::kServerBusy,
      absl::StrCat("the server has as many ", of_what, " in work as it accepts (", limit, ": ",
                   value, "); try again a little later"),
      {{"limit", limit}, {limit, absl::StrCat(value)}});
}

}  // namespace

Admission::Ticket& Admission::Ticket::operator=(Ticket&& other) noexcept {
  if (this == &other) return *this;
  Release();
  admission_ = std::exchange(other.admission_, nullptr);
  bytes_ = other.bytes_;
  return *this;
}

void Admission::Ticket::Release() {
  if (admission_ == nullptr) return;
  const std::lock_guard<std::mutex> lock(admission_->mutex_);
  --admission_->load_.calls;
  admission_->load_.bytes -= bytes_;
  admission_ = nullptr;
}

Admission::Admission(int64_t max_calls, int64_t max_request_bytes)
    : max_calls_(max_calls), max_request_bytes_(max_request_bytes) {}

absl::StatusOr<Admission::Ticket> Admission::Admit(int64_t bytes) {
  bool calls_full = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    calls_full = load_.calls >= max_calls_;
    // Below zero while a request larger than the limit is in work.
    const int64_t left = max_request_bytes_ - load_.bytes;
    if (!calls_full && (bytes <= left || load_.calls == 0)) {
      ++load_.calls;
      load_.bytes += bytes;
      return Ticket(this, bytes);
    }
  }
  return calls_full ? Busy("max_calls", max_calls_, "calls")
                    : Busy("max_request_bytes", max_request_bytes_, "bytes of requests");
}

Admission::Load Admission::load() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return load_;
}

}  // namespace crossfoot::admission
