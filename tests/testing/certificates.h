#ifndef CROSSFOOT_TESTS_TESTING_CERTIFICATES_H_
#define CROSSFOOT_TESTS_TESTING_CERTIFICATES_H_

#include <string>

namespace crossfoot::testing {

// A certificate and its key, in PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

// Makes certificates for tests: valid for an hour, with keys on P-256.
class CertificateAuthority {
 public:
  explicit CertificateAuthority(const std::string& name);

  // Its own certificate, in PEM: the root that the others go back to.
  const std::string& root() const { return own_.certificate; }

  // For the host "localhost" and the address 127.0.0.1, good for servers and clients.  `seconds`:
  // how long it is valid from now on; below 0 it has expired.
  Certificate Issue(const std::string& name, long seconds = 3600) const;

 private:
  Certificate own_;
};

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_CERTIFICATES_H_
