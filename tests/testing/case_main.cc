#include "tests/testing/case_main.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace crossfoot::testing {
namespace {

std::string* case_path = nullptr;

TEST(CaseTest, GivesTheExpectedText) {
  std::ifstream file(*case_path, std::ios::binary);
  ASSERT_TRUE(file) << "cannot read " << *case_path;
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string separator = "\n====\n";
  ASSERT_EQ(content.substr(0, 1), "#") << "the first line says what the case shows";
  const size_t title = content.find('\n');
  const size_t middle = content.find(separator);
  ASSERT_NE(middle, std::string::npos) << "no line ==== in " << *case_path;
  const std::string actual = ActualOf(content.substr(title + 1, middle - title - 1));
  EXPECT_TRUE(actual == content.substr(middle + separator.size())) << "whole new text:\n" << actual;
}

}  // namespace
}  // namespace crossfoot::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (argc != 2) return 2;
  std::string path = argv[1];
  crossfoot::testing::case_path = &path;
  return RUN_ALL_TESTS();
}
