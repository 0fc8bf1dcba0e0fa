#include "services/server/listen_address.h"

#include "core/error.h"
#include "core/string_view.h"
#include "gtest/gtest.h"

namespace crossfoot::server {
namespace {

TEST(ListenAddressTest, SaysWhatIsWrongAndWhatToWrite) {
  EXPECT_EQ(ParseListenAddress("[::1]:0")->ToString(), "[::1]:0");
  const auto address = ParseListenAddress("127.0.0.1");
  ASSERT_FALSE(address.ok());
  EXPECT_EQ(core::FromAbsl(address.status().message()),
            "cannot listen on \"127.0.0.1\": there is no port; write host:port, as in "
            "127.0.0.1:50051 or [::1]:50051");
  EXPECT_EQ(core::ReasonOf(address.status()), core::ErrorReason::kArgumentInvalid);
  EXPECT_EQ(core::MetadataOf(address.status())["field"], "listen_address");
}

}  // namespace
}  // namespace crossfoot::server
