#include "clients/cpp/client.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstddef>
#include <limits>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "clients/cpp/call_error.h"
#include "clients/cpp/documents.h"
#include "clients/cpp/target.h"
#include "clients/service_config.h"
#include "core/error.h"
#include "core/sha256.h"
#include "google/protobuf/empty.pb.h"
#include "grpcpp/grpcpp.h"

namespace crossfoot::client {
namespace {

constexpr int kReconnectMilliseconds = 200;
// A server that is gone without a word ends a stream that has no deadline.
constexpr int kStreamPingMilliseconds = 60'000;
constexpr int kStreamPingTimeoutMilliseconds = 20'000;

// The most of a stream that may be under way.
constexpr int kMostAhead = 64;

// Length of the pieces of UploadDocument, the most that the service allows.
constexpr size_t kChunkBytes = size_t{1} << 20;

absl::Status ArgumentError(const char* field, const std::string& message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid, message, {{"field", field}});
}

// Blanks and line breaks would end the header or begin another one.
bool FitsHeader(std::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// What both kinds of channel have in common.
grpc::ChannelArguments ArgumentsFor(const Target& target) {
  grpc::ChannelArguments arguments;
  const embedded::File service_config = embedded::service_config().front();
  arguments.SetServiceConfigJSON(std::string(service_config.data, service_config.size));
  // Results have no fixed bound: each figure of a long report with its evidence.
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMilliseconds);
  // This machine is reached without the proxy of the environment, also by a token.
  if (target.address.loopback()) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return arguments;
}

// A UUID of version 4.
std::string MakeRequestId() {
  std::random_device random;
  std::string bytes;
  while (bytes.size() < 16) {
    const auto word = random();
    bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
  }
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  const absl::string_view all = hex;
  return absl::StrCat(all.substr(0, 8), "-", all.substr(8, 4), "-", all.substr(12, 4), "-",
                      all.substr(16, 4), "-", all.substr(20, 12));
}

// The items of the page that `request` asks for and of all after it.
template <typename Item, typename Request, typename List, typename Items>
absl::StatusOr<std::vector<Item>> AllPages(Request request, const List& list, const Items& items) {
  std::vector<Item> all;
  do {
    auto page = list(request);
    if (!page.ok()) return page.status();
    auto* const found = items(*page);
    all.insert(all.end(), std::make_move_iterator(found->begin()),
               std::make_move_iterator(found->end()));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return all;
}

}  // namespace

absl::StatusOr<Client> Client::Connect(const std::string& target, const ClientOptions& options) {
  const Certificates& pem = options.certificates;
  const absl::StatusOr<Target> where = ParseTarget(target, !pem.empty());
  if (!where.ok()) return where.status();
  if (pem.certificate.empty() != pem.key.empty())
    return ArgumentError("certificates", "a certificate and its key belong together");
  if (!FitsHeader(options.token)) {
    return ArgumentError("token",
                         "the token holds blanks, line breaks or letters that no token has");
  }
  if (!options.token.empty() && !where->tls && !where->address.loopback()) {
    return ArgumentError("encryption",
                         absl::StrCat("refused to send a token to ", target,
                                      " unencrypted: whoever carries it could use it"));
  }
  const std::shared_ptr<grpc::ChannelCredentials> credentials =
      where->tls ? grpc::SslCredentials({.pem_root_certs = pem.roots,
                                         .pem_private_key = pem.key,
                                         .pem_cert_chain = pem.certificate})
                 : grpc::InsecureChannelCredentials();
  // With its scheme: a host may be called as one of the others is.
  const std::string name = "dns:///" + where->address.ToString();
  grpc::ChannelArguments unary = ArgumentsFor(*where);
  // What is larger than this buffer is never tried again; a request may hold several documents.
  unary.SetInt(GRPC_ARG_PER_RPC_RETRY_BUFFER_SIZE, std::numeric_limits<int>::max());
  grpc::ChannelArguments streams = ArgumentsFor(*where);
  streams.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kStreamPingMilliseconds);
  streams.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kStreamPingTimeoutMilliseconds);
  streams.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // any number
  return Client(grpc::CreateCustomChannel(name, credentials, unary),
                grpc::CreateCustomChannel(name, credentials, streams), options);
}

