#ifndef CROSSFOOT_SERVICES_SERVER_CONFIG_H_
#define CROSSFOOT_SERVICES_SERVER_CONFIG_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "crossfoot/config/v1/server.pb.h"

// How a server serves, as crossfoot.config.v1.Server says.

namespace crossfoot::server {

// Largest `max_document_bytes`: byte offsets are 32-bit.
inline constexpr int64_t kMaxDocumentBytesLimit = int64_t{512} << 20;

// Reads the file `path` with `text`, and puts the folder of `path` before relative paths in it.
// kDataInvalid with metadata "file" and "line" when it does not parse or says something that no
// server can do.  Does not open the files that it names.
absl::StatusOr<config::v1::Server> LoadConfig(const std::string& path, const std::string& text);

// Puts the default in place of everything left out, but for `http` and `tls`.  kArgumentInvalid
// with metadata "field" when something is out of its range.
absl::StatusOr<config::v1::Server> CompleteConfig(config::v1::Server config);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_CONFIG_H_
