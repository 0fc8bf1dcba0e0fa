#include "core/text.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace crossfoot::core {
namespace {

TEST(TextTest, HoldsWhatItWasGiven) {
  Text text;
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text, "");
  text = "万吨";
  EXPECT_FALSE(text.empty());
  EXPECT_EQ(text, "万吨");
  EXPECT_EQ(std::string(text), "万吨");
  text = std::string("a\0b", 3);
  EXPECT_EQ(text.view().size(), 3u);
  text = std::string();
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text, Text());
}

TEST(TextTest, CopiesShareTheirBytes) {
  Text copy;
  {
    const Text text("亿立方米");
    copy = text;
    EXPECT_EQ(copy.view().data(), text.view().data());
    EXPECT_EQ(Text(text).view().data(), text.view().data());
  }
  EXPECT_EQ(copy, "亿立方米");
  const Text moved = std::move(copy);
  EXPECT_EQ(moved, "亿立方米");
  EXPECT_EQ(moved, Text("亿立方米"));
}

TEST(TextTest, AssignsItself) {
  Text text("台");
  const Text& same = text;
  text = same;
  EXPECT_EQ(text, "台");
  text = text.view();
  EXPECT_EQ(text, "台");
  text.clear();
  EXPECT_TRUE(text.empty());
}

TEST(TextTest, ThreadsShareOne) {
  const Text text("千瓦时");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&text] {
      for (int j = 0; j < 10'000; ++j) {
        const Text copy = text;
        if (copy.view().size() != 9) ADD_FAILURE();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(text, "千瓦时");
}

TEST(TextTest, TakesOneWord) { EXPECT_EQ(sizeof(Text), sizeof(void*)); }

}  // namespace
}  // namespace crossfoot::core
