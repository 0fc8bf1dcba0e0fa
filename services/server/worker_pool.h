#ifndef CROSSFOOT_SERVICES_SERVER_WORKER_POOL_H_
#define CROSSFOOT_SERVICES_SERVER_WORKER_POOL_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace crossfoot::server {

// A fixed number of threads that run tasks in the order of their submission.  Thread-safe.  How
// many tasks there are at a time is bounded by whoever submits them.
class WorkerPool {
 public:
  // Starts `worker_count` threads, at least 1.
  explicit WorkerPool(int32_t worker_count);

  // Runs what was submitted to its end.
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs `task` once.  It must not throw and must not destroy the pool.
  void Submit(std::function<void()> task);

  // Tasks that no thread has begun.
  int64_t waiting() const;

 private:
  void Work();

  mutable std::mutex mutex_;
  std::condition_variable changed_;            // a task came, or the pool stops
  std::deque<std::function<void()>> waiting_;  // guarded by mutex_
  bool stopping_ = false;                      // guarded by mutex_
  std::vector<std::thread> workers_;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_WORKER_POOL_H_
