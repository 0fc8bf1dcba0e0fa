#ifndef CROSSFOOT_SERVICES_STORE_SQLITE_CONNECTION_H_
#define CROSSFOOT_SERVICES_STORE_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// SQLite with owners for its handles and our errors for its codes.

namespace crossfoot::store {

// What an extended result code of SQLite means, with the errno behind it (0: none) and SQLite's
// words:
//
//   kStoreFull         no room, on the disk or below the limit of pages
//   kStoreUnavailable  busy, locked, unreadable, read-only, damaged or no database at all; the
//                      message says what to do
//   kInternal          anything else, such as mistakes in SQL
absl::Status SqliteError(int code, int system_errno, std::string_view words);

// One run of a prepared statement: values are bound in the order of ?1, ?2, …, then rows are
// stepped through.  A mistake in the SQL or in binding is returned by the first Step.  Must end
// before its connection does; of one text, one run at a time.
class Statement {
 public:
  Statement(sqlite3* db, sqlite3_stmt* statement, int code)
      : db_(db), statement_(statement), code_(code) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // `bytes` must outlive the run.
  Statement& BindText(std::string_view bytes);
  Statement& BindBlob(std::string_view bytes);
  Statement& BindInt(int64_t value);
  Statement& BindNull();

  // Whether there is a row, or another one.
  absl::StatusOr<bool> Step();
  // Runs to the end; rows are dropped.
  absl::Status Run();

  // Columns of the row, from 0.
  int64_t Int(int column) const;
  std::string Bytes(int column) const;
  bool IsNull(int column) const;

 private:
  Statement& Note(int code);

  sqlite3* const db_;
  sqlite3_stmt* const statement_;  // null when code_ is an error of preparing it
  int code_;                       // SQLITE_OK until preparing or binding fails
  int bound_count_ = 0;
};

// One connection, of one thread at a time.
class Connection {
 public:
  // Opens `file`, which is created with mode 0600 when it is not there; empty: a database in memory
  // of this connection alone.  Commits reach the disk before they return, foreign keys are
  // enforced, and a lock of another connection is waited for as long as `busy_timeout`.  The errors
  // of SqliteError, also for a file that is no database.
  static absl::StatusOr<Connection> Open(const std::string& file, absl::Duration busy_timeout);

  Connection(Connection&&) = default;

  // The statement of `sql`, prepared once a connection.
  Statement Prepare(std::string_view sql);

  // Runs all statements of `sql`, dropping rows.
  absl::Status Execute(const std::string& sql);

  // The one value of `sql`, such as a pragma.
  absl::StatusOr<int64_t> ReadInt(std::string_view sql);

  // kStoreUnavailable when the file was removed, renamed or replaced since it was opened, so that
  // what is written to it is lost.
  absl::Status CheckInPlace();

  // kStoreUnavailable when the file can only be read.
  absl::Status CheckWritable();

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  explicit Connection(sqlite3* db) : db_(db) {}

  friend class Transaction;

  std::unique_ptr<sqlite3, Close> db_;
  // Behind db_: finalized before it is closed.
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

// What is done between Begin and Commit is done in one piece; without Commit it is undone when this
// object goes.
class Transaction {
 public:
  enum class Kind { kRead, kWrite };

  explicit Transaction(Connection* connection) : connection_(*connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  // kWrite takes the lock for writing at once.
  absl::Status Begin(Kind kind);
  absl::Status Commit();

 private:
  Connection& connection_;
};

}  // namespace crossfoot::store

#endif  // CROSSFOOT_SERVICES_STORE_SQLITE_CONNECTION_H_
