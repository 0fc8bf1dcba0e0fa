#include "services/telemetry/fd_sink.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstddef>

namespace crossfoot::telemetry {

FdSink::FdSink(int fd) : fd_(fd) {
  struct stat status;
  if (fstat(fd, &status) != 0) return;
  if (S_ISSOCK(status.st_mode)) {
    way_ = Way::kSend;
  } else if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode)) {
    // O_NONBLOCK belongs to the description, which `fd` shares with whoever started the process; so
    // another one is opened.  That is refused where the pipe is another user's.
    const std::string path = "/proc/self/fd/" + std::to_string(fd);
    const int own = open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (own >= 0) {
      fd_ = own;
      owned_ = true;
    } else {
      way_ = Way::kPoll;
    }
  }
}

FdSink::~FdSink() {
  if (!rest_.empty()) WriteNow(rest_);
  if (owned_) close(fd_);
}

void FdSink::Write(std::string_view line) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!rest_.empty()) {
    rest_.erase(0, WriteNow(rest_));
    if (!rest_.empty()) {
      ++dropped_;
      return;
    }
  }
  const size_t written = WriteNow(line);
  if (written == line.size()) return;
  if (written == 0) {
    ++dropped_;
  } else {
    rest_ = line.substr(written);
  }
}

size_t FdSink::WriteNow(std::string_view bytes) const {
  size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t size = WriteOnce(bytes.substr(written));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    written += static_cast<size_t>(size);
  }
  return written;
}

ssize_t FdSink::WriteOnce(std::string_view bytes) const {
  switch (way_) {
    case Way::kWrite:
      return write(fd_, bytes.data(), bytes.size());
    case Way::kSend:
      return send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    case Way::kPoll: {
      pollfd writable = {fd_, POLLOUT, 0};
      const int ready = poll(&writable, 1, 0);
      if (ready < 0) return -1;
      if (ready == 0) {
        errno = EAGAIN;
        return -1;
      }
      // A pipe that polls as writable takes so much without blocking.
      return write(fd_, bytes.data(), std::min(bytes.size(), size_t{PIPE_BUF}));
    }
  }
  return -1;
}

}  // namespace crossfoot::telemetry
