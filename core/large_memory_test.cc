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

TEST(LargeMemoryTest, MakesMoreRoomInGrowingSteps) {
  std::vector<int> numbers = {1, 2, 3};
  ReserveMore(numbers, 10);
  EXPECT_GE(numbers.capacity(), 13u);
  EXPECT_EQ(numbers, (std::vector<int>{1, 2, 3}));
  int grown = 0;
  for (int time = 0; time < 10'000; ++time) {
    const size_t before = numbers.capacity();
    ReserveMore(numbers, 1);
    grown += numbers.capacity() > before ? 1 : 0;
    numbers.push_back(time);
  }
  EXPECT_LT(grown, 20);
}

}  // namespace
}  // namespace crossfoot::core
