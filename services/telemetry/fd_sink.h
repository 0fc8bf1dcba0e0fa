#ifndef CROSSFOOT_SERVICES_TELEMETRY_FD_SINK_H_
#define CROSSFOOT_SERVICES_TELEMETRY_FD_SINK_H_

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace crossfoot::telemetry {

// Writes lines to a file descriptor without ever waiting for who reads them: a pipe, a socket or a
// terminal that is full loses lines, and they are counted.  A file takes the time of its disk.
// Thread-safe.
class FdSink {
 public:
  // `fd` stays its owner's and must stay open; its flags, which other processes may share, are not
  // changed.  The process must ignore SIGPIPE.
  explicit FdSink(int fd);
  ~FdSink();

  FdSink(const FdSink&) = delete;
  FdSink& operator=(const FdSink&) = delete;

  // Writes `line`, which ends with '\n', by one write(2), or drops it as a whole when it cannot be
  // written now, whatever the reason.  What a full pipe takes only the beginning of, as it may of
  // lines above PIPE_BUF, is finished before the next line.
  void Write(std::string_view line);

  // How many lines were dropped so far.
  int64_t dropped() const { return dropped_; }

 private:
  enum class Way {
    kWrite,  // a file, or a description of ours that does not block
    kSend,   // a socket
    kPoll,   // asked first, as it would block
  };

  // Writes as much of `bytes` as goes now and returns how much that was.
  size_t WriteNow(std::string_view bytes) const;
  // One system call: what it returns, -1 with errno EAGAIN when nothing goes now.
  ssize_t WriteOnce(std::string_view bytes) const;

  Way way_ = Way::kWrite;
  int fd_;
  bool owned_ = false;  // fd_ is ours to close
  std::mutex mutex_;
  std::string rest_;  // of the line that was begun; guarded by mutex_
  std::atomic<int64_t> dropped_ = 0;
};

}  // namespace crossfoot::telemetry

#endif  // CROSSFOOT_SERVICES_TELEMETRY_FD_SINK_H_
