#ifndef CROSSFOOT_TESTS_SERVICE_RAW_CONNECTION_H_
#define CROSSFOOT_TESTS_SERVICE_RAW_CONNECTION_H_

#include <string>

namespace crossfoot::testing {

// Bytes to and from a port of 127.0.0.1, for what no well-behaved client sends.  Waits at most 20 s
// for anything.
class RawConnection {
 public:
  explicit RawConnection(int port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  bool connected() const { return socket_ >= 0; }

  // What cannot be sent any more is left out.
  void Send(const std::string& bytes) const;
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

  int socket_ = -1;
  std::string buffer_;
};

// The body of a response that ReadResponse gave.
std::string BodyOf(const std::string& response);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_RAW_CONNECTION_H_
