#include "clients/cli/changed_files.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "core/error.h"

namespace crossfoot::cli {
namespace {

namespace fs = std::filesystem;

// A repository of its own that is the working directory.
class ChangedFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    std::string folder = ::testing::TempDir() + "/changed.XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = fs::canonical(folder);
    fs::current_path(folder_);
    // Of nobody's configuration but ours.
    setenv("HOME", folder_.c_str(), 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    Git("init -q -b main");
    Git("config user.name tester");
    Git("config user.email tester@example.org");
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static void Git(const std::string& words) {
    ASSERT_EQ(std::system(("git " + words + " > git.log 2>&1").c_str()), 0) << words;
    fs::remove("git.log");
  }
  static void Write(const fs::path& path, const std::string& text) {
    fs::create_directories(fs::absolute(path).parent_path());
    std::ofstream(path) << text;
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path before_;
  fs::path folder_;
};

TEST_F(ChangedFilesTest, TellsWhatDiffersSinceTheBranch) {
  Write("same.txt", "a");
  Write("changed.txt", "a");
  Write("deleted.txt", "a");
  Write("moved.txt", "a long line that Git knows again\n");
  Write(".gitignore", "*.tmp\n");
  Git("add -A");
  Git("commit -qm first");
  Git("checkout -qb topic");
  Write("changed.txt", "b");
  Write("季报/added.txt", "b");
  Git("mv moved.txt renamed.txt");
  Git("rm -q deleted.txt");
  Git("add -A");
  Git("commit -qm second");
  // What happens on the other branch meanwhile is none of ours.
  Git("checkout -q main");
  Write("same.txt", "b");
  Git("commit -qam other");
  Git("checkout -q topic");
  Write("new.txt", "c");
  Write("scratch.tmp", "c");
  Write("季报/added.txt", "c");
  const auto files = ChangedFiles("main");
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, (std::set<std::string>{Path("changed.txt"), Path("new.txt"),
                                           Path("renamed.txt"), Path("季报/added.txt")}));
  // From wherever in the tree.
  fs::current_path(folder_ / "季报");
  const auto again = ChangedFiles("main");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, *files);
}

TEST_F(ChangedFilesTest, WhatGitWarnsOfIsNoFile) {
  Git("config core.autocrlf input");
  Write("a.txt", "a\n");
  Git("add -A");
  Git("commit -qm first");
  Write("a.txt", "b\r\n");
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const auto files = ChangedFiles("HEAD");
  const auto none = ChangedFiles("nosuch");
  std::signal(SIGCHLD, before);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(*files, std::set<std::string>{Path("a.txt")});
  EXPECT_FALSE(none.ok());
}

TEST_F(ChangedFilesTest, SaysWhyItCannot) {
  for (const char* revision : {"", "--output=x", "nosuch"}) {
    const auto files = ChangedFiles(revision);
    ASSERT_FALSE(files.ok()) << revision;
    EXPECT_EQ(core::ReasonOf(files.status()), core::ErrorReason::kArgumentInvalid);
  }
  EXPECT_FALSE(fs::exists("x"));
  fs::remove_all(".git");
  setenv("GIT_CEILING_DIRECTORIES", folder_.parent_path().c_str(), 1);
  const auto files = ChangedFiles("main");
  ASSERT_FALSE(files.ok());
  EXPECT_NE(std::string(files.status().message()).find("not a git repository"), std::string::npos)
      << files.status();
  unsetenv("GIT_CEILING_DIRECTORIES");
}

}  // namespace
}  // namespace crossfoot::cli
