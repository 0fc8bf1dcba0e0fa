#include "services/access/client.h"

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::access {
namespace {

TEST(ClientTest, HasTheRolesItWasGivenAndNoOther) {
  Client client;
  client.name = "office";
  client.roles.set(static_cast<size_t>(Role::kWrite));
  EXPECT_TRUE(Authorize(client, Role::kWrite).ok());
  for (const Role role : {Role::kValidate, Role::kRead}) {
    const absl::Status status = Authorize(client, role);
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kPermissionDenied);
    EXPECT_EQ(core::MetadataOf(status).at("role"), ToString(role));
  }
}

TEST(ClientTest, RolesHaveTheNamesOfTheErrors) {
  EXPECT_EQ(ToString(Role::kValidate), "validate");
  EXPECT_EQ(ToString(Role::kWrite), "write");
  EXPECT_EQ(ToString(Role::kRead), "read");
}

}  // namespace
}  // namespace crossfoot::access
