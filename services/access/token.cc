#include "services/access/token.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::access {
namespace {

constexpr absl::string_view kPrefix = "cf_";
constexpr size_t kRandomBytes = 32;

absl::Status CredentialsMissing() {
  return core::MakeError(core::ErrorReason::kCredentialsMissing,
                         "the call carries no token; send \"authorization: Bearer TOKEN\"");
}

// RFC 7235: token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
bool IsToken68(std::string_view text) {
  size_t at = 0;
  while (at < text.size() &&
         (absl::ascii_isalnum(text[at]) ||
          std::string_view("-._~+/").find(text[at]) != std::string_view::npos)) {
    ++at;
  }
  return at > 0 && text.find_first_not_of('=', at) == std::string_view::npos;
}

}  // namespace

absl::StatusOr<std::string> MakeToken() {
  std::array<unsigned char, kRandomBytes> random;
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return core::MakeError(core::ErrorReason::kInternal,
                           "cannot make a token: the system gives no random bytes");
  }
  std::string token =
      absl::StrCat(kPrefix, absl::WebSafeBase64Escape(absl::string_view(
                                reinterpret_cast<const char*>(random.data()), random.size())));
  OPENSSL_cleanse(random.data(), random.size());
  return token;
}

absl::StatusOr<std::string_view> BearerToken(std::string_view authorization) {
  const size_t space = authorization.find(' ');
  if (!absl::EqualsIgnoreCase(core::ToAbsl(authorization.substr(0, space)), "bearer")) {
    return CredentialsMissing();
  }
  if (space == std::string_view::npos) return CredentialsInvalid();
  const std::string_view token = authorization.substr(space + 1);
  if (!IsToken68(token)) return CredentialsInvalid();
  return token;
}

absl::Status CredentialsInvalid() {
  return core::MakeError(
      core::ErrorReason::kCredentialsInvalid,
      "the token is malformed, unknown or expired; \"crossfoot config token\" makes a new one");
}

}  // namespace crossfoot::access
