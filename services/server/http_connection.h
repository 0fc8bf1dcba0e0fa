#ifndef CROSSFOOT_SERVICES_SERVER_HTTP_CONNECTION_H_
#define CROSSFOOT_SERVICES_SERVER_HTTP_CONNECTION_H_

#include <httplib.h>
#include <openssl/ssl.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace crossfoot::server {

class HttpConnection;

// All open connections, so that those that go on too long can be ended.  Thread-safe.
class HttpConnections {
 public:
  // Ends those that wait for a request, now and from now on.
  void EndIdle();
  // Ends all.
  void EndAll();
  bool ending() const;

 private:
  friend class HttpConnection;
  mutable std::mutex mutex_;
  std::set<HttpConnection*> open_;  // guarded by mutex_, as all that follows
  bool ending_ = false;
  bool ended_ = false;
};

// Something that happens once, which can be waited for together with what comes over connections.
// Thread-safe.
class Event {
 public:
  Event();
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  void Set();
  void Wait() const;
  // For poll(2): readable from when it has happened.  Negative when the system has none left.
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool happened_ = false;  // guarded by mutex_
};

// One accepted connection, plain or encrypted.  It bounds what httplib's own does not: the time of
// a request as a whole, and the length of its head.  Used by one thread.
class HttpConnection final : public httplib::Stream {
 public:
  struct Limits {
    std::chrono::milliseconds idle;     // without a byte
    std::chrono::milliseconds request;  // for a request as a whole, and again for its answer
    size_t head_bytes;
  };

  // That of the request which this thread answers.  Null on other threads.
  static HttpConnection* Current();

  // Takes `descriptor` over and closes it at the end.  `tls`: null for a plain one.
  HttpConnection(int descriptor, SSL_CTX* tls, const Limits& limits, HttpConnections& all);
  ~HttpConnection() override;

  // Agrees on the encryption, if there is one.
  bool Begin();
  // Whether another request begins before the connection ends.
  bool WaitForRequest();
  // From now on the body is read.
  void HeadDone() { in_head_ = false; }

  // Waits for `event`; false when the other side closes the connection before.  One that only says
  // that it sends no more cannot be told from one that has gone, and counts as gone.  Where the
  // system has no descriptor left for that, it just waits.
  bool WaitUnlessClosed(const Event& event) const;

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return descriptor_; }

 private:
  friend class HttpConnections;
  using Clock = std::chrono::steady_clock;

  void SetIdle(bool idle);
  void Linger();
  // Waits until `events` of poll(2) are there; false when the time is over.
  bool Wait(short events) const;
  // Whether the failed operation `result` is to be tried again, after the wait that it asked for.
  bool Again(int result, short events);
  // Fills the buffer; false at the end.
  bool Fill();

  const int descriptor_;
  const Limits limits_;
  HttpConnections& all_;
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  const std::unique_ptr<SSL, Free> ssl_;  // null: plain
  bool idle_ = false;                     // guarded by all_.mutex_
  bool broken_ = false;                   // nothing can be said of what comes
  bool in_head_ = true;
  bool answering_ = false;
  size_t head_bytes_ = 0;
  Clock::time_point deadline_;
  std::string buffer_;  // read and not yet taken, from taken_ on
  size_t taken_ = 0;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_HTTP_CONNECTION_H_
