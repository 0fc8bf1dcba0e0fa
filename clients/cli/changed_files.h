#ifndef CROSSFOOT_CLIENTS_CLI_CHANGED_FILES_H_
#define CROSSFOOT_CLIENTS_CLI_CHANGED_FILES_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"

namespace crossfoot::cli {

// The files that differ, in the Git working tree that the working directory lies in, from where it
// left `revision`: what was added, changed or renamed since, committed or not, and what Git does
// not know yet and is not told to ignore; not what was deleted.  Absolute paths without symbolic
// links.
//
// kArgumentInvalid when Git is not there or refuses, with what it says: no working tree, no such
// revision.
absl::StatusOr<std::set<std::string>> ChangedFiles(const std::string& revision);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_CHANGED_FILES_H_
