#ifndef CROSSFOOT_SERVICES_SERVER_LISTEN_ADDRESS_H_
#define CROSSFOOT_SERVICES_SERVER_LISTEN_ADDRESS_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "core/host_port.h"

namespace crossfoot::server {

// Where a server listens; port 0 asks the system for a free one.
using ListenAddress = core::HostPort;

// Reads "host:port", "[v6]:port".  kArgumentInvalid with field "listen_address" otherwise.
absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_LISTEN_ADDRESS_H_
