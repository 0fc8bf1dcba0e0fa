#include "services/server/stream_watch.h"

#include <chrono>
#include <utility>

namespace crossfoot::server {

StreamWatch::StreamWatch() : thread_([this] { Watch(); }) {}

StreamWatch::~StreamWatch() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

int64_t StreamWatch::Add(std::function<void()> look) {
  auto shared = std::make_shared<const std::function<void()>>(std::move(look));
  int64_t id = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    id = ++last_id_;
    looks_.emplace(id, std::move(shared));
  }
  changed_.notify_all();
  return id;
}

void StreamWatch::Remove(int64_t id) {
  std::unique_lock<std::mutex> lock(mutex_);
  looks_.erase(id);
  if (std::this_thread::get_id() == thread_.get_id()) return;
  changed_.wait(lock, [this, id] { return looking_ != id; });
}

void StreamWatch::Watch() {
  constexpr std::chrono::milliseconds kInterval(10);
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !looks_.empty(); });
    for (int64_t last = 0; !stopping_;) {
      const auto next = looks_.upper_bound(last);
      if (next == looks_.end()) break;
      last = looking_ = next->first;
      const std::shared_ptr<const std::function<void()>> look = next->second;
      lock.unlock();
      (*look)();
      lock.lock();
      looking_ = 0;
      changed_.notify_all();
    }
    changed_.wait_for(lock, kInterval, [this] { return stopping_; });
    if (stopping_) return;
  }
}

}  // namespace crossfoot::server
