#include "services/store/sqlite_document_store.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/store/sqlite_connection.h"
#include "services/store/sqlite_queries.h"
#include "services/store/sqlite_schema.h"
#include "services/store/temporary_folder.h"

// What is SQLite's part in keeping the contract, which document_store_test.cc tests.

namespace crossfoot::store {
namespace {

using core::ErrorReason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::unique_ptr<DocumentStore> Opened(const SqliteOptions& options) {
  absl::StatusOr<std::unique_ptr<DocumentStore>> store = OpenSqliteDocumentStore(options);
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

absl::Status OpeningOf(const SqliteOptions& options) {
  return OpenSqliteDocumentStore(options).status();
}

Connection OpenRaw(const std::string& file) {
  absl::StatusOr<Connection> connection = Connection::Open(file, absl::Seconds(5));
  EXPECT_TRUE(connection.ok()) << connection.status();
  return *std::move(connection);
}

constexpr int kSeriesCount = 20;

// All that is in it follows from its id.
NewDocument Numbered(int number, size_t content_bytes) {
  NewDocument document;
  document.id = absl::StrCat("numbered-", number);
  document.content = document.id + std::string(content_bytes, static_cast<char>('a' + number % 26));
  document.sha256 = "sha of " + document.id;
  document.validation = "validation of " + document.id;
  document.latest_day = absl::CivilDay(2024, 1, 1) + number;
  for (int series = 0; series < kSeriesCount; ++series) {
    document.series.push_back({absl::StrCat("indicator-", series), document.id});
  }
  return document;
}

void ExpectWhole(DocumentStore* store, const NewDocument& document) {
  const absl::StatusOr<StoredDocument> stored = store->Get(document.id, true);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_TRUE(stored->content == document.content) << document.id;
  EXPECT_EQ(stored->sha256, document.sha256);
  EXPECT_EQ(stored->validation, document.validation);
  EXPECT_EQ(stored->latest_day, document.latest_day);
  for (const Series& series : document.series) {
    const absl::StatusOr<std::vector<std::string>> found =
        store->FindDocuments({.series = {series}, .max_documents = 2});
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_THAT(*found, ElementsAre(document.id));
  }
}

std::vector<std::string> AllIds(DocumentStore* store) {
  std::vector<std::string> ids;
  ListQuery query = {.page_size = 100};
  do {
    const absl::StatusOr<DocumentPage> page = store->List(query);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) break;
    for (const StoredDocument& document : page->documents) ids.push_back(document.id);
    query.after = page->next;
  } while (query.after != 0);
  return ids;
}

void ExpectIntact(const std::string& file) {
  Connection connection = OpenRaw(file);
  Statement check = connection.Prepare("PRAGMA integrity_check");
  const absl::StatusOr<bool> row = check.Step();
  ASSERT_TRUE(row.ok() && *row) << row.status();
  EXPECT_EQ(check.Bytes(0), "ok");
  EXPECT_EQ(*connection.ReadInt("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST(SqliteDocumentStoreTest, KeepsDocumentsAndPlacesWhenItIsOpenedAgain) {
  const TemporaryFolder folder;
  const SqliteOptions options = {.file = folder.File("store.db")};
  NewDocument second = Numbered(2, 100);
  second.request_id = "request-2";
  absl::StatusOr<DocumentPage> first_page;
  {
    const std::unique_ptr<DocumentStore> store = Opened(options);
    ASSERT_TRUE(store->Create(Numbered(1, 100)).ok());
    ASSERT_TRUE(store->Create(second).ok());
    ASSERT_TRUE(store->Create(Numbered(3, 100)).ok());
    first_page = store->List({.page_size = 2});
    ASSERT_TRUE(first_page.ok());
    ASSERT_TRUE(store->Delete("numbered-3").ok());
  }
  const std::unique_ptr<DocumentStore> store = Opened(options);
  ExpectWhole(store.get(), Numbered(1, 100));
  ExpectWhole(store.get(), second);
  EXPECT_EQ(store->Create(second)->create_time, store->Get("numbered-2", false)->create_time);
  ASSERT_TRUE(store->Create(Numbered(4, 100)).ok());
  const absl::StatusOr<DocumentPage> page =
      store->List({.page_size = 2, .after = first_page->next});
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->documents.size(), 1);
  EXPECT_EQ(page->documents[0].id, "numbered-1");
}

TEST(SqliteDocumentStoreTest, SharesAFileWithAnotherStore) {
  const TemporaryFolder folder;
  const SqliteOptions options = {.file = folder.File("store.db")};
  const std::unique_ptr<DocumentStore> one = Opened(options);
  const std::unique_ptr<DocumentStore> other = Opened(options);
  ASSERT_TRUE(one->Create(Numbered(1, 100)).ok());
  ASSERT_TRUE(other->Create(Numbered(2, 100)).ok());
  ExpectWhole(other.get(), Numbered(1, 100));
  ExpectWhole(one.get(), Numbered(2, 100));
}

TEST(SqliteDocumentStoreTest, LetsNobodyElseReadItsFiles) {
  const TemporaryFolder folder;
  const mode_t mask = umask(0);
  const std::unique_ptr<DocumentStore> store = Opened({.file = folder.File("store.db")});
  umask(mask);
  ASSERT_TRUE(store->Create(Numbered(1, 100)).ok());
  int file_count = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    struct stat status;
    ASSERT_EQ(stat(file.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600) << file.path();
    ++file_count;
  }
  EXPECT_EQ(file_count, 3);
}

TEST(SqliteDocumentStoreTest, LeavesNothingOfADeletedDocumentInAnyTable) {
  const TemporaryFolder folder;
  const std::unique_ptr<DocumentStore> store = Opened({.file = folder.File("store.db")});
  ASSERT_TRUE(store->Create(Numbered(1, 100)).ok());
  ASSERT_TRUE(store->Create(Numbered(2, 100)).ok());
  Connection raw = OpenRaw(folder.File("store.db"));
  // 20 indicators and two areas.
  EXPECT_EQ(*raw.ReadInt("SELECT count(*) FROM name"), kSeriesCount + 2);
  ASSERT_TRUE(store->Delete("numbered-1").ok());
  EXPECT_EQ(*raw.ReadInt("SELECT count(*) FROM name"), kSeriesCount + 1);
  ExpectWhole(store.get(), Numbered(2, 100));
  ASSERT_TRUE(store->Delete("numbered-2").ok());
  for (const std::string table : {"document", "content", "validation", "name", "series"}) {
    EXPECT_EQ(*raw.ReadInt("SELECT count(*) FROM " + table), 0) << table;
  }
}

TEST(SqliteDocumentStoreTest, LooksEverythingUpInAnIndex) {
  Connection connection = OpenRaw("");
  ASSERT_TRUE(Migrate(&connection, Migrations()).ok());
  for (const char* sql : {kSelectName, kNumberById, kNumberByRequestId, kSelectDocument, kSelectId,
                          kSelectContent, kDeleteDocument, kListAll, kListByIndicator,
                          kListByRefArea, kListByBoth, kHistoryOfSeries, kLastNumber}) {
    Statement explain = connection.Prepare(absl::StrCat("EXPLAIN QUERY PLAN ", sql));
    int step_count = 0;
    while (true) {
      const absl::StatusOr<bool> row = explain.Step();
      ASSERT_TRUE(row.ok()) << row.status();
      if (!*row) break;
      ++step_count;
      EXPECT_THAT(explain.Bytes(3), Not(HasSubstr("SCAN"))) << sql;
      // Sorting would read all before the first.
      EXPECT_THAT(explain.Bytes(3), Not(HasSubstr("TEMP B-TREE"))) << sql;
    }
    EXPECT_GT(step_count, 0) << sql;
  }
}

// Deleting a row must not scan the tables that refer to it: each such column leads an index.
TEST(SqliteDocumentStoreTest, FindsWhatRefersToADocumentInAnIndex) {
  Connection connection = OpenRaw("");
  ASSERT_TRUE(Migrate(&connection, Migrations()).ok());
  EXPECT_EQ(*connection.ReadInt(R"(
      SELECT count(*) FROM sqlite_schema AS tables
      JOIN pragma_foreign_key_list(tables.name) AS key
      WHERE tables.type = 'table')"),
            5);
  EXPECT_EQ(*connection.ReadInt(R"(
      SELECT count(*) FROM sqlite_schema AS tables
      JOIN pragma_foreign_key_list(tables.name) AS key
      WHERE tables.type = 'table'
        AND NOT EXISTS (
          SELECT 1 FROM pragma_index_list(tables.name) AS list
          JOIN pragma_index_info(list.name) AS info
          WHERE info.seqno = 0 AND info.name = key."from")
        AND NOT EXISTS (
          SELECT 1 FROM pragma_table_info(tables.name) AS columns
          WHERE columns.pk = 1 AND columns.name = key."from"))"),
            0);
}

TEST(SqliteDocumentStoreTest, ReadsWhileAnotherProgramWrites) {
  const TemporaryFolder folder;
  const std::unique_ptr<DocumentStore> store =
      Opened({.file = folder.File("store.db"), .busy_timeout = absl::ZeroDuration()});
  ASSERT_TRUE(store->Create(Numbered(1, 100)).ok());
  Connection raw = OpenRaw(folder.File("store.db"));
  {
    Transaction change(&raw);
    ASSERT_TRUE(change.Begin(Transaction::Kind::kWrite).ok());
    ASSERT_TRUE(raw.Execute("DELETE FROM document").ok());
    ExpectWhole(store.get(), Numbered(1, 100));
    EXPECT_TRUE(store->CheckReady().ok());
    EXPECT_EQ(core::ReasonOf(store->Create(Numbered(2, 100)).status()),
              ErrorReason::kStoreUnavailable);
    EXPECT_EQ(core::ReasonOf(store->Delete("numbered-1")), ErrorReason::kStoreUnavailable);
  }
  ASSERT_TRUE(store->Create(Numbered(2, 100)).ok());
  ExpectWhole(store.get(), Numbered(1, 100));
}

TEST(SqliteDocumentStoreTest, RefusesToWriteToAFileThatWasRemoved) {
  const TemporaryFolder folder;
  const std::unique_ptr<DocumentStore> store = Opened({.file = folder.File("store.db")});
  ASSERT_TRUE(store->Create(Numbered(1, 100)).ok());
  std::filesystem::rename(folder.File("store.db"), folder.File("other.db"));
  for (const absl::Status& status : {store->Create(Numbered(2, 100)).status(),
                                     store->Delete("numbered-1"), store->CheckReady()}) {
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
  }
  std::filesystem::rename(folder.File("other.db"), folder.File("store.db"));
  EXPECT_TRUE(store->CheckReady().ok());
  EXPECT_TRUE(store->Create(Numbered(2, 100)).ok());
}

TEST(SqliteDocumentStoreTest, RefusesALimitBelowOne) {
  const absl::Status status = OpeningOf({.max_bytes = 0});
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kArgumentInvalid);
  EXPECT_EQ(core::MetadataOf(status)["field"], "max_bytes");
}

TEST(SqliteDocumentStoreTest, HasNoTablesBelowATinyLimit) {
  EXPECT_EQ(core::ReasonOf(OpeningOf({.max_bytes = 1})), ErrorReason::kStoreFull);
}

// Stores documents until one finds no room, and then makes room; returns how many fitted.
int FillAndMakeRoom(DocumentStore* store, size_t content_bytes) {
  int count = 0;
  absl::Status status;
  while (count < 1000) {
    status = store->Create(Numbered(count, content_bytes)).status();
    if (!status.ok()) break;
    ++count;
  }
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreFull) << status;
  EXPECT_GT(count, 2);
  EXPECT_EQ(core::ReasonOf(store->Get(absl::StrCat("numbered-", count), false).status()),
            ErrorReason::kDocumentNotFound);
  for (int number = 0; number < count; ++number) {
    ExpectWhole(store, Numbered(number, content_bytes));
  }
  EXPECT_TRUE(store->CheckReady().ok());
  status = store->Delete("numbered-0");
  EXPECT_TRUE(status.ok()) << status;
  status = store->Create(Numbered(count, content_bytes)).status();
  EXPECT_TRUE(status.ok()) << status;
  ExpectWhole(store, Numbered(count, content_bytes));
  return count;
}

TEST(SqliteDocumentStoreTest, IsFullAtItsLimitUntilSomethingIsDeleted) {
  const TemporaryFolder folder;
  const std::string file = folder.File("store.db");
  {
    const std::unique_ptr<DocumentStore> store = Opened({.file = file, .max_bytes = 1 << 20});
    FillAndMakeRoom(store.get(), 50'000);
  }
  EXPECT_LE(std::filesystem::file_size(file), 1 << 20);
  ExpectIntact(file);
  // A lower limit than the file has reached: what is there can be read.
  {
    const std::unique_ptr<DocumentStore> store = Opened({.file = file, .max_bytes = 1 << 16});
    ExpectWhole(store.get(), Numbered(1, 50'000));
    EXPECT_EQ(core::ReasonOf(store->Create(Numbered(99, 900'000)).status()),
              ErrorReason::kStoreFull);
  }
  const std::unique_ptr<DocumentStore> memory = Opened({.max_bytes = 1 << 20});
  FillAndMakeRoom(memory.get(), 50'000);
}

// Exit statuses of a child besides 0.
constexpr int kFailed = 1;
constexpr int kSkipped = 77;

// Runs `body` in a child process, whose failures are then this test's.
void RunInChild(const std::function<int()>& body) {
  fflush(nullptr);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const int status = body();
    fflush(nullptr);
    _exit(::testing::Test::HasFailure() ? kFailed : status);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  if (WEXITSTATUS(status) == kSkipped) {
    GTEST_SKIP() << "no file system may be mounted here, by nobody but root";
  }
  EXPECT_EQ(WEXITSTATUS(status), 0) << "see the child's failures above";
}

// Puts a small file system of this process alone over `folder`.
bool MountSmall(const std::string& folder, const std::string& size) {
  if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  return mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("tmpfs", folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
}

// Writes `file` until the disk is full or it has `max_bytes`.
void FillDisk(const std::string& file, size_t max_bytes) {
  std::ofstream filler(file);
  const std::string block(4096, 'x');
  for (size_t bytes = 0; bytes < max_bytes && filler; bytes += block.size()) {
    filler.write(block.data(), static_cast<std::streamsize>(block.size())).flush();
  }
}

TEST(SqliteDocumentStoreTest, SaysThatTheDiskIsFullAndGoesOnWhenThereIsRoom) {
  const TemporaryFolder folder;
  RunInChild([&folder] {
    if (!MountSmall(folder.path(), "4m")) return kSkipped;
    const SqliteOptions options = {.file = folder.File("store.db")};
    FillDisk(folder.File("filler"), 1 << 20);
    int count = 0;
    {
      const std::unique_ptr<DocumentStore> store = Opened(options);
      absl::Status status;
      while (count < 1000) {
        status = store->Create(Numbered(count, 50'000)).status();
        if (!status.ok()) break;
        ++count;
      }
      EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreFull) << status;
      EXPECT_GT(count, 2);
      for (int number = 0; number < count; ++number) {
        ExpectWhole(store.get(), Numbered(number, 50'000));
      }
      std::filesystem::remove(folder.File("filler"));
      status = store->Create(Numbered(count, 50'000)).status();
      EXPECT_TRUE(status.ok()) << status;
      ++count;
    }
    ExpectIntact(options.file);
    const std::unique_ptr<DocumentStore> store = Opened(options);
    EXPECT_EQ(AllIds(store.get()).size(), count);
    for (int number = 0; number < count; ++number) {
      ExpectWhole(store.get(), Numbered(number, 50'000));
    }
    return 0;
  });
}

TEST(SqliteDocumentStoreTest, SaysThatTheDiskIsFullWhenItIsOpened) {
  const TemporaryFolder folder;
  RunInChild([&folder] {
    if (!MountSmall(folder.path(), "256k")) return kSkipped;
    const SqliteOptions options = {.file = folder.File("store.db")};
    // Less and less room: none for the tables, none for the log, none for its index.
    for (size_t kib = 256; kib >= 128; kib -= 4) {
      FillDisk(folder.File("filler"), kib << 10);
      const absl::Status status = OpeningOf(options);
      if (!status.ok()) {
        EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreFull) << kib << ": " << status;
      }
      EXPECT_TRUE(kib < 256 || !status.ok());
      std::filesystem::remove(folder.File("filler"));
      std::filesystem::remove(options.file);
      std::filesystem::remove(options.file + "-wal");
      std::filesystem::remove(options.file + "-shm");
    }
    EXPECT_TRUE(OpeningOf(options).ok());
    return 0;
  });
}

TEST(SqliteDocumentStoreTest, RefusesAFileSystemThatCanOnlyBeRead) {
  const TemporaryFolder folder;
  RunInChild([&folder] {
    if (!MountSmall(folder.path(), "4m")) return kSkipped;
    const SqliteOptions options = {.file = folder.File("store.db")};
    EXPECT_TRUE(Opened(options)->Create(Numbered(1, 100)).ok());
    EXPECT_EQ(mount("none", folder.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    for (const std::string& file : {options.file, folder.File("another.db")}) {
      const absl::Status status = OpeningOf({.file = file});
      EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
    }
    return 0;
  });
}

// Every tenth document is larger than the connection's cache, so that parts of it reach the log
// before it is committed.
size_t ContentBytes(int number) { return number % 10 == 3 ? 3'000'000 : 2'000; }

// Stores documents from `first` on and tells each on `pipe`, without end.
void StoreForEver(const std::string& file, int first, int pipe) {
  const std::unique_ptr<DocumentStore> store = Opened({.file = file});
  for (int number = first; store != nullptr; ++number) {
    const absl::Status status = store->Create(Numbered(number, ContentBytes(number))).status();
    if (!status.ok() || write(pipe, &number, sizeof number) != sizeof number) return;
  }
}

TEST(SqliteDocumentStoreTest, LosesNothingThatItAcknowledgedWhenItIsKilled) {
  const TemporaryFolder folder;
  const std::string file = folder.File("store.db");
  int next = 0;
  for (const int kill_after : {1, 4, 14, 33, 60}) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    fflush(nullptr);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(ends[0]);
      StoreForEver(file, next, ends[1]);
      _exit(kFailed);
    }
    close(ends[1]);
    int acknowledged = next - 1;
    int number = 0;
    while (read(ends[0], &number, sizeof number) == sizeof number) {
      EXPECT_EQ(number, acknowledged + 1);
      acknowledged = number;
      if (number == next + kill_after - 1) kill(child, SIGKILL);
    }
    close(ends[0]);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_GE(acknowledged, next + kill_after - 1);

    {
      const std::unique_ptr<DocumentStore> store = Opened({.file = file});
      // The one behind the last acknowledged may be there, whole, or not.
      const int count = static_cast<int>(AllIds(store.get()).size());
      EXPECT_GE(count, acknowledged + 1);
      EXPECT_LE(count, acknowledged + 2);
      for (int each = 0; each < count; ++each) {
        ExpectWhole(store.get(), Numbered(each, ContentBytes(each)));
      }
      next = count;
    }
    ExpectIntact(file);
  }
}

// A file with ten documents, closed.
std::string MakeFile(const TemporaryFolder& folder) {
  std::string file = folder.File("store.db");
  const std::unique_ptr<DocumentStore> store = Opened({.file = file});
  for (int number = 0; number < 10; ++number) {
    EXPECT_TRUE(store->Create(Numbered(number, 20'000)).ok());
  }
  return file;
}

void ExpectUnavailable(const std::string& file, const std::string& words) {
  const absl::Status status = OpeningOf({.file = file});
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(words));
}

TEST(SqliteDocumentStoreTest, RefusesWhatIsNoDatabase) {
  const TemporaryFolder folder;
  const std::string file = MakeFile(folder);
  std::fstream(file, std::ios::in | std::ios::out).write("What is this?", 13);
  ExpectUnavailable(file, "something else or damaged");
  const std::string text = folder.File("text.txt");
  std::ofstream(text) << std::string(10'000, 't');
  ExpectUnavailable(text, "something else or damaged");
  EXPECT_EQ(std::filesystem::file_size(text), 10'000);
}

TEST(SqliteDocumentStoreTest, SaysThatAFileIsDamaged) {
  const TemporaryFolder folder;
  const std::string file = MakeFile(folder);
  const auto size = static_cast<std::streamoff>(std::filesystem::file_size(file));
  {
    std::fstream damage(file, std::ios::in | std::ios::out);
    damage.seekp(4096);
    for (std::streamoff at = 4096; at < size; ++at) damage.put('\xa5');
  }
  const std::unique_ptr<DocumentStore> store = Opened({.file = file});
  for (const absl::Status& status :
       {store->CheckReady(), store->Get("numbered-1", true).status(),
        store->List({.page_size = 10}).status(), store->Create(Numbered(11, 100)).status(),
        store->Delete("numbered-1"),
        store->FindDocuments({.series = Numbered(1, 0).series, .max_documents = 5}).status()}) {
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("restore it from a copy"));
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr(folder.path())));
  }
}

TEST(SqliteDocumentStoreTest, SaysThatAFileWasCutOff) {
  const TemporaryFolder folder;
  const std::string file = MakeFile(folder);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  const absl::StatusOr<std::unique_ptr<DocumentStore>> store =
      OpenSqliteDocumentStore({.file = file});
  const absl::Status status =
      store.ok() ? (*store)->Get("numbered-9", true).status() : store.status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kStoreUnavailable) << status;
}

TEST(SqliteDocumentStoreTest, RefusesFilesOfNewerAndOfOtherPrograms) {
  const TemporaryFolder folder;
  const std::string file = MakeFile(folder);
  ASSERT_TRUE(OpenRaw(file).Execute("PRAGMA user_version = 999").ok());
  ExpectUnavailable(file, "newer program");
  ASSERT_TRUE(OpenRaw(file).Execute("PRAGMA application_id = 1").ok());
  ExpectUnavailable(file, "another program");

  const std::string other = folder.File("other.db");
  ASSERT_TRUE(OpenRaw(other).Execute("CREATE TABLE notes (text TEXT)").ok());
  ExpectUnavailable(other, "another program");
  Connection raw = OpenRaw(other);
  Statement mode = raw.Prepare("PRAGMA journal_mode");
  ASSERT_TRUE(mode.Step().ok());
  EXPECT_EQ(mode.Bytes(0), "delete");
}

TEST(SqliteDocumentStoreTest, RefusesAFileInAFolderThatIsNotThere) {
  const TemporaryFolder folder;
  ExpectUnavailable(folder.File("missing/store.db"), "its folder must be there");
  ExpectUnavailable(folder.path(), "its folder must be there");
}

}  // namespace
}  // namespace crossfoot::store
