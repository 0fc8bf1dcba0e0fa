#include "services/server/credentials.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "grpcpp/security/tls_certificate_provider.h"
#include "grpcpp/security/tls_credentials_options.h"

namespace crossfoot::server {
namespace {

// How long a certificate in force may differ from that of the file.
constexpr unsigned int kRefreshSeconds = 1;

absl::Status FileError(const std::string& file, const std::string& message) {
  ERR_clear_error();
  if (!std::ifstream(file)) {
    return core::MakeError(core::ErrorReason::kFileNotFound,
                           absl::StrCat(file, ": no such file, or it cannot be read"),
                           {{"file", file}});
  }
  return core::MakeError(core::ErrorReason::kDataInvalid, absl::StrCat(file, ": ", message),
                         {{"file", file}});
}

}  // namespace

absl::Status CheckTlsFiles(const config::v1::Server::Tls& tls) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()),
                                                                  &SSL_CTX_free);
  if (SSL_CTX_use_certificate_chain_file(context.get(), tls.certificate_file().c_str()) != 1)
    return FileError(tls.certificate_file(), "holds no certificate in PEM");
  if (SSL_CTX_use_PrivateKey_file(context.get(), tls.private_key_file().c_str(),
                                  SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return FileError(tls.private_key_file(),
                     absl::StrCat("holds no key in PEM for ", tls.certificate_file()));
  }
  if (!tls.client_ca_file().empty() &&
      SSL_CTX_load_verify_file(context.get(), tls.client_ca_file().c_str()) != 1) {
    return FileError(tls.client_ca_file(), "holds no certificate in PEM");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeGrpcCredentials(
    const config::v1::Server& config) {
  if (!config.has_tls()) return grpc::InsecureServerCredentials();
  const config::v1::Server::Tls& tls = config.tls();
  const absl::Status files = CheckTlsFiles(tls);
  if (!files.ok()) return files;
  using grpc::experimental::FileWatcherCertificateProvider;
  grpc::experimental::TlsServerCredentialsOptions options(
      std::make_shared<FileWatcherCertificateProvider>(
          tls.private_key_file(), tls.certificate_file(), tls.client_ca_file(), kRefreshSeconds));
  options.watch_identity_key_cert_pairs();
  if (!tls.client_ca_file().empty()) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

}  // namespace crossfoot::server
