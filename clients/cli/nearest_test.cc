#include "clients/cli/nearest.h"

#include <string>

#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

TEST(NearestTest, FindsTheWordThatWasMeant) {
  const std::vector<std::string_view> words = {"--format", "--fail-on", "--lang", "--color"};
  EXPECT_EQ(Nearest("--fromat", words), "--format");
  EXPECT_EQ(Nearest("--failon", words), "--fail-on");
  EXPECT_EQ(Nearest("--language", words), "--lang");
  EXPECT_EQ(Nearest("--colour", words), "--color");
}

TEST(NearestTest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(Nearest("--recursive", {"--format", "--lang"}), "");
  EXPECT_EQ(Nearest(std::string(100'000, 'x'), {"--format"}), "");
  EXPECT_EQ(Nearest("check", {}), "");
}

}  // namespace
}  // namespace crossfoot::cli
