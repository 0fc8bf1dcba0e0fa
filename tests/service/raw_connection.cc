#include "tests/service/raw_connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <utility>

namespace crossfoot::testing {

RawConnection::RawConnection(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
  close(socket_);
  socket_ = -1;
}

RawConnection::~RawConnection() {
  if (socket_ >= 0) close(socket_);
}

void RawConnection::Send(const std::string& bytes) const {
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;
    sent += static_cast<size_t>(count);
  }
}

void RawConnection::EndSending() const { shutdown(socket_, SHUT_WR); }

bool RawConnection::Readable(int milliseconds) const {
  pollfd waiting = {socket_, POLLIN, 0};
  return poll(&waiting, 1, milliseconds) > 0;
}

bool RawConnection::ReadMore() {
  if (!Readable(20'000)) return false;
  char chunk[4096];
  const ssize_t count = recv(socket_, chunk, sizeof chunk, 0);
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
