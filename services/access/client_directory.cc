#include "services/access/client_directory.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/sha256.h"
#include "core/string_view.h"
#include "crossfoot/config/v1/clients.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"
#include "proto/crossfoot/config/textproto.h"
#include "services/access/token.h"
#include "services/report/civil_day.h"

namespace crossfoot::access {
namespace {

constexpr size_t kMaxNameBytes = 63;
constexpr size_t kDigestDigits = 64;

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool IsDigest(std::string_view text) {
  return text.size() == kDigestDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<Role> ToRole(config::v1::Client::Role role) {
  switch (role) {
    case config::v1::Client::ROLE_VALIDATE:
      return Role::kValidate;
    case config::v1::Client::ROLE_WRITE:
      return Role::kWrite;
    case config::v1::Client::ROLE_READ:
      return Role::kRead;
    default:
      return std::nullopt;
  }
}

// The parser quotes what it stumbled over, which is a token where somebody wrote one in place of
// its digest; only its names of fields and symbols stay.
absl::Status WithoutQuotes(const std::string& path, const absl::Status& error) {
  const std::string_view message = core::FromAbsl(error.message());
  const size_t end =
      std::min({message.find(", got", path.size()), message.find(", found", path.size()),
                message.find(" \"cf_", path.size())});
  if (end == std::string_view::npos) return error;
  return core::MakeError(core::ErrorReason::kDataInvalid,
                         absl::StrCat(core::ToAbsl(message.substr(0, end)), " (not shown)"),
                         core::MetadataOf(error));
}

// Reads one file.
class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  absl::Status Read(const std::string& text) {
    if (const absl::Status status = config::Parse(path_, text, &file_, &locations_); !status.ok()) {
      return WithoutQuotes(path_, status);
    }
    for (int i = 0; i < file_.clients_size(); ++i) {
      if (absl::Status status = ReadClient(i); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  std::vector<Client> clients;
  std::vector<std::pair<std::string, size_t>> tokens;  // digest, index into clients

 private:
  // An error at element `element` of `field` of client `index`, or at the client where the field is
  // not printed.  `element` is -1 for a field that is not repeated.
  absl::Status Error(int index, const std::string& field, int element, std::string_view what) {
    const auto* clients_field = file_.GetDescriptor()->FindFieldByName("clients");
    google::protobuf::TextFormat::ParseLocation place =
        locations_.tree()->GetLocation(clients_field, index);
    const google::protobuf::TextFormat::ParseInfoTree* tree =
        locations_.tree()->GetTreeForNested(clients_field, index);
    const auto* descriptor = config::v1::Client::descriptor()->FindFieldByName(field);
    if (tree != nullptr && descriptor != nullptr) {
      auto inner = tree->GetLocation(descriptor, element);
      // Of a list in brackets only its beginning is known.
      if (inner.line < 0 && element > 0) inner = tree->GetLocation(descriptor, 0);
      if (inner.line >= 0) place = inner;
    }
    return core::MakeError(
        core::ErrorReason::kDataInvalid,
        absl::StrCat(path_, ":", place.line + 1, ":", place.column + 1, ": ", core::ToAbsl(what)),
        {{"file", path_}, {"line", absl::StrCat(place.line + 1)}});
  }

  absl::Status ReadClient(int index) {
    const config::v1::Client& entry = file_.clients(index);
    Client client;
    client.name = entry.name();
    if (!IsName(client.name)) {
      return Error(index, "name", -1, "the name must be 1 to 63 of a-z, 0-9 and \"-\"");
    }
    const int line = locations_.LineOf(file_, "clients", index);
    if (const auto [other, added] = lines_by_name_.emplace(client.name, line); !added) {
      return Error(
          index, "name", -1,
          absl::StrCat("client ", client.name, " stands in line ", other->second, " already"));
    }
    const std::string who = absl::StrCat("client ", client.name);
    if (entry.token_sha256().empty()) {
      return Error(index, "token_sha256", 0, who + " has no token_sha256; it needs at least one");
    }
    for (int i = 0; i < entry.token_sha256_size(); ++i) {
      const std::string& digest = entry.token_sha256(i);
      if (!IsDigest(digest)) {
        return Error(index, "token_sha256", i,
                     who +
                         ": token_sha256 must be the SHA-256 of the token in 64 lower-case "
                         "hexadecimal digits; a token itself must never stand here");
      }
      if (const auto [other, added] = names_by_digest_.emplace(digest, client.name); !added) {
        return Error(index, "token_sha256", i,
                     absl::StrCat(who, ": the same token_sha256 is one of client ", other->second,
                                  " already"));
      }
      tokens.emplace_back(digest, clients.size());
    }
    if (entry.roles().empty()) {
      return Error(index, "roles", 0, who + " has no role; it needs at least one");
    }
    for (int i = 0; i < entry.roles_size(); ++i) {
      const std::optional<Role> role = ToRole(entry.roles(i));
      if (!role.has_value()) {
        return Error(index, "roles", i,
                     who + ": a role must be ROLE_VALIDATE, ROLE_WRITE or ROLE_READ");
      }
      client.roles.set(static_cast<size_t>(*role));
    }
    if (entry.calls_per_minute() < 0) {
      return Error(index, "calls_per_minute", -1, who + ": calls_per_minute is below zero");
    }
    if (entry.bytes_per_minute() < 0) {
      return Error(index, "bytes_per_minute", -1, who + ": bytes_per_minute is below zero");
    }
    client.calls_per_minute = entry.calls_per_minute();
    client.bytes_per_minute = entry.bytes_per_minute();
    if (!entry.expire_day().empty()) {
      client.expire_day = report::ParseCivilDay(entry.expire_day());
      if (!client.expire_day.has_value()) {
        return Error(index, "expire_day", -1,
                     who + ": expire_day must be a day that exists, as YYYY-MM-DD");
      }
    }
    clients.push_back(std::move(client));
    return absl::OkStatus();
  }

  const std::string& path_;
  config::v1::Clients file_;
  config::Locations locations_;
  std::map<std::string, int> lines_by_name_;
  std::map<std::string, std::string> names_by_digest_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const ClientDirectory>> ClientDirectory::Load(
    const std::string& path, const std::string& text) {
  Reader reader(path);
  if (absl::Status status = reader.Read(text); !status.ok()) return status;
  std::vector<Token> tokens;
  tokens.reserve(reader.tokens.size());
  for (auto& [digest, client] : reader.tokens) tokens.push_back({std::move(digest), client});
  return std::shared_ptr<const ClientDirectory>(
      new ClientDirectory(std::move(reader.clients), std::move(tokens)));
}

ClientDirectory::ClientDirectory(std::vector<Client> clients, std::vector<Token> tokens)
    : clients_(std::move(clients)), tokens_(std::move(tokens)) {}

absl::StatusOr<Client> ClientDirectory::Authenticate(std::string_view token,
                                                     absl::CivilDay today) const {
  return FindByDigest(core::Sha256Hex(token), today);
}

absl::StatusOr<Client> ClientDirectory::FindByDigest(std::string_view digest,
                                                     absl::CivilDay today) const {
  if (digest.size() != kDigestDigits) return CredentialsInvalid();
  // Goes through all of them whatever it finds.
  const Token* found = nullptr;
  for (const Token& known : tokens_) {
    if (CRYPTO_memcmp(known.digest.data(), digest.data(), kDigestDigits) == 0) found = &known;
  }
  if (found == nullptr) return CredentialsInvalid();
  const Client& client = clients_[found->client];
  if (client.expire_day.has_value() && today >= *client.expire_day) return CredentialsInvalid();
  return client;
}

}  // namespace crossfoot::access
