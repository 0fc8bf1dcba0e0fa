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

// A fixed number of threads that run tasks in the order of their submission, with a bound on how
// many may wait or run. Thread-safe.
class WorkerPool {
 public:
  // Starts `worker_count` threads.  At most `max_in_flight` tasks wait or run at a time.  Both at
  // least 1.
  WorkerPool(int32_t worker_count, int32_t max_in_flight);

  // Runs what was accepted to its end.
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Whether `task` was accepted; false when the bound is reached.  An accepted task runs exactly
  // once; it must not throw and must not destroy the pool.
  [[nodiscard]] bool TrySubmit(std::function<void()> task);

 private:
  void Work();

  const int32_t max_in_flight_;
  std::mutex mutex_;
  std::condition_variable changed_;            // a task came, or the pool stops
  std::deque<std::function<void()>> waiting_;  // guarded by mutex_
  int32_t in_flight_ = 0;                      // waiting or running; guarded by mutex_
  bool stopping_ = false;                      // guarded by mutex_
  std::vector<std::thread> workers_;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_WORKER_POOL_H_
