#include "services/server/http_connection.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace crossfoot::server {
namespace {

using std::chrono::milliseconds;

constexpr HttpConnection::Limits kPatient = {
    .idle = std::chrono::seconds(10), .request = std::chrono::seconds(10), .head_bytes = 100};

// A connection and its other end.
struct Pair {
  explicit Pair(HttpConnections& all, const HttpConnection::Limits& limits = kPatient) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    peer = ends[1];
    connection = std::make_unique<HttpConnection>(ends[0], nullptr, limits, all);
  }
  ~Pair() { close(peer); }

  bool Send(const std::string& bytes) const {
    return send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }
  // What is read byte by byte, as the library reads a head, until nothing more comes.
  std::string ReadAll() const {
    std::string bytes;
    char byte = 0;
    while (connection->read(&byte, 1) == 1) bytes += byte;
    return bytes;
  }

  int peer = -1;
  std::unique_ptr<HttpConnection> connection;
};

TEST(HttpConnectionTest, CarriesBytesBothWays) {
  HttpConnections all;
  const Pair pair(all);
  ASSERT_TRUE(pair.connection->Begin());
  EXPECT_TRUE(pair.Send("abc"));
  EXPECT_TRUE(pair.connection->WaitForRequest());
  char bytes[3] = {};
  EXPECT_EQ(pair.connection->read(bytes, 2), 2);
  EXPECT_TRUE(pair.connection->is_readable());
  EXPECT_EQ(pair.connection->read(bytes + 2, 1), 1);
  EXPECT_EQ(std::string(bytes, 3), "abc");
  EXPECT_EQ(pair.connection->write("xyz", 3), 3);
  EXPECT_EQ(recv(pair.peer, bytes, 3, MSG_WAITALL), 3);
  EXPECT_EQ(std::string(bytes, 3), "xyz");
  shutdown(pair.peer, SHUT_WR);
  EXPECT_FALSE(pair.connection->WaitForRequest());
}

TEST(HttpConnectionTest, WaitsUntilTheOtherSideHasGone) {
  HttpConnections all;
  const Pair pair(all);
  EXPECT_EQ(HttpConnection::Current(), pair.connection.get());
  Event set;
  std::thread setter([&set] {
    std::this_thread::sleep_for(milliseconds(20));
    set.Set();
  });
  EXPECT_TRUE(pair.Send("more"));  // another request, say
  EXPECT_TRUE(pair.connection->WaitUnlessClosed(set));
  set.Wait();
  setter.join();
  const Event never;
  std::thread leaver([&pair] {
    std::this_thread::sleep_for(milliseconds(20));
    shutdown(pair.peer, SHUT_RDWR);
  });
  EXPECT_FALSE(pair.connection->WaitUnlessClosed(never));
  leaver.join();
}

TEST(HttpConnectionTest, AHeadHasALengthAndABodyNone) {
  HttpConnections all;
  const Pair head(all);
  EXPECT_TRUE(head.Send(std::string(500, 'x')));
  ASSERT_TRUE(head.connection->WaitForRequest());
  EXPECT_EQ(head.ReadAll().size(), 100u);
  const Pair body(all);
  EXPECT_TRUE(body.Send(std::string(500, 'x')));
  shutdown(body.peer, SHUT_WR);
  ASSERT_TRUE(body.connection->WaitForRequest());
  body.connection->HeadDone();
  EXPECT_EQ(body.ReadAll().size(), 500u);
}

TEST(HttpConnectionTest, ARequestHasATimeThoughSomethingAlwaysComes) {
  HttpConnections all;
  const Pair pair(
      all,
      {.idle = std::chrono::seconds(10), .request = milliseconds(100), .head_bytes = 1'000'000});
  std::atomic<bool> stop = false;
  std::thread trickle([&] {
    while (!stop && pair.Send("x")) std::this_thread::sleep_for(milliseconds(1));
  });
  ASSERT_TRUE(pair.connection->WaitForRequest());
  EXPECT_FALSE(pair.ReadAll().empty());
  stop = true;
  trickle.join();
}

TEST(HttpConnectionTest, WaitsForNobodyLongerThanItMay) {
  HttpConnections all;
  const Pair pair(all, {.idle = milliseconds(50), .request = milliseconds(50), .head_bytes = 100});
  EXPECT_FALSE(pair.connection->WaitForRequest());
  // Nor for one that takes nothing.
  const Pair deaf(all, {.idle = milliseconds(50), .request = milliseconds(50), .head_bytes = 100});
  EXPECT_TRUE(deaf.Send("x"));
  ASSERT_TRUE(deaf.connection->WaitForRequest());
  deaf.connection->HeadDone();
  const std::string much(1 << 20, 'x');
  while (deaf.connection->write(much.data(), much.size()) > 0) {
  }
  EXPECT_EQ(deaf.connection->write(much.data(), much.size()), -1);
}

TEST(HttpConnectionTest, TheIdleOnesAreEndedAndThenTheOthers) {
  HttpConnections all;
  const Pair busy(all);
  EXPECT_TRUE(busy.Send("x"));
  ASSERT_TRUE(busy.connection->WaitForRequest());
  const Pair idle(all);
  std::thread waiter([&] { EXPECT_FALSE(idle.connection->WaitForRequest()); });
  all.EndIdle();
  waiter.join();
  EXPECT_TRUE(all.ending());
  char byte = 0;
  EXPECT_EQ(busy.connection->read(&byte, 1), 1);
  EXPECT_EQ(busy.connection->write("y", 1), 1);
  std::thread reader([&] { EXPECT_LE(busy.connection->read(&byte, 1), 0); });
  all.EndAll();
  reader.join();
  EXPECT_FALSE(busy.connection->WaitForRequest());
}

}  // namespace
}  // namespace crossfoot::server
