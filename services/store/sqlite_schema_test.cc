#include "services/store/sqlite_schema.h"

#include "absl/strings/str_format.h"
#include "core/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/store/temporary_folder.h"

namespace crossfoot::store {
namespace {

using core::ErrorReason;
using ::testing::HasSubstr;

const Migration kParents = {"1.sql", R"(
    CREATE TABLE parent (n INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE child (parent INTEGER REFERENCES parent ON DELETE CASCADE) STRICT;
    INSERT INTO parent VALUES (1);
    INSERT INTO child VALUES (1);)"};
// Children would go with their parents if foreign keys acted meanwhile.
const Migration kRebuild = {"2.sql", R"(
    CREATE TABLE new_parent (n INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    INSERT INTO new_parent SELECT n, 'parent ' || n FROM parent;
    DROP TABLE parent;
    ALTER TABLE new_parent RENAME TO parent;)"};
const Migration kOrphans = {"2.sql", "DELETE FROM parent;"};
const Migration kBroken = {"2.sql", "CREATE TABLE half (n INTEGER); CREATE TABL mistake;"};

class MigrateTest : public ::testing::Test {
 protected:
  Connection Open() {
    absl::StatusOr<Connection> connection =
        Connection::Open(folder_.File("store.db"), absl::ZeroDuration());
    EXPECT_TRUE(connection.ok()) << connection.status();
    return *std::move(connection);
  }

  const TemporaryFolder folder_;
};

TEST_F(MigrateTest, TakesAnEmptyFileToTheLastVersion) {
  Connection connection = Open();
  ASSERT_TRUE(Migrate(&connection, {kParents, kRebuild}).ok());
  EXPECT_EQ(*connection.ReadInt("PRAGMA user_version"), 2);
  EXPECT_EQ(*connection.ReadInt("PRAGMA application_id"), kApplicationId);
  EXPECT_EQ(*connection.ReadInt("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM child JOIN parent ON n = child.parent"), 1);
}

TEST_F(MigrateTest, AppliesToAnOldFileOnlyTheStepsThatItLacks) {
  {
    Connection connection = Open();
    ASSERT_TRUE(Migrate(&connection, {kParents}).ok());
    ASSERT_TRUE(connection.Execute("INSERT INTO parent VALUES (7)").ok());
  }
  for (int round = 0; round < 2; ++round) {
    Connection connection = Open();
    const absl::Status status = Migrate(&connection, {kParents, kRebuild});
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(*connection.ReadInt("PRAGMA user_version"), 2);
    EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM parent WHERE name = 'parent 7'"), 1);
  }
}

TEST_F(MigrateTest, LeavesTheFileAsTheLastGoodStepLeftIt) {
  for (const Migration& bad : {kBroken, kOrphans}) {
    Connection connection = Open();
    const absl::Status status = Migrate(&connection, {kParents, bad});
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kInternal) << status;
    EXPECT_EQ(*connection.ReadInt("PRAGMA user_version"), 1);
    EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
    EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM parent"), 1);
  }
  Connection connection = Open();
  EXPECT_TRUE(Migrate(&connection, {kParents, kRebuild}).ok());
}

TEST_F(MigrateTest, RefusesAFileOfANewerProgramAndLeavesIt) {
  Connection connection = Open();
  ASSERT_TRUE(Migrate(&connection, {kParents, kRebuild}).ok());
  const absl::Status status = Migrate(&connection, {kParents});
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("newer program"));
  EXPECT_EQ(*connection.ReadInt("PRAGMA user_version"), 2);
}

TEST_F(MigrateTest, RefusesTheDatabaseOfAnotherProgramAndLeavesIt) {
  for (const char* sql :
       {"CREATE TABLE notes (text TEXT)", "PRAGMA application_id = 5", "PRAGMA user_version = 1"}) {
    std::filesystem::remove(folder_.File("store.db"));
    Connection connection = Open();
    ASSERT_TRUE(connection.Execute(sql).ok());
    const absl::Status status = Migrate(&connection, {kParents});
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("another program"));
    EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM sqlite_schema WHERE name = 'parent'"), 0);
  }
}

TEST(MigrationsTest, AreNumberedInTheirOrder) {
  const std::vector<Migration> migrations = Migrations();
  ASSERT_FALSE(migrations.empty());
  for (size_t index = 0; index < migrations.size(); ++index) {
    EXPECT_THAT(migrations[index].file, HasSubstr(absl::StrFormat("/%04d_", index + 1)));
  }
}

}  // namespace
}  // namespace crossfoot::store
