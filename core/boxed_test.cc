#include "core/boxed.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

namespace crossfoot::core {
namespace {

TEST(BoxedTest, IsEmptyUntilSet) {
  Boxed<std::string> boxed;
  EXPECT_FALSE(boxed.has_value());
  EXPECT_FALSE(std::optional<std::string>(boxed).has_value());
  boxed = std::string("a");
  ASSERT_TRUE(boxed);
  EXPECT_EQ(*boxed, "a");
  EXPECT_EQ(boxed->size(), 1u);
  EXPECT_EQ(std::optional<std::string>(boxed), "a");
  boxed = std::nullopt;
  EXPECT_FALSE(boxed);
  boxed = std::optional<std::string>("b");
  EXPECT_EQ(*boxed, "b");
  boxed.reset();
  EXPECT_FALSE(boxed);
}

TEST(BoxedTest, CopiesAreDeep) {
  Boxed<std::string> boxed(std::string("a"));
  Boxed<std::string> copy = boxed;
  *copy += "b";
  EXPECT_EQ(*boxed, "a");
  EXPECT_EQ(*copy, "ab");
  boxed = copy;
  EXPECT_EQ(*boxed, "ab");
  Boxed<std::string>& same = boxed;
  boxed = same;
  EXPECT_EQ(*boxed, "ab");
  const Boxed<std::string> moved = std::move(boxed);
  EXPECT_EQ(*moved, "ab");
}

}  // namespace
}  // namespace crossfoot::core
