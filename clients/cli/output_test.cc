#include "clients/cli/output.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

class OutputTest : public ::testing::Test {
 protected:
  OutputTest() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  static std::string Read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  long FileCount() const {
    return std::distance(std::filesystem::directory_iterator(folder_),
                         std::filesystem::directory_iterator());
  }

  const std::string folder_ = ::testing::TempDir() + "/output_test";
};

TEST_F(OutputTest, WritesAndReplaces) {
  const std::string path = Path("a");
  EXPECT_FALSE(WriteFile(path, "longer than what follows"));
  EXPECT_FALSE(WriteFile(path, "short"));
  EXPECT_EQ(Read(path), "short");
  EXPECT_EQ(FileCount(), 1);
  struct stat status = {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  const mode_t mask = umask(0);
  umask(mask);
  EXPECT_EQ(status.st_mode & 0777, 0666 & ~mask);
}

TEST_F(OutputTest, KeepsTheMode) {
  const std::string path = Path("a");
  EXPECT_FALSE(WriteFile(path, "old"));
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(WriteFile(path, "new"));
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(OutputTest, ALinkStaysOne) {
  EXPECT_FALSE(WriteFile(Path("a"), "old"));
  std::filesystem::create_symlink("a", Path("link"));
  EXPECT_FALSE(WriteFile(Path("link"), "new"));
  EXPECT_TRUE(std::filesystem::is_symlink(Path("link")));
  EXPECT_EQ(Read(Path("a")), "new");
}

TEST_F(OutputTest, AFailureLeavesNothingBehind) {
  EXPECT_EQ(WriteFile(Path("missing/a"), "x"), std::errc::no_such_file_or_directory);
  EXPECT_EQ(WriteFile(folder_, "x"), std::errc::is_a_directory);
  EXPECT_EQ(FileCount(), 0);
}

TEST_F(OutputTest, WhatIsNoFileIsWrittenTo) {
  EXPECT_FALSE(WriteFile("/dev/null", "x"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_EQ(WriteFile("/dev/full", "x"), std::errc::no_space_on_device);
}

}  // namespace
}  // namespace crossfoot::cli
