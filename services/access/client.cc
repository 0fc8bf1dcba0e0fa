#include "services/access/client.h"

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::access {

std::string_view ToString(Role role) {
  switch (role) {
    case Role::kValidate:
      return "validate";
    case Role::kWrite:
      return "write";
    case Role::kRead:
      return "read";
  }
  return "";
}

absl::Status Authorize(const Client& client, Role role) {
  if (client.Has(role)) return absl::OkStatus();
  const std::string name(ToString(role));
  return core::MakeError(core::ErrorReason::kPermissionDenied,
                         absl::StrCat("client ", client.name, " has not the role \"", name,
                                      "\" that this method needs; the clients file grants it"),
                         {{"role", name}});
}

}  // namespace crossfoot::access
