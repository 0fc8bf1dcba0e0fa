#ifndef CROSSFOOT_CLIENTS_CLI_INPUT_H_
#define CROSSFOOT_CLIENTS_CLI_INPUT_H_

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace crossfoot::cli {

// The bytes of the file at `path`.  Never holds more than `max_bytes` + 1 of them: a larger regular
// file is refused by its size, and a pipe once it has given more.
//
// Errors: kFileNotFound; kFileUnreadable (a directory, a permission, an I/O error);
// kDocumentTooLarge with metadata "max_document_bytes".  Messages do not repeat `path`.
absl::StatusOr<std::string> ReadFile(const std::string& path, int64_t max_bytes);

// The same of a stream.
absl::StatusOr<std::string> ReadStream(std::istream& stream, int64_t max_bytes);

// The reports in the directory at `path`, itself and no deeper, by name from the last to the first,
// as releases that are named by date stand from the latest on: files that end in .txt, .md, .html,
// .htm, .pdf, .docx, .xlsx, .csv or .tsv.  kFileNotFound, kFileUnreadable.  Messages do not repeat
// `path`.
absl::StatusOr<std::vector<std::string>> ListReports(const std::string& path);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_INPUT_H_
