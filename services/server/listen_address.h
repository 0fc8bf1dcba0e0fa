#ifndef CROSSFOOT_SERVICES_SERVER_LISTEN_ADDRESS_H_
#define CROSSFOOT_SERVICES_SERVER_LISTEN_ADDRESS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace crossfoot::server {

// Where a server listens.
struct ListenAddress {
  std::string host;  // "127.0.0.1", "localhost", "[::1]" with its brackets, "0.0.0.0"
  int32_t port = 0;  // 0 to 65535; 0 asks the system for a free one

  // Whether only programs on this machine can reach it: 127.0.0.0/8, [::1] or localhost.
  bool loopback() const;

  std::string ToString() const { return host + ":" + std::to_string(port); }
};

// Reads "host:port", "[v6]:port".  kArgumentInvalid with field "listen_address" otherwise.
absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_LISTEN_ADDRESS_H_
