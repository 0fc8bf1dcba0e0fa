#ifndef CROSSFOOT_SERVICES_ADMISSION_ADMISSION_H_
#define CROSSFOOT_SERVICES_ADMISSION_ADMISSION_H_

#include <cstdint>
#include <mutex>
#include <utility>

#include "absl/status/statusor.h"

namespace crossfoot::admission {

// Bounds how many calls, and how many bytes of their requests, wait or run at a time, whatever
// transport they come by.  Thread-safe.
//
//   absl::StatusOr<Admission::Ticket> ticket = admission.Admit(request.ByteSizeLong());
//   if (!ticket.ok()) return ticket.status();
//   …                               the call counts until `ticket` is gone
class Admission {
 public:
  // The right of one call to be in work, given back when it goes.  Movable; must not outlive its
  // Admission.  One ticket is not to be used by two threads at once.
  class Ticket {
   public:
    Ticket(Ticket&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), bytes_(other.bytes_) {}
    Ticket& operator=(Ticket&& other) noexcept;
    ~Ticket() { Release(); }

   private:
    friend class Admission;
    Ticket(Admission* admission, int64_t bytes) : admission_(admission), bytes_(bytes) {}
    void Release();

    Admission* admission_;  // null once moved from
    int64_t bytes_;
  };

  // What is in work at one moment.
  struct Load {
    int64_t calls = 0;
    int64_t bytes = 0;
  };

  // Both at least 1.
  Admission(int64_t max_calls, int64_t max_request_bytes);

  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  // Admits a call with a request of `bytes` bytes, 0 or more, when neither bound is passed with it.
  // A request larger than max_request_bytes is admitted when no other call is in work, so that it
  // can ever be.  Else kServerBusy with metadata "limit" ("max_calls" or "max_request_bytes") and
  // the value of the limit under its name.
  absl::StatusOr<Ticket> Admit(int64_t bytes);

  Load load() const;

 private:
  const int64_t max_calls_;
  const int64_t max_request_bytes_;
  mutable std::mutex mutex_;
  Load load_;  // guarded by mutex_
};

}  // namespace crossfoot::admission

#endif  // CROSSFOOT_SERVICES_ADMISSION_ADMISSION_H_
