#include "clients/cpp/target.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::client {

absl::StatusOr<Target> ParseTarget(std::string_view text, bool certificates) {
  const auto invalid = [text](const char* why) {
    return core::MakeError(core::ErrorReason::kArgumentInvalid,
                           absl::StrCat("\"", core::ToAbsl(text), "\" ", why),
                           {{"field", "target"}});
  };
  constexpr std::string_view kAfterScheme = "://";
  const size_t colon = text.find(kAfterScheme);
  const bool has_scheme = colon != std::string_view::npos;
  const std::string_view scheme = has_scheme ? text.substr(0, colon) : std::string_view();
  if (has_scheme && scheme != "http" && scheme != "https")
    return invalid("has a scheme that is neither http nor https");
  absl::string_view address =
      core::ToAbsl(has_scheme ? text.substr(colon + kAfterScheme.size()) : text);
  absl::ConsumeSuffix(&address, "/");
  const absl::StatusOr<core::HostPort> host_port = core::ParseHostPort(core::FromAbsl(address));
  if (!host_port.ok() || host_port->port == 0 ||
      host_port->host.find_first_of("/@?#") != std::string::npos) {
    return invalid("is not HOST:PORT, http://HOST:PORT or https://HOST:PORT");
  }
  Target target;
  target.address = *host_port;
  target.tls = has_scheme ? scheme == "https" : certificates || !host_port->loopback();
  if (certificates && !target.tls)
    return invalid("is not encrypted and has no use for certificates");
  return target;
}

}  // namespace crossfoot::client
