#include "clients/cli/project.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "core/error.h"

namespace crossfoot::cli {
namespace {

namespace fs = std::filesystem;

class ProjectTest : public ::testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    std::string folder = ::testing::TempDir() + "/project.XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = fs::canonical(folder);
    fs::current_path(folder_);
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static void Write(const fs::path& path, const std::string& text) {
    fs::create_directories(fs::absolute(path).parent_path());
    std::ofstream(path) << text;
  }

  fs::path before_;
  fs::path folder_;
};

TEST_F(ProjectTest, TheFirstUpwardsCounts) {
  Write(".crossfoot.textproto", "home_area: \"上海\"");
  Write("a/.crossfoot.textproto", "home_area: \"大庆\"");
  fs::create_directories("a/b/c");
  fs::create_directories("d");
  ProjectFinder finder;
  for (const auto& [file, area] : {std::pair("a/b/c/x.txt", "大庆"), std::pair("a/x.txt", "大庆"),
                                   std::pair("d/x.txt", "上海"), std::pair("x.txt", "上海"),
                                   std::pair("-", "上海"), std::pair("a/b/../../y.txt", "上海")}) {
    const auto project = finder.Find(file);
    ASSERT_TRUE(project.ok()) << project.status();
    ASSERT_NE(*project, nullptr) << file;
    EXPECT_EQ((*project)->settings().home_area(), area) << file;
  }
  // A working tree of Git is a world of its own.
  fs::create_directories("e/.git");
  EXPECT_EQ(finder.Find("e/x.txt").value(), nullptr);
  // One for all files of a project.
  EXPECT_EQ(*finder.Find("a/x.txt"), *finder.Find("a/b/y.txt"));
}

TEST_F(ProjectTest, PathsAreThoseOfItsFolder) {
  Write("a/.crossfoot.textproto",
        "rule_pack_files: \"ours.textproto\"\nhistory_directories: \"../old\"\n"
        "history_directories: \"/srv/old\"\nbaseline_file: \"accepted.txt\"\n");
  ProjectFinder finder;
  const auto project = finder.Find("a/b/x.txt");
  ASSERT_TRUE(project.ok()) << project.status();
  const config::v1::Project& settings = (*project)->settings();
  EXPECT_EQ(settings.rule_pack_files(0), "a/ours.textproto");
  EXPECT_EQ(settings.history_directories(0), "old");
  EXPECT_EQ(fs::absolute(settings.history_directories(1)).lexically_normal(), "/srv/old");
  EXPECT_EQ(settings.baseline_file(), "a/accepted.txt");
  EXPECT_FALSE((*project)->rule_settings().has_value());
}

TEST_F(ProjectTest, SettingsOfRulesStandOnTheirLines) {
  const auto project = Project::Parse("p.textproto",
                                      "# ours\nrules { rule_id: \"a\" off: true }\n\n"
                                      "rules {\n  rule_id: \"b\"\n  truncated: SEVERITY_INFO\n}\n");
  ASSERT_TRUE(project.ok()) << project.status();
  ASSERT_TRUE(project->rule_settings().has_value());
  EXPECT_EQ(project->rule_settings()->path, "p.textproto");
  EXPECT_EQ(project->rule_settings()->text,
            "\nsettings { rule_id: \"a\" off: true } \n\n"
            "settings { rule_id: \"b\" truncated: SEVERITY_INFO } ");
}

TEST_F(ProjectTest, Ignores) {
  const auto project = Project::Parse("a/p.textproto",
                                      "ignore: \"*.draft.txt\"\nignore: \"archive/\"\n"
                                      "ignore: \"2019/*.html\"\nignore: \"./old/2018\"\n"
                                      "ignore: \"/top.txt\"\n");
  ASSERT_TRUE(project.ok()) << project.status();
  for (const char* file :
       {"a/x.draft.txt", "a/b/c.draft.txt", "a/archive/x.txt", "a/b/archive/c/x.txt",
        "a/2019/x.html", "a/old/2018/b/x.txt", "a/top.txt"})
    EXPECT_TRUE(project->Ignores(file)) << file;
  for (const char* file : {"a/x.txt", "a/2019/x.txt", "a/b/2019/x.html", "a/old/2017/x.txt",
                           "a/b/top.txt", "-", "archive/x.txt"})
    EXPECT_FALSE(project->Ignores(file)) << file;
}

TEST_F(ProjectTest, IsRefusedWithItsPlace) {
  Write("a/.crossfoot.textproto", "home_area: \"大庆\"\nfial_on: SEVERITY_INFO\n");
  ProjectFinder finder;
  const auto unknown = finder.Find("a/x.txt");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(core::ReasonOf(unknown.status()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(std::string(unknown.status().message()).substr(0, 25), "a/.crossfoot.textproto:2:");
  const auto empty = Project::Parse("p.textproto", "ignore: \"x\"\nignore: \"\"\n");
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(std::string(empty.status().message()), "p.textproto:2:1: an empty entry");
  const auto severity = Project::Parse("p.textproto", "fail_on: 9");
  ASSERT_FALSE(severity.ok());
  EXPECT_EQ(std::string(severity.status().message()), "p.textproto: fail_on: 9 is no severity");
  // A folder of that name is there and cannot be read.
  fs::create_directories("b/.crossfoot.textproto");
  EXPECT_EQ(core::ReasonOf(finder.Find("b/x.txt").status()), core::ErrorReason::kFileUnreadable);
}

}  // namespace
}  // namespace crossfoot::cli
