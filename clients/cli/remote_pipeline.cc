#include "clients/cli/remote_pipeline.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "clients/service_config.h"
#include "core/document.h"
#include "core/error.h"
#include "core/text_span.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/document/segment.h"
#include "services/report/civil_day.h"
#include "services/report/from_response.h"
#include "services/report/rule_response.h"
#include "services/report/utf8.h"
#include "services/server/listen_address.h"

namespace crossfoot::cli {
namespace {

using core::ErrorReason;
using validation::Pipeline;
using validation::PipelineOptions;
using validation::Validation;

// Longest `Document.uri` of a request, in bytes.
constexpr size_t kMaxUriBytes = 2048;

constexpr int kReconnectMilliseconds = 200;

// Pauses before a server that is busy is asked again.
constexpr absl::Duration kLeastPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(5);

absl::Status ArgumentError(const report::Word& word, std::initializer_list<Value> values = {}) {
  return MakeError(ErrorReason::kArgumentInvalid, word, values);
}

// Blanks and line breaks would end the header or begin another one.
bool FitsHeader(std::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// The end of a long path tells more than its start: the server looks for a city in the file's name.
std::string UriToSend(const std::string& uri) {
  std::string sent = report::ToValidUtf8(uri);
  if (sent.size() <= kMaxUriBytes) return sent;
  size_t start = sent.size() - kMaxUriBytes;
  while (start < sent.size() && (static_cast<unsigned char>(sent[start]) >> 6) == 2) ++start;
  return sent.substr(start);
}

// What a failed call says of itself.
struct Failure {
  absl::Status status;
  // Set where the server is busy: how long it asks to be left alone.
  std::optional<absl::Duration> pause;
};

class GrpcPipeline final : public RemotePipeline {
 public:
  GrpcPipeline(const RemoteOptions& options, const std::shared_ptr<grpc::Channel>& channel)
      : options_(options),
        validation_(v1::ValidationService::NewStub(channel)),
        extraction_(v1::ExtractionService::NewStub(channel)),
        rules_(v1::RuleService::NewStub(channel)) {}

  absl::StatusOr<std::unique_ptr<Pipeline>> With(
      const std::vector<validation::RulePackFile>&) const override {
    return ArgumentError(messages::kRulesOfServer);
  }

  absl::StatusOr<Validation> Validate(std::string uri, std::string bytes,
                                      const PipelineOptions& options) const override {
    absl::StatusOr<core::Document> document = Segment(uri, bytes, options);
    if (!document.ok()) return document.status();
    v1::ValidateDocumentRequest request;
    SetRequest(uri, std::move(bytes), options, request);
    // The oldest comes first on the wire.
    for (auto report = options.earlier.rbegin(); report != options.earlier.rend(); ++report) {
      v1::Document* earlier = request.add_earlier_documents();
      earlier->set_uri(UriToSend((*report)->document.uri));
      earlier->set_content((*report)->document.source);
    }
    v1::ValidateDocumentResponse response;
    const absl::Status status = Call([&](grpc::ClientContext& context) {
      return validation_->ValidateDocument(&context, request, &response);
    });
    if (!status.ok()) return status;
    absl::StatusOr<Validation> validation = report::FromResponse(*std::move(document), response);
    if (validation.ok()) {
      const absl::Status cited = ResolveCited(options.earlier, *validation);
      if (!cited.ok()) return cited;
    }
    return validation;
  }

  absl::StatusOr<Validation> ExtractFigures(std::string uri, std::string bytes,
                                            const PipelineOptions& options) const override {
    absl::StatusOr<core::Document> document = Segment(uri, bytes, options);
    if (!document.ok()) return document.status();
    v1::ExtractFiguresRequest request;
    SetRequest(uri, std::move(bytes), options, request);
    // The digits of figures come with the evidence.
    request.mutable_options()->set_explain(true);
    v1::ExtractFiguresResponse response;
    const absl::Status status = Call([&](grpc::ClientContext& context) {
      return extraction_->ExtractFigures(&context, request, &response);
    });
    if (!status.ok()) return status;
    return report::FromResponse(*std::move(document), response);
  }

  absl::StatusOr<Validation> RecognizeMentions(std::string uri, std::string bytes,
                                               const PipelineOptions& options) const override {
    absl::StatusOr<Validation> validation =
        ExtractFigures(std::move(uri), std::move(bytes), options);
    if (validation.ok()) {
      validation->figures.clear();
      validation->summary.figures = 0;
      validation->summary.numbers_without_figure = validation->summary.number_mentions;
    }
    return validation;
  }

  absl::StatusOr<v1::Rule> GetRule(const std::string& rule_id) const override {
    v1::GetRuleRequest request;
    request.set_name(report::RuleName(rule_id));
    request.set_language(WireLanguage());
    v1::Rule rule;
    const absl::Status status = Call(
        [&](grpc::ClientContext& context) { return rules_->GetRule(&context, request, &rule); });
    if (!status.ok()) return status;
    return rule;
  }

  const std::vector<config::v1::Rule>& rules() const override { return no_rules_; }
  const std::vector<std::string>& rule_places() const override { return no_rule_places_; }
  // The server looks reports up by what its own rules call a series.
  std::string SeriesNameOf(const core::Figure& figure) const override {
    return std::string(figure.indicator);
  }

 private:
  static absl::StatusOr<core::Document> Segment(const std::string& uri, const std::string& bytes,
                                                const PipelineOptions& options) {
    return document::SegmentDocument(
        uri, bytes,
        {.max_document_bytes = options.max_document_bytes > 0
                                   ? options.max_document_bytes
                                   : PipelineOptions::kDefaultMaxDocumentBytes});
  }

  v1::Language WireLanguage() const {
    return options_.language == report::Language::kEnglish ? v1::LANGUAGE_EN : v1::LANGUAGE_ZH;
  }

  template <typename Request>
  void SetRequest(const std::string& uri, std::string bytes, const PipelineOptions& options,
                  Request& request) const {
    request.mutable_document()->set_uri(UriToSend(uri));
    request.mutable_document()->set_content(std::move(bytes));
    v1::ReadingOptions& reading = *request.mutable_options();
    if (options.reference_date.has_value()) {
      reading.set_reference_date(report::FormatCivilDay(*options.reference_date));
    }
    reading.set_home_area(report::ToValidUtf8(options.home_area));
    reading.set_language(WireLanguage());
    reading.set_view(v1::VIEW_FULL);
  }

  // Makes one call, again while the server is busy and there is time.
  template <typename Method>
  absl::Status Call(const Method& method) const {
    const absl::Time deadline = absl::Now() + options_.timeout;
    absl::Duration least_pause = kLeastPause;
    while (true) {
      grpc::ClientContext context;
      context.set_deadline(absl::ToChronoTime(deadline));
      if (!options_.token.empty()) context.AddMetadata("authorization", "Bearer " + options_.token);
      const grpc::Status status = method(context);
      if (status.ok()) return absl::OkStatus();
      const Failure failure = ToFailure(status);
      if (!failure.pause.has_value()) return failure.status;
      const absl::Duration pause = std::max(*failure.pause, least_pause);
      if (absl::Now() + pause >= deadline) return failure.status;
      absl::SleepFor(pause);
      least_pause = std::min(2 * least_pause, kLongestPause);
    }
  }

  Failure ToFailure(const grpc::Status& status) const {
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    google::rpc::RetryInfo retry;
    bool has_info = false;
    bool has_retry = false;
    if (details.ParseFromString(status.error_details())) {
      for (const auto& detail : details.details()) {
        if (detail.Is<google::rpc::ErrorInfo>()) has_info = detail.UnpackTo(&info);
        if (detail.Is<google::rpc::RetryInfo>()) has_retry = detail.UnpackTo(&retry);
      }
    }
    if (!has_info || info.domain() != "crossfoot.dev") return {TransportError(status), {}};
    const ErrorReason reason =
        core::ParseErrorReason(info.reason()).value_or(ErrorReason::kInternal);
    const std::map<std::string, std::string> metadata(info.metadata().begin(),
                                                      info.metadata().end());
    Failure failure;
    failure.status = reason == ErrorReason::kCredentialsMissing
                         ? MakeError(reason, messages::kSetToken,
                                     {status.error_message(), options_.address}, metadata)
                         : core::MakeError(reason, status.error_message(), metadata);
    if (has_retry &&
        (reason == ErrorReason::kServerBusy || reason == ErrorReason::kQuotaExceeded)) {
      failure.pause = absl::Seconds(retry.retry_delay().seconds()) +
                      absl::Nanoseconds(retry.retry_delay().nanos());
    }
    return failure;
  }

  // The error of a call that no service of ours has answered.
  absl::Status TransportError(const grpc::Status& status) const {
    const std::string& server = options_.address;
    const std::string why = status.error_message();
    switch (status.error_code()) {
      case grpc::StatusCode::UNAVAILABLE:
        return MakeError(ErrorReason::kInternal, messages::kUnreachable, {server, why});
      case grpc::StatusCode::DEADLINE_EXCEEDED:
        return MakeError(ErrorReason::kDeadlineExceeded, messages::kNoAnswer,
                         {server, absl::FormatDuration(options_.timeout)});
      case grpc::StatusCode::RESOURCE_EXHAUSTED:
        return MakeError(ErrorReason::kDocumentTooLarge, messages::kServerReceivesLess,
                         {server, why});
      case grpc::StatusCode::UNIMPLEMENTED:
        return MakeError(ErrorReason::kInternal, messages::kNoServerOfOurs, {server, why});
      case grpc::StatusCode::CANCELLED:
        return MakeError(ErrorReason::kCancelled, messages::kServerGaveUp, {server, why});
      default:
        return MakeError(ErrorReason::kInternal, messages::kServerFailed, {server, why});
    }
  }

  // Earlier reports were sent as UTF-8; gives citations their places in the bytes that were read,
  // and their paths as they were given.
  static absl::Status ResolveCited(const std::vector<const Validation*>& earlier,
                                   Validation& validation) {
    for (validation::CitedFigure& cited : validation.cited) {
      const bool found =
          std::any_of(earlier.begin(), earlier.end(), [&cited](const Validation* report) {
            const core::Document& document = report->document;
            if (UriToSend(document.uri) != cited.uri) return false;
            const core::TextSpan sent = cited.span;
            if (sent.start_byte < 0 || sent.end_byte < sent.start_byte ||
                static_cast<size_t>(sent.end_byte) > document.source.size()) {
              return false;
            }
            const core::TextSpan original = {document.encoding.OriginalOf(sent.start_byte),
                                             document.encoding.OriginalOf(sent.end_byte), sent.line,
                                             sent.column};
            if (!document.RangeOf(original).has_value()) return false;
            cited.uri = document.uri;
            cited.span = original;
            return true;
          });
      if (!found) {
        return AtPlace(validation.document.uri,
                       MakeError(ErrorReason::kInternal, messages::kOtherVersion));
      }
    }
    return absl::OkStatus();
  }

  const RemoteOptions options_;
  const std::unique_ptr<v1::ValidationService::Stub> validation_;
  const std::unique_ptr<v1::ExtractionService::Stub> extraction_;
  const std::unique_ptr<v1::RuleService::Stub> rules_;
  const std::vector<config::v1::Rule> no_rules_;
  const std::vector<std::string> no_rule_places_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RemotePipeline>> MakeRemotePipeline(const RemoteOptions& options) {
  const absl::StatusOr<server::ListenAddress> address = server::ParseListenAddress(options.address);
  if (!address.ok() || address->port == 0) {
    return ArgumentError(messages::kBadAddress, {options.address});
  }
  if (!FitsHeader(options.token)) {
    return ArgumentError(messages::kBadToken);
  }
  const bool loopback = address->loopback();
  if (!options.token.empty() && !options.tls.has_value() && !loopback) {
    return ArgumentError(messages::kTokenUnencrypted, {options.address});
  }
  grpc::ChannelArguments arguments;
  const embedded::File service_config = embedded::service_config().front();
  arguments.SetServiceConfigJSON(std::string(service_config.data, service_config.size));
  arguments.SetMaxReceiveMessageSize(-1);
  // What is larger than this buffer is never tried again; a request may hold several documents.
  arguments.SetInt(GRPC_ARG_PER_RPC_RETRY_BUFFER_SIZE, std::numeric_limits<int>::max());
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMilliseconds);
  // This machine is reached without the proxy of the environment, also by a token.
  if (loopback) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (options.tls.has_value()) {
    credentials = grpc::SslCredentials({.pem_root_certs = options.tls->roots,
                                        .pem_private_key = options.tls->key,
                                        .pem_cert_chain = options.tls->certificate});
  }
  return std::make_unique<GrpcPipeline>(
      options, grpc::CreateCustomChannel(options.address, credentials, arguments));
}

}  // namespace crossfoot::cli
