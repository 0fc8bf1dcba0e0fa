// Runs one case file: a line "# what it shows", the report, a line "====", and the DebugStrings of
// its figures, one a line, each after the words that were printed.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "services/validation/pipeline.h"

namespace crossfoot::validation {
namespace {

std::string* case_path = nullptr;

TEST(FigureCaseTest, GivesTheExpectedFigures) {
  std::ifstream file(*case_path, std::ios::binary);
  ASSERT_TRUE(file) << "cannot read " << *case_path;
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string separator = "\n====\n";
  const size_t title = content.find('\n');
  ASSERT_EQ(content.front(), '#') << "the first line says what the case shows";
  const size_t middle = content.find(separator);
  ASSERT_NE(middle, std::string::npos) << "no line ==== in " << *case_path;
  const absl::StatusOr<std::unique_ptr<Pipeline>> pipeline = Pipeline::Create();
  ASSERT_TRUE(pipeline.ok()) << pipeline.status();
  const absl::StatusOr<Validation> validation =
      (*pipeline)->ExtractFigures("case", content.substr(title + 1, middle - title - 1), {});
  ASSERT_TRUE(validation.ok()) << validation.status();
  std::string actual;
  for (const core::Figure& figure : validation->figures)
    actual += figure.content + "  " + figure.DebugString() + "\n";
  EXPECT_TRUE(actual == content.substr(middle + separator.size())) << "whole new text:\n" << actual;
}

}  // namespace
}  // namespace crossfoot::validation

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 2) return 2;
  std::string path = argv[1];
  crossfoot::validation::case_path = &path;
  return RUN_ALL_TESTS();
}
