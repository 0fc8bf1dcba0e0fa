#ifndef CROSSFOOT_SERVICES_SERVER_CREDENTIALS_H_
#define CROSSFOOT_SERVICES_SERVER_CREDENTIALS_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "crossfoot/config/v1/server.pb.h"
#include "grpcpp/security/server_credentials.h"

namespace crossfoot::server {

// Whether the files of `tls` hold a certificate, its key and roots.  kFileNotFound, kFileUnreadable
// or kDataInvalid with metadata "file"; no message quotes a key.
absl::Status CheckTlsFiles(const config::v1::Server::Tls& tls);

// gRPC's credentials for a server: without encryption when `config` has no `tls`, else with the
// certificates in its files, read anew when they change.  TLS 1.2 and above.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeGrpcCredentials(
    const config::v1::Server& config);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_CREDENTIALS_H_
