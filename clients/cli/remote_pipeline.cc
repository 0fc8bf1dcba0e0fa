#include "clients/cli/remote_pipeline.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "clients/cpp/call_error.h"
#include "clients/cpp/client.h"
#include "core/document.h"
#include "core/error.h"
#include "core/text_span.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "google/rpc/error_details.pb.h"
#include "services/document/segment.h"
#include "services/report/civil_day.h"
#include "services/report/from_response.h"
#include "services/report/rule_response.h"
#include "services/report/utf8.h"

namespace crossfoot::cli {
namespace {

using core::ErrorReason;
using validation::Pipeline;
using validation::PipelineOptions;
using validation::Validation;

// Longest `Document.uri` of a request, in bytes.
constexpr size_t kMaxUriBytes = 2048;

// Pauses before a server that is busy is asked again.
constexpr absl::Duration kLeastPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(5);

absl::Status ArgumentError(const report::Word& word, std::initializer_list<Value> values = {}) {
  return MakeError(ErrorReason::kArgumentInvalid, word, values);
}

std::string MessageOf(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

// The end of a long path tells more than its start: the server looks for a city in the file's name.
std::string UriToSend(const std::string& uri) {
  std::string sent = report::ToValidUtf8(uri);
  if (sent.size() <= kMaxUriBytes) return sent;
  size_t start = sent.size() - kMaxUriBytes;
  while (start < sent.size() && (static_cast<unsigned char>(sent[start]) >> 6) == 2) ++start;
  return sent.substr(start);
}

class ClientPipeline final : public RemotePipeline {
 public:
  ClientPipeline(const RemoteOptions& options, client::Client client)
      : options_(options), client_(std::move(client)) {}

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
      const core::Document& document = (*report)->document;
      earlier->set_content(document.original.empty() ? document.source : document.original);
    }
    const absl::StatusOr<v1::ValidateDocumentResponse> response =
        Call<v1::ValidateDocumentResponse>(
            [&](const client::CallOptions& call) { return client_.Check(request, call); });
    if (!response.ok()) return response.status();
    absl::StatusOr<Validation> validation = report::FromResponse(*std::move(document), *response);
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
    const absl::StatusOr<v1::ExtractFiguresResponse> response = Call<v1::ExtractFiguresResponse>(
        [&](const client::CallOptions& call) { return client_.Extract(request, call); });
    if (!response.ok()) return response.status();
    return report::FromResponse(*std::move(document), *response);
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
    return Call<v1::Rule>(
        [&](const client::CallOptions& call) { return client_.GetRule(request, call); });
  }

  const std::vector<config::v1::Rule>& rules() const override { return no_rules_; }
  const std::vector<std::string>& rule_places() const override { return no_rule_places_; }
  // The server looks reports up by what its own rules call a series.
  std::string SeriesNameOf(const core::Figure& figure) const override {
    return std::string(figure.indicator);
  }

 private:
  absl::StatusOr<core::Document> Segment(const std::string& uri, const std::string& bytes,
                                         const PipelineOptions& options) const {
    return document::SegmentDocument(
        uri, bytes,
        {.max_document_bytes = options.max_document_bytes > 0
                                   ? options.max_document_bytes
                                   : PipelineOptions::kDefaultMaxDocumentBytes,
         .pdf_reader = options_.pdf_reader});
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
  template <typename Response, typename Method>
  absl::StatusOr<Response> Call(const Method& method) const {
    const absl::Time deadline = absl::Now() + options_.timeout;
    absl::Duration least_pause = kLeastPause;
    while (true) {
      absl::StatusOr<Response> response =
          method(client::CallOptions{.timeout = deadline - absl::Now()});
      if (response.ok()) return response;
      const std::optional<absl::Duration> wanted = PauseOf(response.status());
      if (!wanted.has_value()) return Explain(response.status());
      const absl::Duration pause = std::max(*wanted, least_pause);
      if (absl::Now() + pause >= deadline) return Explain(response.status());
      absl::SleepFor(pause);
      least_pause = std::min(2 * least_pause, kLongestPause);
    }
  }

  // How long a server that is busy asks to be left alone; nullopt for any other error.
  static std::optional<absl::Duration> PauseOf(const absl::Status& status) {
    const std::optional<ErrorReason> reason = core::ReasonOf(status);
    if (reason != ErrorReason::kServerBusy && reason != ErrorReason::kQuotaExceeded)
      return std::nullopt;
    return client::RetryDelayOf(status);
  }

  // The error of a call with what somebody at the command line can do.
  absl::Status Explain(const absl::Status& status) const {
    const std::optional<google::rpc::ErrorInfo> info = client::ErrorInfoOf(status);
    if (!info.has_value()) return TransportError(status);
    const ErrorReason reason = core::ReasonOf(status).value_or(ErrorReason::kInternal);
    const std::map<std::string, std::string> metadata(info->metadata().begin(),
                                                      info->metadata().end());
    return reason == ErrorReason::kCredentialsMissing
               ? MakeError(reason, messages::kSetToken, {MessageOf(status), options_.address},
                           metadata)
               : core::MakeError(reason, MessageOf(status), metadata);
  }

  // The error of a call that no service of ours has answered.
  absl::Status TransportError(const absl::Status& status) const {
    const std::string& server = options_.address;
    const std::string why = MessageOf(status);
    switch (status.code()) {
      case absl::StatusCode::kUnavailable:
        return MakeError(ErrorReason::kInternal, messages::kUnreachable, {server, why});
      case absl::StatusCode::kDeadlineExceeded:
        return MakeError(ErrorReason::kDeadlineExceeded, messages::kNoAnswer,
                         {server, absl::FormatDuration(options_.timeout)});
      case absl::StatusCode::kResourceExhausted:
        return MakeError(ErrorReason::kDocumentTooLarge, messages::kServerReceivesLess,
                         {server, why});
      case absl::StatusCode::kUnimplemented:
        return MakeError(ErrorReason::kInternal, messages::kNoServerOfOurs, {server, why});
      case absl::StatusCode::kCancelled:
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
  const client::Client client_;
  const std::vector<config::v1::Rule> no_rules_;
  const std::vector<std::string> no_rule_places_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RemotePipeline>> MakeRemotePipeline(const RemoteOptions& options) {
  client::ClientOptions client_options;
  client_options.token = options.token;
  client_options.certificates = options.tls.value_or(RemoteOptions::Tls());
  absl::StatusOr<client::Client> client = client::Client::Connect(
      (options.tls.has_value() ? "https://" : "http://") + options.address, client_options);
  if (client.ok()) return std::make_unique<ClientPipeline>(options, *std::move(client));
  const std::string field = core::MetadataOf(client.status())["field"];
  if (field == "target") return ArgumentError(messages::kBadAddress, {options.address});
  if (field == "encryption") {
    return ArgumentError(messages::kTokenUnencrypted, {options.address});
  }
  if (field == "token") return ArgumentError(messages::kBadToken);
  return AtPlace("--tls-cert, --tls-key", client.status());
}

}  // namespace crossfoot::cli
