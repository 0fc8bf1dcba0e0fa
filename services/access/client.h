#ifndef CROSSFOOT_SERVICES_ACCESS_CLIENT_H_
#define CROSSFOOT_SERVICES_ACCESS_CLIENT_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace crossfoot::access {

// What a client may do, as crossfoot.config.v1.Client.Role.
enum class Role {
  kValidate,  // ValidationService, ExtractionService and RuleService
  kWrite,     // CreateDocument, UploadDocument and DeleteDocument
  kRead,      // GetDocument and ListDocuments, and stored documents in ValidationService
};
inline constexpr size_t kRoleCount = 3;

// "validate", "write", "read".
std::string_view ToString(Role role);

// A program or person that calls the server.  A plain value without secrets: it may be copied,
// printed and kept for as long as a call takes, whatever becomes of the directory that it is from.
struct Client {
  std::string name;                          // 1 to 63 of a-z, 0-9 and "-"
  std::bitset<kRoleCount> roles;             // by Role
  int32_t calls_per_minute = 0;              // 0: any number
  int64_t bytes_per_minute = 0;              // of requests; 0: any number
  std::optional<absl::CivilDay> expire_day;  // the first day, in UTC, on which it is refused

  bool Has(Role role) const { return roles[static_cast<size_t>(role)]; }
};

// OK when `client` has `role`, else kPermissionDenied with metadata "role".
absl::Status Authorize(const Client& client, Role role);

}  // namespace crossfoot::access

#endif  // CROSSFOOT_SERVICES_ACCESS_CLIENT_H_