Client::Client(const std::shared_ptr<grpc::Channel>& channel,
               const std::shared_ptr<grpc::Channel>& stream_channel, const ClientOptions& options)
    : validation_(v1::ValidationService::NewStub(channel)),
      extraction_(v1::ExtractionService::NewStub(channel)),
      documents_(v1::DocumentService::NewStub(channel)),
      rules_(v1::RuleService::NewStub(channel)),
      validation_stream_(v1::ValidationService::NewStub(stream_channel)),
      documents_stream_(v1::DocumentService::NewStub(stream_channel)),
      token_(options.token),
      timeout_(options.timeout) {}

void Client::Prepare(absl::Duration timeout, grpc::ClientContext& context) const {
  if (timeout < absl::InfiniteDuration())
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  if (!token_.empty()) context.AddMetadata("authorization", "Bearer " + token_);
}

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Client::Call(const std::unique_ptr<Stub>& stub,
                                      grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                   const Request&, Response*),
                                      const Request& request, const CallOptions& options) const {
  grpc::ClientContext context;
  Prepare(options.timeout.value_or(timeout_), context);
  Response response;
  const grpc::Status status = (stub.get()->*method)(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

absl::StatusOr<v1::ValidateDocumentResponse> Client::Check(
    const v1::ValidateDocumentRequest& request, const CallOptions& options) const {
  return Call(validation_, &v1::ValidationService::Stub::ValidateDocument, request, options);
}

absl::StatusOr<v1::ValidateDocumentResponse> Client::CheckText(
    const std::string& text, const v1::ReadingOptions& reading_options,
    const CallOptions& options) const {
  v1::ValidateDocumentRequest request;
  *request.mutable_document() = TextDocument(text);
  *request.mutable_options() = reading_options;
  return Check(request, options);
}

absl::StatusOr<v1::ValidateDocumentResponse> Client::CheckFile(
    const std::string& path, const v1::ReadingOptions& reading_options,
    const CallOptions& options) const {
  absl::StatusOr<v1::Document> document = FileDocument(path);
  if (!document.ok()) return document.status();
  v1::ValidateDocumentRequest request;
  *request.mutable_document() = *std::move(document);
  *request.mutable_options() = reading_options;
  return Check(request, options);
}

absl::StatusOr<v1::ValidateDocumentSetResponse> Client::CheckSet(
    const v1::ValidateDocumentSetRequest& request, const CallOptions& options) const {
  return Call(validation_, &v1::ValidationService::Stub::ValidateDocumentSet, request, options);
}

absl::Status Client::CheckMany(const RequestSource& next, const OutcomeSink& take,
                               const CallOptions& options) const {
  grpc::ClientContext context;
  Prepare(options.timeout.value_or(absl::InfiniteDuration()), context);
  const auto stream = validation_stream_->ValidateDocuments(&context);

  std::mutex mutex;
  std::condition_variable changed;
  int ahead = 0;       // reports that were asked for and have no outcome yet
  bool ended = false;  // nobody reads any more
  // To be read when the writer has ended.
  int sent = 0;
  bool all = false;  // whether the reports that were sent are all

  std::thread writer([&] {
    while (true) {
      {
        std::unique_lock<std::mutex> lock(mutex);
        changed.wait(lock, [&] { return ended || ahead < kMostAhead; });
        if (ended) return;
        ++ahead;
      }
      const std::optional<v1::ValidateDocumentsRequest> request = next();
      if (!request.has_value()) {
        all = stream->WritesDone();
        return;
      }
      // What fails here is an error of the stream, which the reader is told.
      if (!stream->Write(*request)) return;
      ++sent;
    }
  });

  int given = 0;
  bool wanted = true;
  v1::ValidateDocumentsResponse response;
  while (wanted && stream->Read(&response)) {
    ++given;
    wanted = response.response().has_error()
                 ? take(response.id(), FromDocumentError(response.response().error()))
                 : take(response.id(), std::move(*response.mutable_response()));
    const std::lock_guard<std::mutex> lock(mutex);
    --ahead;
    changed.notify_one();
  }
  if (!wanted) context.TryCancel();
  {
    const std::lock_guard<std::mutex> lock(mutex);
    ended = true;
    changed.notify_one();
  }
  writer.join();
  const grpc::Status status = stream->Finish();
  if (!wanted) return absl::OkStatus();
  if (!status.ok()) return FromGrpcStatus(status);
  if (!all || given != sent) {
    return absl::InternalError(absl::StrCat("the server ended the stream after ", given,
                                            " outcomes of ", sent, " reports"));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ExtractFiguresResponse> Client::Extract(const v1::ExtractFiguresRequest& request,
                                                           const CallOptions& options) const {
  return Call(extraction_, &v1::ExtractionService::Stub::ExtractFigures, request, options);
}

absl::StatusOr<v1::Document> Client::CreateDocument(v1::CreateDocumentRequest request,
                                                    const CallOptions& options) const {
  if (request.request_id().empty()) request.set_request_id(MakeRequestId());
  return Call(documents_, &v1::DocumentService::Stub::CreateDocument, request, options);
}

absl::StatusOr<v1::Document> Client::UploadDocument(const v1::CreateDocumentRequest& request,
                                                    std::istream& content,
                                                    const CallOptions& options) const {
  grpc::ClientContext context;
  Prepare(options.timeout.value_or(timeout_), context);
  v1::Document document;
  const auto stream = documents_stream_->UploadDocument(&context, &document);
  v1::UploadDocumentRequest part;
  *part.mutable_create() = request;
  core::Sha256 digest;
  std::string chunk(kChunkBytes, '\0');
  // A write that fails means that the server has answered already; Finish says what.
  bool going = stream->Write(part);
  while (going && (content.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
                   content.gcount() > 0)) {
    const std::string_view piece(chunk.data(), static_cast<size_t>(content.gcount()));
    digest.Add(piece);
    part.set_chunk(piece.data(), piece.size());
    going = stream->Write(part);
  }
  const bool broken = content.bad();
  if (broken) {
    // The server sees an upload without its digest.
    context.TryCancel();
  } else if (going) {
    part.set_sha256(digest.Hex());
    if (stream->Write(part)) stream->WritesDone();
  }
  const grpc::Status status = stream->Finish();
  if (broken)
    return core::MakeError(core::ErrorReason::kFileUnreadable, "the content cannot be read");
  if (!status.ok()) return FromGrpcStatus(status);
  return document;
}

absl::StatusOr<v1::Document> Client::GetDocument(const v1::GetDocumentRequest& request,
                                                 const CallOptions& options) const {
  return Call(documents_, &v1::DocumentService::Stub::GetDocument, request, options);
}

absl::Status Client::DeleteDocument(const v1::DeleteDocumentRequest& request,
                                    const CallOptions& options) const {
  return Call(documents_, &v1::DocumentService::Stub::DeleteDocument, request, options).status();
}

absl::StatusOr<v1::Rule> Client::GetRule(const v1::GetRuleRequest& request,
                                         const CallOptions& options) const {
  return Call(rules_, &v1::RuleService::Stub::GetRule, request, options);
}

absl::StatusOr<v1::TestRulesResponse> Client::TestRules(const v1::TestRulesRequest& request,
                                                        const CallOptions& options) const {
  return Call(rules_, &v1::RuleService::Stub::TestRules, request, options);
}

absl::StatusOr<v1::ListDocumentsResponse> Client::ListDocuments(
    const v1::ListDocumentsRequest& request, const CallOptions& options) const {
  return Call(documents_, &v1::DocumentService::Stub::ListDocuments, request, options);
}

absl::StatusOr<v1::ListRulePacksResponse> Client::ListRulePacks(
    const v1::ListRulePacksRequest& request, const CallOptions& options) const {
  return Call(rules_, &v1::RuleService::Stub::ListRulePacks, request, options);
}

absl::StatusOr<v1::ListRulesResponse> Client::ListRules(const v1::ListRulesRequest& request,
                                                        const CallOptions& options) const {
  return Call(rules_, &v1::RuleService::Stub::ListRules, request, options);
}

absl::StatusOr<std::vector<v1::Document>> Client::AllDocuments(v1::ListDocumentsRequest request,
                                                               const CallOptions& options) const {
  return AllPages<v1::Document>(
      std::move(request), [&](const auto& page) { return ListDocuments(page, options); },
      [](auto& page) { return page.mutable_documents(); });
}

absl::StatusOr<std::vector<v1::RulePack>> Client::AllRulePacks(v1::ListRulePacksRequest request,
                                                               const CallOptions& options) const {
  return AllPages<v1::RulePack>(
      std::move(request), [&](const auto& page) { return ListRulePacks(page, options); },
      [](auto& page) { return page.mutable_rule_packs(); });
}

absl::StatusOr<std::vector<v1::Rule>> Client::AllRules(v1::ListRulesRequest request,
                                                       const CallOptions& options) const {
  return AllPages<v1::Rule>(
      std::move(request), [&](const auto& page) { return ListRules(page, options); },
      [](auto& page) { return page.mutable_rules(); });
}

}  // namespace crossfoot::client
