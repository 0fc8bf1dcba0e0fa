#include "services/store/sqlite_schema.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "services/store/migration_data.h"

namespace crossfoot::store {
namespace {

// The version of the file; 0 when it is empty.
absl::StatusOr<size_t> ReadVersion(Connection* connection, size_t newest) {
  const absl::StatusOr<int64_t> application = connection->ReadInt("PRAGMA application_id");
  if (!application.ok()) return application.status();
  const absl::StatusOr<int64_t> version = connection->ReadInt("PRAGMA user_version");
  if (!version.ok()) return version.status();
  const absl::StatusOr<int64_t> objects = connection->ReadInt("SELECT count(*) FROM sqlite_schema");
  if (!objects.ok()) return objects.status();
  const bool empty = *application == 0 && *version == 0 && *objects == 0;
  if (!empty && *application != kApplicationId) {
    return core::MakeError(core::ErrorReason::kStoreUnavailable,
                           "the store: the file is a database of another program; name another");
  }
  if (*version < 0 || *version > static_cast<int64_t>(newest)) {
    return core::MakeError(
        core::ErrorReason::kStoreUnavailable,
        absl::StrCat("the store: the file was written by a newer program, its version is ",
                     *version, " and this program knows ", newest,
                     "; use that program, or a copy of the file from before"));
  }
  return static_cast<size_t>(*version);
}

// One step, unless another program has made it meanwhile.
absl::Status Apply(Connection* connection, const std::vector<Migration>& migrations, size_t from) {
  Transaction transaction(connection);
  absl::Status status = transaction.Begin(Transaction::Kind::kWrite);
  if (!status.ok()) return status;
  const absl::StatusOr<size_t> version = ReadVersion(connection, migrations.size());
  if (!version.ok()) return version.status();
  if (*version != from) return absl::OkStatus();
  status = connection->Execute(migrations[from].sql);
  if (!status.ok()) return status;
  const absl::StatusOr<int64_t> broken =
      connection->ReadInt("SELECT count(*) FROM pragma_foreign_key_check");
  if (!broken.ok()) return broken.status();
  if (*broken != 0) {
    return core::MakeError(core::ErrorReason::kInternal,
                           absl::StrCat("the store: ", migrations[from].file, " leaves ", *broken,
                                        " rows that name none"));
  }
  status = connection->Execute(absl::StrCat("PRAGMA application_id = ", kApplicationId,
                                            "; PRAGMA user_version = ", from + 1));
  if (!status.ok()) return status;
  return transaction.Commit();
}

absl::Status ApplyAll(Connection* connection, const std::vector<Migration>& migrations) {
  while (true) {
    const absl::StatusOr<size_t> version = ReadVersion(connection, migrations.size());
    if (!version.ok()) return version.status();
    if (*version == migrations.size()) return absl::OkStatus();
    absl::Status applied = Apply(connection, migrations, *version);
    if (!applied.ok()) return applied;
  }
}

}  // namespace

std::vector<Migration> Migrations() {
  std::vector<Migration> migrations;
  for (const auto& file : embedded::migration_data()) {
    migrations.push_back({file.path, std::string(file.data, file.size)});
  }
  return migrations;
}

absl::Status Migrate(Connection* connection, const std::vector<Migration>& migrations) {
  // The pragma has no effect inside a transaction.
  absl::Status status = connection->Execute("PRAGMA foreign_keys = OFF");
  if (!status.ok()) return status;
  status = ApplyAll(connection, migrations);
  if (!status.ok()) return status;
  return connection->Execute("PRAGMA foreign_keys = ON");
}

}  // namespace crossfoot::store
