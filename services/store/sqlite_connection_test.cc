#include "services/store/sqlite_connection.h"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>

#include "core/error.h"
#include "gtest/gtest.h"
#include "services/store/temporary_folder.h"

namespace crossfoot::store {
namespace {

using core::ErrorReason;

Connection OpenMemory() {
  absl::StatusOr<Connection> connection = Connection::Open("", absl::ZeroDuration());
  EXPECT_TRUE(connection.ok()) << connection.status();
  return *std::move(connection);
}

TEST(SqliteErrorTest, TellsAFullStoreFromAnUnavailableOne) {
  const struct {
    int code;
    int system_errno;
    ErrorReason reason;
  } kCases[] = {
      {SQLITE_FULL, 0, ErrorReason::kStoreFull},
      {SQLITE_IOERR_FSYNC, ENOSPC, ErrorReason::kStoreFull},
      {SQLITE_IOERR_WRITE, EDQUOT, ErrorReason::kStoreFull},
      {SQLITE_IOERR_SHMSIZE, 0, ErrorReason::kStoreFull},
      {SQLITE_CANTOPEN, ENOSPC, ErrorReason::kStoreFull},
      {SQLITE_IOERR_WRITE, EIO, ErrorReason::kStoreUnavailable},
      {SQLITE_IOERR_READ, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_BUSY, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_BUSY_SNAPSHOT, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_LOCKED, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_PROTOCOL, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_CANTOPEN, ENOENT, ErrorReason::kStoreUnavailable},
      {SQLITE_PERM, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_READONLY_DBMOVED, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_CORRUPT_INDEX, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_NOTADB, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_NOMEM, 0, ErrorReason::kStoreUnavailable},
      {SQLITE_ERROR, 0, ErrorReason::kInternal},
      {SQLITE_CONSTRAINT_NOTNULL, 0, ErrorReason::kInternal},
  };
  for (const auto& [code, system_errno, reason] : kCases) {
    EXPECT_EQ(core::ReasonOf(SqliteError(code, system_errno, "words")), reason)
        << code << " " << system_errno;
  }
}

TEST(ConnectionTest, BindsAndReadsWhatItWasGiven) {
  Connection connection = OpenMemory();
  Statement select = connection.Prepare("SELECT ?1, ?2, ?3, ?4, ?5, typeof(?5), typeof(?2)");
  const std::string text("a\0b", 3);
  select.BindText(text).BindBlob("").BindInt(INT64_MIN).BindNull().BindText({});
  const absl::StatusOr<bool> row = select.Step();
  ASSERT_TRUE(row.ok() && *row) << row.status();
  EXPECT_EQ(select.Bytes(0), text);
  EXPECT_EQ(select.Bytes(1), "");
  EXPECT_FALSE(select.IsNull(1));
  EXPECT_EQ(select.Int(2), INT64_MIN);
  EXPECT_TRUE(select.IsNull(3));
  EXPECT_EQ(select.Bytes(4), "");
  EXPECT_EQ(select.Bytes(5), "text");
  EXPECT_EQ(select.Bytes(6), "blob");
}

TEST(ConnectionTest, RunsAStatementAnewWithoutItsOldValues) {
  Connection connection = OpenMemory();
  for (int64_t value : {1, 2}) {
    Statement select = connection.Prepare("SELECT ?1");
    select.BindInt(value);
    const absl::StatusOr<bool> row = select.Step();
    ASSERT_TRUE(row.ok() && *row) << row.status();
    EXPECT_EQ(select.Int(0), value);
  }
  Statement unbound = connection.Prepare("SELECT ?1");
  const absl::StatusOr<bool> row = unbound.Step();
  ASSERT_TRUE(row.ok() && *row) << row.status();
  EXPECT_TRUE(unbound.IsNull(0));
}

TEST(ConnectionTest, ReportsMistakesInSqlAndBinding) {
  Connection connection = OpenMemory();
  EXPECT_EQ(core::ReasonOf(connection.Prepare("SELEC 1").Step().status()), ErrorReason::kInternal);
  EXPECT_EQ(core::ReasonOf(connection.Execute("SELEC 1")), ErrorReason::kInternal);
  EXPECT_EQ(core::ReasonOf(connection.Prepare("SELECT ?1").BindInt(1).BindInt(2).Run()),
            ErrorReason::kInternal);
}

TEST(ConnectionTest, UndoesATransactionThatWasNotCommitted) {
  Connection connection = OpenMemory();
  ASSERT_TRUE(connection.Execute("CREATE TABLE t (n INTEGER)").ok());
  for (const bool commit : {false, true}) {
    Transaction transaction(&connection);
    ASSERT_TRUE(transaction.Begin(Transaction::Kind::kWrite).ok());
    ASSERT_TRUE(connection.Execute("INSERT INTO t VALUES (1)").ok());
    if (!commit) continue;
    ASSERT_TRUE(transaction.Commit().ok());
  }
  EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM t"), 1);
}

TEST(ConnectionTest, WritesThroughToTheDiskAndEnforcesForeignKeys) {
  const TemporaryFolder folder;
  absl::StatusOr<Connection> connection =
      Connection::Open(folder.File("a.db"), absl::ZeroDuration());
  ASSERT_TRUE(connection.ok()) << connection.status();
  EXPECT_EQ(*connection->ReadInt("PRAGMA synchronous"), 2);
  EXPECT_EQ(*connection->ReadInt("PRAGMA foreign_keys"), 1);
}

TEST(ConnectionTest, CreatesAFileForItsOwnerAlone) {
  const TemporaryFolder folder;
  const mode_t mask = umask(0);
  const absl::StatusOr<Connection> connection =
      Connection::Open(folder.File("a.db"), absl::ZeroDuration());
  umask(mask);
  ASSERT_TRUE(connection.ok()) << connection.status();
  struct stat status;
  ASSERT_EQ(stat(folder.File("a.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600);
}

TEST(ConnectionTest, TakesEveryNameForThatOfAFile) {
  const TemporaryFolder folder;
  ASSERT_EQ(chdir(folder.path().c_str()), 0);
  for (const std::string name : {":memory:", "file:b.db?mode=memory", "报告.db"}) {
    const absl::StatusOr<Connection> connection = Connection::Open(name, absl::ZeroDuration());
    ASSERT_TRUE(connection.ok()) << connection.status();
    EXPECT_TRUE(std::filesystem::exists(folder.File(name))) << name;
  }
  ASSERT_EQ(chdir("/"), 0);
}

TEST(ConnectionTest, RefusesWhatCannotBeOpened) {
  const TemporaryFolder folder;
  const std::string text = folder.File("text.txt");
  std::ofstream(text) << std::string(5000, 'x');
  for (const std::string& file : {folder.File("missing/a.db"), folder.path(), text}) {
    const absl::Status status = Connection::Open(file, absl::ZeroDuration()).status();
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
  }
}

TEST(ConnectionTest, SeesThatItsFileIsGone) {
  const TemporaryFolder folder;
  absl::StatusOr<Connection> connection =
      Connection::Open(folder.File("a.db"), absl::ZeroDuration());
  ASSERT_TRUE(connection.ok()) << connection.status();
  EXPECT_TRUE(connection->CheckInPlace().ok());
  EXPECT_TRUE(OpenMemory().CheckInPlace().ok());
  std::filesystem::rename(folder.File("a.db"), folder.File("b.db"));
  EXPECT_EQ(core::ReasonOf(connection->CheckInPlace()), ErrorReason::kStoreUnavailable);
  std::ofstream(folder.File("a.db")) << "another file";
  EXPECT_EQ(core::ReasonOf(connection->CheckInPlace()), ErrorReason::kStoreUnavailable);
  std::filesystem::rename(folder.File("b.db"), folder.File("a.db"));
  EXPECT_TRUE(connection->CheckInPlace().ok());
}

}  // namespace
}  // namespace crossfoot::store
