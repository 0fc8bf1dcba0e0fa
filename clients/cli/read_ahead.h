#ifndef CROSSFOOT_CLIENTS_CLI_READ_AHEAD_H_
#define CROSSFOOT_CLIENTS_CLI_READ_AHEAD_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace crossfoot::cli {

// Does work 0, 1, 2, … on several threads and hands the results out in that order.  No work is
// begun that is more than kAhead results a thread before the one that is asked for, so that memory
// stays bounded when one of them takes long.
//
// Next is for one thread.  With one job the work is done there, when it is asked for.
template <typename Result>
class ReadAhead {
 public:
  static constexpr size_t kAhead = 4;

  // `work` is called with every index below `count`, by several threads at the same time.
  ReadAhead(size_t count, size_t jobs, std::function<Result(size_t index)> work)
      : work_(std::move(work)), count_(count), window_(jobs * kAhead) {
    if (jobs <= 1) return;
    for (size_t job = 0; job < jobs && job < count; ++job)
      threads_.emplace_back([this] { Work(); });
  }

  // Work that was begun is finished; the rest is left.
  ~ReadAhead() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      count_ = begun_;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // The next result; to be called `count` times.  `wait` is called every `interval` while it is not
  // there.
  Result Next(std::chrono::milliseconds interval, const std::function<void()>& wait) {
    if (threads_.empty()) return work_(taken_++);
    std::unique_lock<std::mutex> lock(mutex_);
    while (results_.empty() || !results_.front().has_value()) {
      if (changed_.wait_for(lock, interval) == std::cv_status::timeout) {
        lock.unlock();
        wait();
        lock.lock();
      }
    }
    Result result = *std::move(results_.front());
    results_.pop_front();
    ++taken_;
    lock.unlock();
    changed_.notify_all();
    return result;
  }

 private:
  void Work() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return begun_ >= count_ || begun_ < taken_ + window_; });
      if (begun_ >= count_) return;
      const size_t index = begun_++;
      results_.emplace_back();
      lock.unlock();
      Result result = work_(index);
      lock.lock();
      results_[index - taken_] = std::move(result);
      changed_.notify_all();
    }
  }

  const std::function<Result(size_t)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t count_;
  const size_t window_;
  size_t begun_ = 0;
  size_t taken_ = 0;                           // by Next
  std::deque<std::optional<Result>> results_;  // of the work from taken_ to begun_
  std::vector<std::thread> threads_;
};

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_READ_AHEAD_H_
