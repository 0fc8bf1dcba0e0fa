#ifndef CROSSFOOT_SERVICES_SERVER_STREAM_WATCH_H_
#define CROSSFOOT_SERVICES_SERVER_STREAM_WATCH_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace crossfoot::server {

// Looks at open streams from time to time, since nothing happens on one that stalls.  Thread-safe.
class StreamWatch {
 public:
  StreamWatch();
  ~StreamWatch();

  StreamWatch(const StreamWatch&) = delete;
  StreamWatch& operator=(const StreamWatch&) = delete;

  // From now on `look` is called about every 10 ms, on one thread for all; it must not block.  What
  // it gives is for Remove.
  int64_t Add(std::function<void()> look);

  // `look` is not called, and not in work, any more when this returns.  `look` itself may call it.
  void Remove(int64_t id);

 private:
  void Watch();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int64_t, std::shared_ptr<const std::function<void()>>> looks_;  // guarded by mutex_
  int64_t last_id_ = 0;                                                    // guarded by mutex_
  int64_t looking_ = 0;    // id of the one in work, or 0; guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_STREAM_WATCH_H_
