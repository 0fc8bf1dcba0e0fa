#include "services/server/http_connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace crossfoot::server {
namespace {

constexpr size_t kBufferBytes = 16 << 10;

void Tell(const sockaddr_storage& address, std::string& ip, int& port) {
  std::array<char, INET6_ADDRSTRLEN> text = {};
  if (address.ss_family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
    port = ntohs(four.sin_port);
  } else if (address.ss_family == AF_INET6) {
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
    port = ntohs(six.sin6_port);
  }
  ip = text.data();
}

SSL* MakeSsl(SSL_CTX* tls, int descriptor) {
  if (tls == nullptr) return nullptr;
  SSL* ssl = SSL_new(tls);
  if (ssl != nullptr) SSL_set_fd(ssl, descriptor);
  return ssl;
}

thread_local HttpConnection* current = nullptr;

}  // namespace

Event::Event() : descriptor_(eventfd(0, EFD_CLOEXEC)) {}
Event::~Event() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Event::Set() {
  const std::lock_guard<std::mutex> lock(mutex_);
  happened_ = true;
  const uint64_t one = 1;
  while (descriptor_ >= 0 && write(descriptor_, &one, sizeof one) < 0 && errno == EINTR) continue;
  changed_.notify_all();
}

void Event::Wait() const {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return happened_; });
}

void HttpConnections::EndIdle() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ending_ = true;
  for (const HttpConnection* connection : open_) {
    if (connection->idle_) shutdown(connection->descriptor_, SHUT_RDWR);
  }
}

void HttpConnections::EndAll() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ending_ = true;
  ended_ = true;
  for (const HttpConnection* connection : open_) shutdown(connection->descriptor_, SHUT_RDWR);
}

bool HttpConnections::ending() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ending_;
}

HttpConnection::HttpConnection(int descriptor, SSL_CTX* tls, const Limits& limits,
                               HttpConnections& all)
    : descriptor_(descriptor),
      limits_(limits),
      all_(all),
      ssl_(MakeSsl(tls, descriptor)),
      broken_(tls != nullptr && ssl_ == nullptr) {
  fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
  current = this;
  const std::lock_guard<std::mutex> lock(all_.mutex_);
  all_.open_.insert(this);
  if (all_.ended_) shutdown(descriptor_, SHUT_RDWR);
}

HttpConnection::~HttpConnection() {
  current = nullptr;
  if (ssl_ != nullptr && !broken_) SSL_shutdown(ssl_.get());
  if (!broken_) Linger();
  {
    const std::lock_guard<std::mutex> lock(all_.mutex_);
    all_.open_.erase(this);
  }
  shutdown(descriptor_, SHUT_RDWR);
  close(descriptor_);
}

HttpConnection* HttpConnection::Current() { return current; }

bool HttpConnection::WaitUnlessClosed(const Event& event) const {
  if (event.descriptor() < 0) {
    event.Wait();
    return true;
  }
  std::array<pollfd, 2> waiting = {pollfd{event.descriptor(), POLLIN, 0},
                                   pollfd{descriptor_, POLLRDHUP, 0}};
  while (poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) continue;
  return waiting[0].revents != 0;
}

// A connection that is closed before all that came is read loses what was written to it.
void HttpConnection::Linger() {
  constexpr int kMostBytes = 1 << 20;
  constexpr std::chrono::milliseconds kMost(200);
  shutdown(descriptor_, SHUT_WR);
  deadline_ = Clock::now() + kMost;
  char rest[4096];
  for (int left = kMostBytes; left > 0;) {
    const auto size = recv(descriptor_, rest, sizeof rest, 0);
    if (size > 0) {
      left -= static_cast<int>(size);
    } else if (size == 0 || (errno != EAGAIN && errno != EINTR) || !Wait(POLLIN)) {
      return;
    }
  }
}

bool HttpConnection::Begin() {
  if (broken_) return false;
  if (ssl_ == nullptr) return true;
  deadline_ = Clock::now() + limits_.idle;
  SetIdle(true);
  while (true) {
    ERR_clear_error();
    const int result = SSL_accept(ssl_.get());
    if (result == 1) break;
    if (!Again(result, POLLIN)) return false;
  }
  SetIdle(false);
  return true;
}

