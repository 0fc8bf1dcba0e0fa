#ifndef CROSSFOOT_CLIENTS_CPP_TARGET_H_
#define CROSSFOOT_CLIENTS_CPP_TARGET_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "core/host_port.h"

namespace crossfoot::client {

// Where a server is and whether it is spoken to encrypted.
struct Target {
  core::HostPort address;
  bool tls = false;
};

// Reads "HOST:PORT", "https://HOST:PORT" and "http://HOST:PORT".  What has no scheme is encrypted
// unless it is this machine and there are no `certificates` to use.  kArgumentInvalid with field
// "target" for anything else, port 0, and certificates without encryption.
absl::StatusOr<Target> ParseTarget(std::string_view text, bool certificates);

}  // namespace crossfoot::client

#endif  // CROSSFOOT_CLIENTS_CPP_TARGET_H_
