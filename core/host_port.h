#ifndef CROSSFOOT_CORE_HOST_PORT_H_
#define CROSSFOOT_CORE_HOST_PORT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace crossfoot::core {

// Where something listens.
struct HostPort {
  std::string host;  // "127.0.0.1", "localhost", "[::1]" with its brackets, "0.0.0.0"
  int32_t port = 0;  // 0 to 65535

  // Whether only programs on this machine can reach it: 127.0.0.0/8, [::1] or localhost.
  bool loopback() const;

  std::string ToString() const { return host + ":" + std::to_string(port); }
};

// Reads "host:port", "[v6]:port".  kArgumentInvalid otherwise, with a message that says why alone.
absl::StatusOr<HostPort> ParseHostPort(std::string_view text);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_HOST_PORT_H_