bool HttpConnection::WaitForRequest() {
  in_head_ = true;
  answering_ = false;
  head_bytes_ = 0;
  if (taken_ == buffer_.size()) {
    deadline_ = Clock::now() + limits_.idle;
    SetIdle(true);
    const bool came = Fill();
    SetIdle(false);
    if (!came) return false;
  }
  deadline_ = Clock::now() + limits_.request;
  return true;
}

void HttpConnection::SetIdle(bool idle) {
  const std::lock_guard<std::mutex> lock(all_.mutex_);
  idle_ = idle;
  if (idle && all_.ending_) shutdown(descriptor_, SHUT_RDWR);
}

bool HttpConnection::Wait(short events) const {
  const auto end = std::min(deadline_, Clock::now() + limits_.idle);
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting = {descriptor_, events, 0};
    const int count = poll(&waiting, 1, static_cast<int>(left));
    if (count > 0) return true;
    if (count == 0 || errno != EINTR) return false;
  }
}

bool HttpConnection::Again(int result, short events) {
  const int error = errno;
  if (ssl_ != nullptr) {
    switch (SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ:
        return Wait(POLLIN);
      case SSL_ERROR_WANT_WRITE:
        return Wait(POLLOUT);
      case SSL_ERROR_ZERO_RETURN:
        return false;
      default:
        broken_ = true;
        return false;
    }
  }
  if (result == 0) return false;  // the other side sends no more, and may still read
  if (error == EINTR) return true;
  if (error == EAGAIN || error == EWOULDBLOCK) return Wait(events);
  broken_ = true;
  return false;
}

bool HttpConnection::Fill() {
  if (broken_) return false;
  buffer_.resize(kBufferBytes);
  taken_ = 0;
  while (true) {
    ERR_clear_error();
    const auto size = static_cast<int>(buffer_.size());
    const int result = ssl_ != nullptr
                           ? SSL_read(ssl_.get(), buffer_.data(), size)
                           : static_cast<int>(recv(descriptor_, buffer_.data(), buffer_.size(), 0));
    if (result > 0) {
      buffer_.resize(static_cast<size_t>(result));
      return true;
    }
    if (!Again(result, POLLIN)) {
      buffer_.clear();
      return false;
    }
  }
}

bool HttpConnection::is_readable() const { return taken_ < buffer_.size() || Wait(POLLIN); }
bool HttpConnection::is_writable() const { return !broken_; }  // `write` waits

ssize_t HttpConnection::read(char* to, size_t size) {
  // A caller that sends always a little never waits.
  if (Clock::now() >= deadline_) return -1;
  if (taken_ == buffer_.size() && !Fill()) return -1;
  size = std::min(size, buffer_.size() - taken_);
  if (in_head_) {
    head_bytes_ += size;
    if (head_bytes_ > limits_.head_bytes) return -1;
  }
  std::memcpy(to, buffer_.data() + taken_, size);
  taken_ += size;
  return static_cast<ssize_t>(size);
}

ssize_t HttpConnection::write(const char* from, size_t size) {
  if (broken_) return -1;
  // What came between is the time of the call, which has a limit of its own.
  if (!in_head_ && !std::exchange(answering_, true)) deadline_ = Clock::now() + limits_.request;
  while (Clock::now() < deadline_) {
    ERR_clear_error();
    const int part = static_cast<int>(std::min<size_t>(size, 1 << 20));
    const int result =
        ssl_ != nullptr
            ? SSL_write(ssl_.get(), from, part)
            : static_cast<int>(send(descriptor_, from, static_cast<size_t>(part), MSG_NOSIGNAL));
    if (result > 0) return result;
    if (!Again(result, POLLOUT)) break;
  }
  return -1;
}

void HttpConnection::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (getpeername(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) == 0)
    Tell(address, ip, port);
}

void HttpConnection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) == 0)
    Tell(address, ip, port);
}

}  // namespace crossfoot::server
