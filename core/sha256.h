#ifndef CROSSFOOT_CORE_SHA256_H_
#define CROSSFOOT_CORE_SHA256_H_

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // of OpenSSL

namespace crossfoot::core {

// SHA-256 (FIPS 180-4) of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();

  void Add(std::string_view bytes);

  // That of all that was added, 64 lower-case hexadecimal digits; to be asked once, last.  Empty
  // when the library refuses to make one; nothing has an empty digest.
  std::string Hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;  // null once the library has refused
};

// The same of `bytes` as a whole.
std::string Sha256Hex(std::string_view bytes);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_SHA256_H_
