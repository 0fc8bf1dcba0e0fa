#ifndef CROSSFOOT_SERVICES_ACCESS_TOKEN_H_
#define CROSSFOOT_SERVICES_ACCESS_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Tokens: the secrets by which clients are known.  Servers keep only their digests, and no error
// here holds a token or a part of one.  Thread-safe.

namespace crossfoot::access {

// A new token: "cf_" and 32 random bytes as base64url without padding, 46 characters.  kInternal
// when there is no randomness to be had.
absl::StatusOr<std::string> MakeToken();

// The token in the value of an Authorization header (RFC 6750, section 2.1): the scheme "Bearer" in
// any case, one space, one token68.  It points into `authorization`.  kCredentialsMissing when the
// header is empty or of another scheme, kCredentialsInvalid when what follows is no token.
absl::StatusOr<std::string_view> BearerToken(std::string_view authorization);

// kCredentialsInvalid.  One text for a token that is malformed, unknown or expired, so that it
// tells nothing to those who guess.
absl::Status CredentialsInvalid();

}  // namespace crossfoot::access

#endif  // CROSSFOOT_SERVICES_ACCESS_TOKEN_H_
