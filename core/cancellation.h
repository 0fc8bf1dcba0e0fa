#ifndef CROSSFOOT_CORE_CANCELLATION_H_
#define CROSSFOOT_CORE_CANCELLATION_H_

#include <time.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/status.h"

// How long work is given up before it is done.  A stage that is given a Cancellation looks at it
// often enough to end within a few milliseconds; what it returns then is only good to be thrown
// away, and whoever asked for it looks at `status()`.

namespace crossfoot::core {

// A request to give work up: by a call, or when a time has passed.  Thread-safe, but for the
// constructor.
class Cancellation {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Cancellation(Clock::time_point deadline = Clock::time_point::max())
      : deadline_(deadline) {}

  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  void Cancel() { cancelled_.store(true, std::memory_order_relaxed); }

  // Cheap enough to be asked at every step; may see a deadline up to 10 ms late, never early.
  bool stopped() const {
    return cancelled_.load(std::memory_order_relaxed) ||
           (deadline_ != Clock::time_point::max() && LastTick() >= deadline_);
  }

  // OK, kCancelled or kDeadlineExceeded, by the clock as it is: of a deadline of one millisecond it
  // knows after one.
  absl::Status status() const;

  // Takes what is left of work that was given up, or is done.  To free it takes a tenth of the time
  // that it took to make, and whoever waits for the work to end need not wait for that.
  template <typename Remains>
  void Leave(Remains remains) const {
    Keep(std::make_shared<Remains>(std::move(remains)));
  }
  // All of it, in the order in which it was left: to be let go where nobody waits.
  std::vector<std::shared_ptr<void>> TakeRemains() const;

 private:
  // Clock::now() as of the last tick of the system; a hundredth of the time that a check takes
  // would go into asking for better.
  static Clock::time_point LastTick() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return Clock::time_point(std::chrono::seconds(now.tv_sec) +
                             std::chrono::nanoseconds(now.tv_nsec));
  }

  void Keep(std::shared_ptr<void> remains) const;

  const Clock::time_point deadline_;
  std::atomic<bool> cancelled_ = false;
  mutable std::mutex mutex_;
  mutable std::vector<std::shared_ptr<void>> remains_;  // guarded by mutex_
};

// Whether the work shall be given up; never without a Cancellation.
inline bool Stopped(const Cancellation* cancellation) {
  return cancellation != nullptr && cancellation->stopped();
}

// The numbers from 0 up to `count`, or less of them when the work is given up:
//
//   for (const size_t line : core::Steps(lines.size(), cancellation)) …
class Steps {
 public:
  Steps(size_t count, const Cancellation* cancellation)
      : count_(count), cancellation_(cancellation) {}

  class Iterator {
   public:
    Iterator(size_t at, size_t count, const Cancellation* cancellation)
        : at_(at), count_(count), cancellation_(cancellation) {}
    size_t operator*() const { return at_; }
    Iterator& operator++() {
      // A step takes well under a tenth of a millisecond.
      if ((++at_ & 31) == 0 && Stopped(cancellation_)) at_ = count_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    size_t at_;
    size_t count_;
    const Cancellation* cancellation_;
  };
  Iterator begin() const { return {Stopped(cancellation_) ? count_ : 0, count_, cancellation_}; }
  Iterator end() const { return {count_, count_, cancellation_}; }

 private:
  size_t count_;
  const Cancellation* cancellation_;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_CANCELLATION_H_
