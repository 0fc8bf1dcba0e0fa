#include "core/host_port.h"

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::core {
namespace {

TEST(HostPortTest, ReadsHostAndPort) {
  const HostPort address = ParseHostPort("127.0.0.1:50051").value();
  EXPECT_EQ(address.host, "127.0.0.1");
  EXPECT_EQ(address.port, 50051);
  EXPECT_EQ(ParseHostPort("[::1]:0")->ToString(), "[::1]:0");
  EXPECT_EQ(ParseHostPort("localhost:65535")->port, 65535);
}

TEST(HostPortTest, RefusesOtherForms) {
  for (const char* text : {"", "127.0.0.1", ":50051", "127.0.0.1:", "127.0.0.1:x", "::1:50051",
                           "[::1:50051", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:123456"}) {
    const auto address = ParseHostPort(text);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_EQ(ReasonOf(address.status()), ErrorReason::kArgumentInvalid);
  }
}

TEST(HostPortTest, TellsLoopbackFromOthers) {
  for (const char* text : {"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1"}) {
    EXPECT_TRUE(ParseHostPort(text)->loopback()) << text;
  }
  for (const char* text : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "example.com:1", "127.0.0.1.evil:1",
                           "localhost.example.com:1", "[::ffff:1.2.3.4]:1", "128.0.0.1:1"}) {
    EXPECT_FALSE(ParseHostPort(text)->loopback()) << text;
  }
}

}  // namespace
}  // namespace crossfoot::core
