#include "core/host_port.h"

#include <arpa/inet.h>

#include "core/error.h"

namespace crossfoot::core {

bool HostPort::loopback() const {
  if (host == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  if (host.size() > 2 && host.front() == '[') {
    in6_addr v6;
    const std::string inside = host.substr(1, host.size() - 2);
    return inet_pton(AF_INET6, inside.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
  }
  return false;
}

absl::StatusOr<HostPort> ParseHostPort(std::string_view text) {
  const auto invalid = [](std::string_view why) {
    return MakeError(ErrorReason::kArgumentInvalid, why);
  };
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return invalid("there is no port");
  HostPort address;
  address.host = std::string(text.substr(0, colon));
  const std::string_view port = text.substr(colon + 1);
  if (address.host.empty()) return invalid("there is no host");
  const bool bracketed = address.host.front() == '[';
  if (bracketed != (address.host.back() == ']') ||
      (!bracketed && address.host.find(':') != std::string::npos)) {
    return invalid("an IPv6 address stands in brackets");
  }
  if (port.empty() || port.size() > 5) return invalid("the port is no number from 0 to 65535");
  for (const char digit : port) {
    if (digit < '0' || digit > '9') return invalid("the port is no number from 0 to 65535");
    address.port = address.port * 10 + (digit - '0');
  }
  if (address.port > 65535) return invalid("the port is no number from 0 to 65535");
  return address;
}

}  // namespace crossfoot::core
