#include "clients/cpp/target.h"

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::client {
namespace {

TEST(TargetTest, TheSchemeSaysWhetherItIsEncrypted) {
  EXPECT_TRUE(ParseTarget("https://127.0.0.1:1", false)->tls);
  EXPECT_FALSE(ParseTarget("http://figures.example.org:1", false)->tls);
  EXPECT_EQ(ParseTarget("https://[::1]:443/", false)->address.ToString(), "[::1]:443");
}

TEST(TargetTest, WithoutASchemeOnlyThisMachineIsPlaintext) {
  for (const char* text : {"localhost:1", "127.0.0.1:1", "[::1]:1"}) {
    EXPECT_FALSE(ParseTarget(text, false)->tls) << text;
    EXPECT_TRUE(ParseTarget(text, true)->tls) << text;
  }
  EXPECT_TRUE(ParseTarget("figures.example.org:1", false)->tls);
  EXPECT_TRUE(ParseTarget("192.0.2.1:1", false)->tls);
}

TEST(TargetTest, RefusesWhatIsNoTarget) {
  for (const char* text : {"", "host", ":1", "host:", "host:0", "host:99999", "::1:5", "a:b",
                           "ftp://host:1", "unix:///socket", "https://", "https://host",
                           "https://user@host:1", "https://host/path:1", "host:1//"}) {
    const auto target = ParseTarget(text, false);
    ASSERT_FALSE(target.ok()) << text;
    EXPECT_EQ(core::ReasonOf(target.status()), core::ErrorReason::kArgumentInvalid);
    EXPECT_EQ(core::MetadataOf(target.status())["field"], "target");
  }
  EXPECT_FALSE(ParseTarget("http://host:1", true).ok()) << "certificates without encryption";
}

}  // namespace
}  // namespace crossfoot::client
