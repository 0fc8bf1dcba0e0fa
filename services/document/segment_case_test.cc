// Runs one case file: a line "# what it shows", the source, a line "====", and the DebugString of
// the document.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/segment.h"

namespace crossfoot::document {
namespace {

std::string* case_path = nullptr;

TEST(SegmentCaseTest, GivesTheExpectedBlocks) {
  std::ifstream file(*case_path, std::ios::binary);
  ASSERT_TRUE(file) << "cannot read " << *case_path;
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string separator = "\n====\n";
  const size_t title = content.find('\n');
  ASSERT_EQ(content.front(), '#') << "the first line says what the case shows";
  const size_t middle = content.find(separator);
  ASSERT_NE(middle, std::string::npos) << "no line ==== in " << *case_path;
  std::string source = content.substr(title + 1, middle - title - 1);
  const std::string expected = content.substr(middle + separator.size());
  const absl::StatusOr<core::Document> document = SegmentDocument("case", std::move(source));
  const std::string actual =
      document.ok() ? document->DebugString() : document.status().ToString() + "\n";
  EXPECT_TRUE(actual == expected) << "whole new text:\n" << actual;
}

}  // namespace
}  // namespace crossfoot::document

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 2) return 2;
  std::string path = argv[1];
  crossfoot::document::case_path = &path;
  return RUN_ALL_TESTS();
}
