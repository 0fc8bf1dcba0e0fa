#include "tests/service/raw_connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace crossfoot::testing {

namespace {

using Clock = std::chrono::steady_clock;

// Waits until `descriptor` has something to read, or its end.
bool Readable(int descriptor, Clock::time_point deadline) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  pollfd waiting = {descriptor, POLLIN, 0};
  return poll(&waiting, 1, static_cast<int>(std::max<int64_t>(left, 0))) > 0;
}

}  // namespace

Socket::Socket(int port, int receive_bytes) {
  descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_bytes > 0)
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Close();
}

Socket Socket::Of(int descriptor) {
  Socket made;
  made.descriptor_ = descriptor;
  return made;
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

bool Socket::Send(const std::string& bytes) const {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return false;
    sent += static_cast<size_t>(count);
  }
  return true;
}

std::string Socket::Receive(std::chrono::milliseconds timeout, size_t enough) const {
  const auto deadline = Clock::now() + timeout;
  std::string received;
  std::array<char, 16384> chunk;
  while (received.size() < enough && Readable(descriptor_, deadline)) {
    const ssize_t count = recv(descriptor_, chunk.data(), chunk.size(), 0);
    if (count <= 0) break;
    received.append(chunk.data(), static_cast<size_t>(count));
  }
  return received;
}

bool Socket::EndsWithin(std::chrono::milliseconds timeout) const {
  const auto deadline = Clock::now() + timeout;
  std::array<char, 16384> chunk;
  while (Readable(descriptor_, deadline)) {
    if (recv(descriptor_, chunk.data(), chunk.size(), 0) <= 0) return true;
  }
  return false;
}

void Socket::Close() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

void RawConnection::EndSending() const { shutdown(socket_.descriptor(), SHUT_WR); }

bool RawConnection::Readable(int milliseconds) const {
  return testing::Readable(socket_.descriptor(),
                           Clock::now() + std::chrono::milliseconds(milliseconds));
}

bool RawConnection::ReadMore() {
  if (!Readable(20'000)) return false;
  char chunk[4096];
  const ssize_t count = recv(socket_.descriptor(), chunk, sizeof chunk, 0);
  if (count <= 0) return false;
  buffer_.append(chunk, static_cast<size_t>(count));
  return true;
}

std::string RawConnection::ReadResponse() {
  size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!ReadMore()) return std::exchange(buffer_, "");
  }
  const std::string key = "\r\nContent-Length: ";
  const size_t length = buffer_.find(key);
  size_t size = end + 4;
  if (length < end) size += std::strtoul(buffer_.c_str() + length + key.size(), nullptr, 10);
  while (buffer_.size() < size) {
    if (!ReadMore()) return std::exchange(buffer_, "");
  }
  std::string response = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

std::string RawConnection::ReadAll() {
  while (ReadMore()) {
  }
  return std::exchange(buffer_, "");
}

std::string BodyOf(const std::string& response) {
  const size_t end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}

}  // namespace crossfoot::testing
