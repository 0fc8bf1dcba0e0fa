#include "services/report/relative_path.h"

#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

TEST(RelativePathTest, IsSeenFromTheWorkingDirectory) {
  EXPECT_EQ(RelativePath("a.txt", "/tree"), "a.txt");
  EXPECT_EQ(RelativePath("./b//a.txt", "/tree"), "b/a.txt");
  EXPECT_EQ(RelativePath("/tree/b/a.txt", "/tree"), "b/a.txt");
  EXPECT_EQ(RelativePath("/tree/b/a.txt", "/tree/"), "b/a.txt");
  EXPECT_EQ(RelativePath("/tree/b/../a.txt", "/tree"), "a.txt");
  EXPECT_EQ(RelativePath("/a.txt", "/"), "a.txt");
  EXPECT_EQ(RelativePath("-", "/tree"), "-");
}

TEST(RelativePathTest, WhatStandsOutsideStaysOutside) {
  EXPECT_EQ(RelativePath("../a.txt", "/tree"), "../a.txt");
  EXPECT_EQ(RelativePath("/tree2/a.txt", "/tree"), "/tree2/a.txt");
  EXPECT_EQ(RelativePath("/a.txt", "/tree"), "/a.txt");
}

TEST(RelativePathTest, UrisHoldNothingThatMeansSomethingElse) {
  EXPECT_EQ(PathToUri("a-b_c.d~e/f.txt"), "a-b_c.d~e/f.txt");
  EXPECT_EQ(PathToUri("大 庆.txt"), "%E5%A4%A7%20%E5%BA%86.txt");
  EXPECT_EQ(PathToUri("c:a?b#c%d"), "c%3Aa%3Fb%23c%25d");
  EXPECT_EQ(PathToUri("\xFF"), "%FF");
  EXPECT_EQ(PathToUri("/tmp/a.txt"), "file:///tmp/a.txt");
}

}  // namespace
}  // namespace crossfoot::report
