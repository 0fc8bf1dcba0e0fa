#ifndef CROSSFOOT_CLIENTS_CPP_CLIENT_H_
#define CROSSFOOT_CLIENTS_CPP_CLIENT_H_

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "crossfoot/v1/document.pb.h"
#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/document_service.pb.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "grpcpp/client_context.h"

// Calls a server of crossfoot.v1; clients/cpp/README.md has an example.

namespace crossfoot::client {

// Certificates in PEM.
struct Certificates {
  std::string roots = {};        // whom to trust; empty: the authorities that gRPC knows
  std::string certificate = {};  // ours, with `key`, where the server asks who calls; else empty
  std::string key = {};

  bool empty() const { return roots.empty() && certificate.empty() && key.empty(); }
};

// How a server is reached.
struct ClientOptions {
  // Sent with each call as "authorization: Bearer …"; empty: nothing is.
  std::string token = {};
  Certificates certificates = {};
  // How long a call may take, with the attempts that fail and the waiting between them.  Of
  // streams of CheckMany there is none but that of their CallOptions.
  absl::Duration timeout = absl::Seconds(60);
};

// What holds for one call.
struct CallOptions {
  std::optional<absl::Duration> timeout = std::nullopt;  // nullopt: that of the client
};

// A connection to one server.  Safe to share between threads, and meant to be kept.
//
// Nothing is sent before the first call.  Methods that may be called twice are, up to three times
// more while the server is UNAVAILABLE, by clients/service_config.json.  A call that fails has an
// error of clients/cpp/call_error.h; a report that contradicts itself is a result with findings.
class Client {
 public:
  // A client of the server at "https://HOST:PORT", "http://HOST:PORT", which is not spoken to
  // encrypted, or "HOST:PORT": that is, unless HOST is this machine and no certificates are given.
  //
  // kArgumentInvalid with field "target", "certificates" (one without its key), "token" (it cannot
  // stand in a header) or "encryption" (the token would leave this machine without).
  static absl::StatusOr<Client> Connect(const std::string& target,
                                        const ClientOptions& options = {});

  // Reads a report and checks its figures.
  absl::StatusOr<v1::ValidateDocumentResponse> Check(const v1::ValidateDocumentRequest& request,
                                                     const CallOptions& options = {}) const;

  // The same of text in UTF-8, and of a file; besides, kFileNotFound and kFileUnreadable.
  absl::StatusOr<v1::ValidateDocumentResponse> CheckText(
      const std::string& text, const v1::ReadingOptions& reading_options = {},
      const CallOptions& options = {}) const;
  absl::StatusOr<v1::ValidateDocumentResponse> CheckFile(
      const std::string& path, const v1::ReadingOptions& reading_options = {},
      const CallOptions& options = {}) const;

  // Checks several reports, the oldest first, each by itself and against those before it.
  absl::StatusOr<v1::ValidateDocumentSetResponse> CheckSet(
      const v1::ValidateDocumentSetRequest& request, const CallOptions& options = {}) const;

  // The next report of CheckMany; nullopt after the last one.
  using RequestSource = std::function<std::optional<v1::ValidateDocumentsRequest>()>;
  // Takes what came of the report with the id: what was found, or why it could not be read.  False:
  // no more is wanted.
  using OutcomeSink = std::function<bool(
      const std::string& id, const absl::StatusOr<v1::ValidateDocumentResponse>& outcome)>;

  // Checks reports as they come and hands out each outcome when it is there, in any order.  Returns
  // OK when all were handed out, or when `take` wanted no more; otherwise what is wrong with the
  // stream, and the outcomes so far are not all.
  //
  // `next` is called on a thread of its own, at most 64 reports ahead of the outcomes that were
  // taken, and not again once this returns, which waits for a call that is under way.  `take` is
  // called on this thread; while it works, the server is held back.  Neither may throw.
  absl::Status CheckMany(const RequestSource& next, const OutcomeSink& take,
                         const CallOptions& options = {}) const;

  // Reads the figures of a report without judging them.
  absl::StatusOr<v1::ExtractFiguresResponse> Extract(const v1::ExtractFiguresRequest& request,
                                                     const CallOptions& options = {}) const;

  // Checks a report and stores it, whatever is found.  A request without request_id gets one, so
  // that an attempt that is repeated stores nothing twice.
  absl::StatusOr<v1::Document> CreateDocument(v1::CreateDocumentRequest request,
                                              const CallOptions& options = {}) const;

  // The same in pieces, for large reports: `content` has the bytes, and the document of the request
  // no source.  Not tried again by itself.  kFileUnreadable where `content` fails; nothing is
  // stored then.
  absl::StatusOr<v1::Document> UploadDocument(const v1::CreateDocumentRequest& request,
                                              std::istream& content,
                                              const CallOptions& options = {}) const;

  absl::StatusOr<v1::Document> GetDocument(const v1::GetDocumentRequest& request,
                                           const CallOptions& options = {}) const;

  // Removes a stored report.  Not tried again by itself.
  absl::Status DeleteDocument(const v1::DeleteDocumentRequest& request,
                              const CallOptions& options = {}) const;

  // A stored rule with its examples.
  absl::StatusOr<v1::Rule> GetRule(const v1::GetRuleRequest& request,
                                   const CallOptions& options = {}) const;

  // Runs the examples of a pack that is not in force.
  absl::StatusOr<v1::TestRulesResponse> TestRules(const v1::TestRulesRequest& request,
                                                  const CallOptions& options = {}) const;

  // One page of the stored reports, of the packs and of the rules in force.
  absl::StatusOr<v1::ListDocumentsResponse> ListDocuments(const v1::ListDocumentsRequest& request,
                                                          const CallOptions& options = {}) const;
  absl::StatusOr<v1::ListRulePacksResponse> ListRulePacks(const v1::ListRulePacksRequest& request,
                                                          const CallOptions& options = {}) const;
  absl::StatusOr<v1::ListRulesResponse> ListRules(const v1::ListRulesRequest& request,
                                                  const CallOptions& options = {}) const;

  // What is on that page and all that follow; `options` are those of each call.
  absl::StatusOr<std::vector<v1::Document>> AllDocuments(v1::ListDocumentsRequest request,
                                                         const CallOptions& options = {}) const;
  absl::StatusOr<std::vector<v1::RulePack>> AllRulePacks(v1::ListRulePacksRequest request,
                                                         const CallOptions& options = {}) const;
  absl::StatusOr<std::vector<v1::Rule>> AllRules(v1::ListRulesRequest request,
                                                 const CallOptions& options = {}) const;

 private:
  Client(const std::shared_ptr<grpc::Channel>& channel,
         const std::shared_ptr<grpc::Channel>& stream_channel, const ClientOptions& options);

  // Gives `context` the token, and a deadline after `timeout`.
  void Prepare(absl::Duration timeout, grpc::ClientContext& context) const;

  // What `method` of `stub` answers.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(const std::unique_ptr<Stub>& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, const CallOptions& options) const;

  std::unique_ptr<v1::ValidationService::Stub> validation_;
  std::unique_ptr<v1::ExtractionService::Stub> extraction_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
  std::unique_ptr<v1::RuleService::Stub> rules_;
  // Streams have a connection that keeps nothing of what is sent for another attempt.
  std::unique_ptr<v1::ValidationService::Stub> validation_stream_;
  std::unique_ptr<v1::DocumentService::Stub> documents_stream_;
  std::string token_;
  absl::Duration timeout_;
};

}  // namespace crossfoot::client

#endif  // CROSSFOOT_CLIENTS_CPP_CLIENT_H_
