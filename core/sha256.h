#ifndef CROSSFOOT_CORE_SHA256_H_
#define CROSSFOOT_CORE_SHA256_H_

#include <string>
#include <string_view>

namespace crossfoot::core {

// SHA-256 of `bytes` (FIPS 180-4), 64 lower-case hexadecimal digits.  Empty when the library
// refuses to make one; nothing has an empty digest.
std::string Sha256Hex(std::string_view bytes);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_SHA256_H_
