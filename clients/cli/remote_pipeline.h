#ifndef CROSSFOOT_CLIENTS_CLI_REMOTE_PIPELINE_H_
#define CROSSFOOT_CLIENTS_CLI_REMOTE_PIPELINE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cpp/client.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

namespace crossfoot::cli {

// How a server is reached and asked.
struct RemoteOptions {
  std::string address = {};  // "host:port", "[v6]:port"

  // How long a call may take, with the attempts that fail and the waiting between them.
  absl::Duration timeout = absl::Seconds(60);

  using Tls = client::Certificates;
  std::optional<Tls> tls = std::nullopt;  // nullopt: nothing is encrypted

  // Sent with each call as "authorization: Bearer …"; empty: nothing is.
  std::string token = {};

  // The program that reads PDF (validation::PipelineSettings).
  std::string pdf_reader = {};

  // Of the messages in the results.
  report::Language language = report::Language::kChinese;
};

class RemotePipeline : public validation::Pipeline {
 public:
  // The server's rule with this id, in the language of the messages, with its examples.
  // kRuleNotFound, and what calls give.
  virtual absl::StatusOr<v1::Rule> GetRule(const std::string& rule_id) const = 0;
};

// A pipeline whose work a server does by crossfoot.v1.  Documents are segmented here as well, since
// writers show the words around a figure, so whatever makes a document unreadable is told without a
// call and as the pipeline in process tells it.  Results have what services/report/from_response.h
// gives.  `PipelineOptions::earlier` must be results of this pipeline; their documents go with each
// call.
//
// Nothing is sent until a document is read.  A server that cannot be reached is tried a few times
// with growing pauses; one that has too much to do, until the timeout.  Safe to share between
// threads.  Has no `rules()` to tell, and With is kArgumentInvalid: the server has its own.
//
// Creation fails with kArgumentInvalid for an address that is none, for a token that cannot be sent
// in a header, for one that would leave this machine unencrypted, and for a certificate without its
// key.
//
// Errors of calls have the reason that the server gave.  Without one: kDeadlineExceeded after the
// timeout; kDocumentTooLarge for a request above what the server receives; kInternal for a server
// that cannot be reached, is none of ours or gives an answer that does not fit.
absl::StatusOr<std::unique_ptr<RemotePipeline>> MakeRemotePipeline(const RemoteOptions& options);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_REMOTE_PIPELINE_H_
