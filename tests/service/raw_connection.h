#ifndef CROSSFOOT_TESTS_SERVICE_RAW_CONNECTION_H_
#define CROSSFOOT_TESTS_SERVICE_RAW_CONNECTION_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace crossfoot::testing {

// A connection that the test ends as it likes: by closing it, or when this object goes.
class Socket {
 public:
  // To a port of this machine.  `receive_bytes`: the system's room for what is not read; 0: as it
  // is.
  explicit Socket(int port, int receive_bytes = 0);
  // Takes `descriptor` over.
  static Socket Of(int descriptor);

  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&&) = delete;
  ~Socket() { Close(); }

  bool connected() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  // Whether all of it was taken over by the system before the other end closed.
  bool Send(const std::string& bytes) const;
  // What comes until the other end closes, `enough` bytes are there or `timeout` is over.
  std::string Receive(std::chrono::milliseconds timeout, size_t enough = SIZE_MAX) const;
  // Whether the other end closes within `timeout`; what comes before is dropped.
  bool EndsWithin(std::chrono::milliseconds timeout) const;
  void Close();

 private:
  Socket() = default;

  int descriptor_ = -1;
};

// Bytes to and from a port of 127.0.0.1, for what no well-behaved client sends.  Waits at most 20 s
// for anything.
class RawConnection {
 public:
  explicit RawConnection(int port) : socket_(port) {}

  bool connected() const { return socket_.connected(); }

  // What cannot be sent any more is left out.
  void Send(const std::string& bytes) const { socket_.Send(bytes); }
  // No more comes from this end.
  void EndSending() const;

  // The next HTTP response, its head and its body; what came until the connection ended when it is
  // not whole.
  std::string ReadResponse();
  // All that comes until the connection ends.
  std::string ReadAll();
  // Whether something comes, or the connection ends, in so long.
  bool Readable(int milliseconds) const;

 private:
  // False at the end.
  bool ReadMore();

  const Socket socket_;
  std::string buffer_;
};

// The body of a response that ReadResponse gave.
std::string BodyOf(const std::string& response);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_RAW_CONNECTION_H_
