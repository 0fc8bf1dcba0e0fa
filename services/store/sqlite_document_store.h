#ifndef CROSSFOOT_SERVICES_STORE_SQLITE_DOCUMENT_STORE_H_
#define CROSSFOOT_SERVICES_STORE_SQLITE_DOCUMENT_STORE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/store/document_store.h"

namespace crossfoot::store {

struct SqliteOptions {
  // Created, readable by its owner alone, when it is not there; its folder must be there, on a disk
  // of this machine.  Empty: documents are kept in memory and lost with the store.
  std::string file = {};
  // Most bytes that the file may take.  The write-ahead log and its index beside it, FILE-wal and
  // FILE-shm, come on top: a few MiB, and while a larger document is stored, as much as that.
  int64_t max_bytes = int64_t{1} << 30;
  // How long a change waits for other programs that hold the file.
  absl::Duration busy_timeout = absl::Seconds(5);
};

// The documents of a file of SQLite.  One change is made at a time; of a file, reading waits for no
// change.  Several stores may be open on a file, also in several processes, but a store is of no
// use to a child that its process forks.  Brings a file of an earlier version up to date.
//
//   kArgumentInvalid   max_bytes is below 1; metadata "field"
//   kStoreUnavailable  the file cannot be opened, is no database, is that of another program or of
//                      a newer version of this one, can only be read, or stands on a file system
//                      without shared memory
//   kStoreFull         no room for the tables
absl::StatusOr<std::unique_ptr<DocumentStore>> OpenSqliteDocumentStore(
    const SqliteOptions& options);

}  // namespace crossfoot::store

#endif  // CROSSFOOT_SERVICES_STORE_SQLITE_DOCUMENT_STORE_H_
