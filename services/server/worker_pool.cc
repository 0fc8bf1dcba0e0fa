#include "services/server/worker_pool.h"

#include <utility>

namespace crossfoot::server {

WorkerPool::WorkerPool(int32_t worker_count, int32_t max_in_flight)
    : max_in_flight_(max_in_flight) {
  workers_.reserve(worker_count);
  for (int32_t worker = 0; worker < worker_count; ++worker) {
    workers_.emplace_back([this] { Work(); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

bool WorkerPool::TrySubmit(std::function<void()> task) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (in_flight_ >= max_in_flight_) return false;
    ++in_flight_;
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::function<void()> task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds is released outside the lock
    lock.lock();
    --in_flight_;
  }
}

}  // namespace crossfoot::server
