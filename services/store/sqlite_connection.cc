#include "services/store/sqlite_connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::store {
namespace {

using core::ErrorReason;
using core::MakeError;

absl::Status Unavailable(std::string_view what, std::string_view remedy) {
  return MakeError(ErrorReason::kStoreUnavailable,
                   absl::StrCat("the store: ", core::ToAbsl(what), "; ", core::ToAbsl(remedy)));
}

absl::Status ErrorOf(sqlite3* db) {
  return SqliteError(sqlite3_extended_errcode(db), sqlite3_system_errno(db), sqlite3_errmsg(db));
}

absl::Status Full() {
  return MakeError(ErrorReason::kStoreFull,
                   "the store is full: its disk or its limit of bytes; delete documents, or make "
                   "room");
}

// SQLite takes "", ":memory:" and "file:…" for other things than files.
std::string PathOf(const std::string& file) {
  return file.front() == '/' ? file : absl::StrCat("./", file);
}

// SQLite would create the file with whatever the umask leaves.  One that is there is not opened:
// closing it would drop the locks that this process may hold on it.
absl::Status CreateFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    close(file);
    return absl::OkStatus();
  }
  const int error = errno;
  if (error == EEXIST) return absl::OkStatus();
  return SqliteError(SQLITE_CANTOPEN, error, "unable to create database file");
}

}  // namespace

absl::Status SqliteError(int code, int system_errno, std::string_view words) {
  const bool no_room = system_errno == ENOSPC || system_errno == EDQUOT;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Full();
    case SQLITE_IOERR:
      // A write that finds the disk full is SQLITE_FULL, but fsync, a quota and the index of the
      // write-ahead log come this way; the last without errno.
      if (no_room || code == SQLITE_IOERR_SHMSIZE) return Full();
      return Unavailable(words, "the disk fails; look at the system's log");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return Unavailable(words, "another program holds it; try again");
    case SQLITE_CANTOPEN:
      if (no_room) return Full();
      return Unavailable(words, "its folder must be there and allow reading and writing");
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return Unavailable(words, "the file and its folder must allow writing");
    case SQLITE_CORRUPT:
      return Unavailable(words, "the file is damaged; stop the server and restore it from a copy");
    case SQLITE_NOTADB:
      return Unavailable(words, "the file is something else or damaged; name another");
    case SQLITE_NOMEM:
      return Unavailable(words, "memory is short; try again");
    default:
      return MakeError(ErrorReason::kInternal,
                       absl::StrCat("the store: ", core::ToAbsl(words), " (SQLite ", code, ")"));
  }
}

Statement::~Statement() {
  // The error of the last step, which it would tell again.
  static_cast<void>(sqlite3_reset(statement_));
  if (statement_ != nullptr) sqlite3_clear_bindings(statement_);
}

Statement& Statement::Note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
  return *this;
}

// A null pointer would bind NULL.
Statement& Statement::BindText(std::string_view bytes) {
  return Note(sqlite3_bind_text64(statement_, ++bound_count_, bytes.empty() ? "" : bytes.data(),
                                  bytes.size(), SQLITE_STATIC, SQLITE_UTF8));
}

Statement& Statement::BindBlob(std::string_view bytes) {
  return Note(sqlite3_bind_blob64(statement_, ++bound_count_, bytes.empty() ? "" : bytes.data(),
                                  bytes.size(), SQLITE_STATIC));
}

Statement& Statement::BindInt(int64_t value) {
  return Note(sqlite3_bind_int64(statement_, ++bound_count_, value));
}

Statement& Statement::BindNull() { return Note(sqlite3_bind_null(statement_, ++bound_count_)); }

absl::StatusOr<bool> Statement::Step() {
  if (code_ != SQLITE_OK) return SqliteError(code_, 0, sqlite3_errmsg(db_));
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return ErrorOf(db_);
  }
}

absl::Status Statement::Run() {
  while (true) {
    const absl::StatusOr<bool> row = Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
  }
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return "";
  return {static_cast<const char*>(bytes),
          static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

absl::StatusOr<Connection> Connection::Open(const std::string& file, absl::Duration busy_timeout) {
  std::string path = ":memory:";
  if (!file.empty()) {
    path = PathOf(file);
    const absl::Status created = CreateFile(path);
    if (!created.ok()) return created;
  }
  sqlite3* db = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &db,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Connection connection(db);
  if (code != SQLITE_OK) {
    return SqliteError(code, db == nullptr ? 0 : sqlite3_system_errno(db), sqlite3_errstr(code));
  }
  sqlite3_busy_timeout(db, static_cast<int>(absl::ToInt64Milliseconds(busy_timeout)));
  const absl::Status set =
      connection.Execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  if (!set.ok()) return set;
  return connection;
}

Statement Connection::Prepare(std::string_view sql) {
  auto at = statements_.find(sql);
  if (at == statements_.end()) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return {db_.get(), nullptr, code};
    at = statements_.emplace(sql, statement).first;
  }
  return {db_.get(), at->second.get(), SQLITE_OK};
}

absl::Status Connection::Execute(const std::string& sql) {
  if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) {
    return absl::OkStatus();
  }
  return ErrorOf(db_.get());
}

absl::StatusOr<int64_t> Connection::ReadInt(std::string_view sql) {
  Statement statement = Prepare(sql);
  const absl::StatusOr<bool> row = statement.Step();
  if (!row.ok()) return row.status();
  return *row ? statement.Int(0) : 0;
}

absl::Status Connection::CheckInPlace() {
  int moved = 0;
  sqlite3_file_control(db_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved == 0) return absl::OkStatus();
  return Unavailable("the file was removed or renamed while it was open",
                     "put it back or start the server anew");
}

absl::Status Connection::CheckWritable() {
  return sqlite3_db_readonly(db_.get(), "main") == 0
             ? absl::OkStatus()
             : SqliteError(SQLITE_READONLY, 0, "the file can only be read");
}

Transaction::~Transaction() {
  // SQLite has ended it by itself after some errors.  When this fails the connection is of no use
  // to the next transaction either, whose Begin tells.
  if (sqlite3_get_autocommit(connection_.db_.get()) == 0) {
    connection_.Prepare("ROLLBACK").Run().IgnoreError();
  }
}

absl::Status Transaction::Begin(Kind kind) {
  return connection_.Prepare(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN").Run();
}

absl::Status Transaction::Commit() { return connection_.Prepare("COMMIT").Run(); }

}  // namespace crossfoot::store
