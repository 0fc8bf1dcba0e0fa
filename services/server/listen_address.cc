#include "services/server/listen_address.h"

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::server {

absl::StatusOr<ListenAddress> ParseListenAddress(std::string_view text) {
  absl::StatusOr<ListenAddress> address = core::ParseHostPort(text);
  if (address.ok()) return address;
  return core::MakeError(
      core::ErrorReason::kArgumentInvalid,
      absl::StrCat("cannot listen on \"", core::ToAbsl(text), "\": ", address.status().message(),
                   "; write host:port, as in 127.0.0.1:50051 or [::1]:50051"),
      {{"field", "listen_address"}});
}

}  // namespace crossfoot::server
