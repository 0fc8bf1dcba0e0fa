#ifndef CROSSFOOT_SERVICES_ACCESS_CLIENT_DIRECTORY_H_
#define CROSSFOOT_SERVICES_ACCESS_CLIENT_DIRECTORY_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/access/client.h"

namespace crossfoot::access {

// The clients of a server, by their tokens.  Immutable, so any number of threads may ask it; a
// reload makes a new one and swaps the pointers.
//
//   absl::StatusOr<std::string_view> token = BearerToken(header);
//   if (!token.ok()) return token.status();
//   absl::StatusOr<Client> client = directory->Authenticate(*token, today);
//   if (!client.ok()) return client.status();
//   absl::Status allowed = Authorize(*client, Role::kWrite);
class ClientDirectory {
 public:
  // Reads `text`, a crossfoot.config.v1.Clients in text format; `path` is what errors call it.
  // kDataInvalid with metadata "file" and "line" when it does not parse or when a client has a name
  // that is no name or another client's, no role, no token, a digest that is none or another
  // token's, a negative quota or a day that does not exist.  No error quotes the values of the file
  // beyond valid names: a token may stand there by mistake.  A file without clients lets nobody in.
  static absl::StatusOr<std::shared_ptr<const ClientDirectory>> Load(const std::string& path,
                                                                     const std::string& text);

  // The client that `token` is of, `today` being the day in UTC; kCredentialsInvalid when there is
  // none or it has expired.  The time that it takes tells nothing of the digests that are kept.
  absl::StatusOr<Client> Authenticate(std::string_view token, absl::CivilDay today) const;

  // The client of the token with `digest`, as core::Sha256Hex writes it: who was let in by
  // Authenticate still is, or is not any more.
  absl::StatusOr<Client> FindByDigest(std::string_view digest, absl::CivilDay today) const;

  // How many clients there are, expired ones included.
  size_t size() const { return clients_.size(); }

 private:
  struct Token {
    std::string digest;  // as core::Sha256Hex writes it
    size_t client = 0;   // index into clients_
  };

  ClientDirectory(std::vector<Client> clients, std::vector<Token> tokens);

  const std::vector<Client> clients_;
  const std::vector<Token> tokens_;
};

}  // namespace crossfoot::access

#endif  // CROSSFOOT_SERVICES_ACCESS_CLIENT_DIRECTORY_H_
