#include "core/large_memory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace crossfoot::core {
namespace {

TEST(LargeMemoryTest, MakesRoomAndKeepsWhatIsThere) {
  for (const size_t count : {size_t{0}, size_t{10}, size_t{3} << 20, size_t{9} << 20}) {
    std::vector<int> numbers = {1, 2, 3};
    ReserveLarge(numbers, count);
    EXPECT_GE(numbers.capacity(), count);
    EXPECT_EQ(numbers, (std::vector<int>{1, 2, 3}));
    std::string text = "abc";
    ReserveLarge(text, count);
    EXPECT_GE(text.capacity(), count);
    EXPECT_EQ(text, "abc");
  }
}

}  // namespace
}  // namespace crossfoot::core
