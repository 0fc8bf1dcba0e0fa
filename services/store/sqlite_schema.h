#ifndef CROSSFOOT_SERVICES_STORE_SQLITE_SCHEMA_H_
#define CROSSFOOT_SERVICES_STORE_SQLITE_SCHEMA_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/store/sqlite_connection.h"

// The tables of the store's file, and how files of earlier programs come to have them.

namespace crossfoot::store {

// "Crof" in the header of the file tells that it is ours.
inline constexpr int32_t kApplicationId = 0x43726f66;

// One step from one version of the tables to the next.
struct Migration {
  std::string file;  // "services/store/migrations/0001_documents.sql"
  std::string sql;
};

// The steps, in their order; the first leads from an empty file to version 1.
std::vector<Migration> Migrations();

// Takes the file from its version, PRAGMA user_version, to the one behind the last of `migrations`.
// Each step is one transaction with foreign keys checked at its end, not on the way, so that it may
// build a table anew.  After an error the file is as the last step that succeeded left it.
//
// kStoreUnavailable, the file untouched, when it was written by another program or has a version
// above the last; and the errors of SqliteError.
absl::Status Migrate(Connection* connection, const std::vector<Migration>& migrations);

}  // namespace crossfoot::store

#endif  // CROSSFOOT_SERVICES_STORE_SQLITE_SCHEMA_H_
