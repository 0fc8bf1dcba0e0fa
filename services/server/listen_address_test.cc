#include "services/server/listen_address.h"

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::server {
namespace {

TEST(ListenAddressTest, ReadsHostAndPort) {
  const ListenAddress address = ParseListenAddress("127.0.0.1:50051").value();
  EXPECT_EQ(address.host, "127.0.0.1");
  EXPECT_EQ(address.port, 50051);
  EXPECT_EQ(ParseListenAddress("[::1]:0")->ToString(), "[::1]:0");
  EXPECT_EQ(ParseListenAddress("localhost:65535")->port, 65535);
}

TEST(ListenAddressTest, RefusesOtherForms) {
  for (const char* text : {"", "127.0.0.1", ":50051", "127.0.0.1:", "127.0.0.1:x", "::1:50051",
                           "[::1:50051", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:123456"}) {
    const auto address = ParseListenAddress(text);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_EQ(core::ReasonOf(address.status()), core::ErrorReason::kArgumentInvalid);
    EXPECT_EQ(core::MetadataOf(address.status())["field"], "listen_address");
  }
}

TEST(ListenAddressTest, TellsLoopbackFromOthers) {
  for (const char* text : {"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1"}) {
    EXPECT_TRUE(ParseListenAddress(text)->loopback()) << text;
  }
  for (const char* text : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "example.com:1", "127.0.0.1.evil:1",
                           "localhost.example.com:1", "[::ffff:1.2.3.4]:1", "128.0.0.1:1"}) {
    EXPECT_FALSE(ParseListenAddress(text)->loopback()) << text;
  }
}

}  // namespace
}  // namespace crossfoot::server
