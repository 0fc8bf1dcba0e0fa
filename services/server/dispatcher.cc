#include "services/server/dispatcher.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/error.h"
#include "core/sha256.h"
#include "core/verdict.h"
#include "crossfoot/v1/document.pb.h"
#include "services/access/token.h"
#include "services/server/process_scheduling.h"
#include "services/telemetry/logger.h"

namespace crossfoot::server {
namespace {

using Clock = core::Cancellation::Clock;
using telemetry::Level;
using telemetry::LogRecord;

constexpr size_t kMaxRequestIdBytes = 128;

// Of the memory that the messages of a call share.
constexpr size_t kArenaBlockBytes = 128 << 10;
constexpr size_t kMaxArenaBlockBytes = 1 << 20;

// A defect, or a limit that an operator set.
Level LevelOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kUnavailable:
      return Level::kError;
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
      return Level::kWarning;
    default:
      return Level::kInfo;
  }
}

// Adds the texts of the documents in `request` and in the messages inside it.
void AddDocuments(const google::protobuf::Message& request, LogRecord& record, int* count) {
  if (request.GetDescriptor() == v1::Document::descriptor()) {
    const auto& document = static_cast<const v1::Document&>(request);
    const std::string& text = document.has_text() ? document.text() : document.content();
    record.Add(absl::StrCat("document", ++*count), text);
    return;
  }
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(request, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      AddDocuments(reflection.GetMessage(request, field), record, count);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(request, field); ++i)
      AddDocuments(reflection.GetRepeatedMessage(request, field, i), record, count);
  }
}

// Where the messages of a call live.
struct MessageMemory {
  // With the block of an earlier call, or null.
  explicit MessageMemory(std::unique_ptr<char[]> of_earlier) : block(std::move(of_earlier)) {
    if (block == nullptr) block = std::make_unique<char[]>(kArenaBlockBytes);
    google::protobuf::ArenaOptions options;
    options.initial_block = block.get();
    options.initial_block_size = kArenaBlockBytes;
    options.max_block_size = kMaxArenaBlockBytes;
    arena = std::make_unique<google::protobuf::Arena>(options);
  }

  std::unique_ptr<char[]> block;
  std::unique_ptr<google::protobuf::Arena> arena;  // goes before the block
};

void CountReading(const validation::Validation& read, telemetry::Metrics& metrics) {
  metrics.BytesRead(static_cast<int64_t>(read.document.source.size()));
  using telemetry::Stage;
  for (const auto& [stage, took] :
       {std::pair(Stage::kDocument, read.times.document),
        std::pair(Stage::kMention, read.times.mention),
        std::pair(Stage::kFigure, read.times.figure), std::pair(Stage::kCheck, read.times.check)}) {
    if (took.count() > 0) metrics.StageDone(stage, absl::FromChrono(took));
  }
  using core::Verdict;
  const validation::Summary& summary = read.summary;
  for (const auto& [verdict, count] :
       {std::pair(Verdict::kExact, summary.checks_exact),
        std::pair(Verdict::kWithinRounding, summary.checks_within_rounding),
        std::pair(Verdict::kTruncated, summary.checks_truncated),
        std::pair(Verdict::kInconsistent, summary.checks_inconsistent),
        std::pair(Verdict::kUndetermined, summary.checks_undetermined),
        std::pair(Verdict::kNotApplicable, summary.checks_not_applicable),
        std::pair(Verdict::kBlocked, summary.checks_blocked)}) {
    if (count > 0) metrics.ChecksDone(verdict, count);
  }
  for (const core::Finding& finding : read.findings)
    metrics.FindingsMade(finding.rule_id, finding.severity, 1);
}

absl::Duration Since(Clock::time_point start) { return absl::FromChrono(Clock::now() - start); }

}  // namespace

CallInfo MakeCallInfo(telemetry::Transport transport, std::string authorization,
                      std::string_view traceparent, std::string request_id, std::string peer) {
  const auto trace = telemetry::TraceContext::ForCall(traceparent);
  // The log is not the caller's to fill.
  if (request_id.empty() || request_id.size() > kMaxRequestIdBytes)
    request_id = std::string(trace.span_id());
  return {.transport = transport,
          .authorization = std::move(authorization),
          .trace = trace,
          .traced = !traceparent.empty(),
          .request_id = std::move(request_id),
          .peer = std::move(peer)};
}

struct Dispatcher::Work {
  std::shared_ptr<const Caller> caller;
  const method::Method* method;
  Exchange* exchange;
  Cancellation cancellation;
  admission::Admission::Ticket ticket;
  Clock::time_point start = Clock::now();
  absl::Duration waited = {};
  const google::protobuf::Message* request = nullptr;  // once it was read
  // What was read for it.
  int64_t bytes = 0;
  int64_t figures = 0;
  int64_t checks = 0;
  int64_t findings = 0;
};

Dispatcher::Dispatcher(Backend& backend)
    : backend_(backend), reclaimer_(1), workers_(backend.config().limits().workers()) {
  reclaimer_.Submit(GiveWay);  // its one thread
}

absl::StatusOr<access::Client> Dispatcher::FindClient(const access::ClientDirectory& directory,
                                                      std::string_view digest,
                                                      const method::Method& method) const {
  absl::StatusOr<access::Client> client =
      directory.FindByDigest(digest, absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()));
  if (!client.ok()) return client.status();
  const absl::Status allowed = access::Authorize(*client, method.role);
  if (!allowed.ok()) return allowed;
  return client;
}

absl::Status Dispatcher::Recheck(const Caller& caller, const method::Method& method) const {
  const auto directory = backend_.clients();
  if (directory == nullptr) return absl::OkStatus();
  return FindClient(*directory, caller.token_digest, method).status();
}

absl::StatusOr<std::shared_ptr<const Caller>> Dispatcher::Identify(CallInfo info,
                                                                   const method::Method& method) {
  // A secret lives no longer than it must.
  const std::string authorization = std::exchange(info.authorization, "");
  const auto caller = std::make_shared<Caller>(Caller{std::move(info), std::nullopt, ""});
  const auto directory = backend_.clients();
  if (directory == nullptr) return caller;
  const absl::StatusOr<std::string_view> token = access::BearerToken(authorization);
  absl::Status refused = token.status();
  if (token.ok()) {
    caller->token_digest = core::Sha256Hex(*token);
    absl::StatusOr<access::Client> client = FindClient(*directory, caller->token_digest, method);
    refused = client.status();
    if (client.ok()) caller->client = *std::move(client);
  }
  if (refused.ok()) return caller;
  Refused(caller->info, method, refused);
  return refused;
}

Dispatcher::Cancellation Dispatcher::MakeCancellation(const Caller& caller) const {
  const auto longest = std::chrono::milliseconds(backend_.config().limits().max_call_ms());
  return std::make_shared<core::Cancellation>(
      std::min(caller.info.deadline, Clock::now() + longest));
}

absl::StatusOr<admission::Admission::Ticket> Dispatcher::Admit(int64_t bytes) {
  return backend_.admission().Admit(bytes);
}

absl::StatusOr<std::unique_ptr<Dispatcher::StreamTicket>> Dispatcher::AdmitStream() {
  const int32_t most = backend_.config().limits().max_streams();
  if (++streams_ > most) {
    --streams_;
    return core::MakeError(core::ErrorReason::kServerBusy,
                           absl::StrCat("the server has ", most,
                                        " streams open, as many as it accepts; try again later"),
                           {{"limit", "max_streams"}, {"max_streams", absl::StrCat(most)}});
  }
  return std::make_unique<StreamTicket>(streams_);
}

void Dispatcher::Start(std::shared_ptr<const Caller> caller, const method::Method& method,
                       int64_t request_bytes, Exchange& exchange, Cancellation cancellation,
                       admission::Admission::Ticket ticket) {
  if (caller->client.has_value()) {
    const absl::Status refused =
        backend_.quotas().Take(*caller->client, request_bytes, absl::Now());
    if (!refused.ok()) {
      Refused(caller->info, method, refused);
      { const admission::Admission::Ticket released = std::move(ticket); }
      exchange.Done(refused);
      return;
    }
  }
  auto work = std::make_shared<Work>(Work{.caller = std::move(caller),
                                          .method = &method,
                                          .exchange = &exchange,
                                          .cancellation = std::move(cancellation),
                                          .ticket = std::move(ticket)});
  workers_.Submit([this, work = std::move(work)] { Run(*work); });
}

void Dispatcher::Run(Work& work) {
  work.waited = Since(work.start);
  absl::Status status = work.cancellation->status();
  if (!status.ok()) {
    Tell(work, status);
  } else {
    // Most messages fit into the block that a worker keeps for them.
    thread_local std::unique_ptr<char[]> block;
    MessageMemory memory(std::move(block));
    status = Answer(work, memory.arena.get());
    Tell(work, status);
    if (work.cancellation->stopped()) {
      work.cancellation->Leave(std::move(memory));
    } else {
      memory.arena.reset();
      block = std::move(memory.block);
    }
  }
  // No more calls may wait to be freed than are in work.
  if (std::vector<std::shared_ptr<void>> remains = work.cancellation->TakeRemains();
      !remains.empty() && reclaimer_.waiting() < backend_.config().limits().workers())
    reclaimer_.Submit([remains = std::move(remains)]() mutable { remains.clear(); });
  // The room is free before the caller can ask for it again.
  { const admission::Admission::Ticket released = std::move(work.ticket); }
  work.exchange->Done(status);
}

absl::Status Dispatcher::Answer(Work& work, google::protobuf::Arena* arena) {
  google::protobuf::Message* const request =
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(work.method->descriptor->input_type())
          ->New(arena);
  if (absl::Status status = work.exchange->Read(request); !status.ok()) return status;
  work.request = request;
  const std::shared_ptr<const validation::Pipeline> pipeline = backend_.pipeline();
  const config::v1::Server::Limits& limits = backend_.config().limits();
  telemetry::Metrics& metrics = backend_.metrics();
  const method::Call call{
      .pipeline = *pipeline,
      .store = backend_.store(),
      .reports = backend_.reports(),
      .max_document_bytes = limits.max_document_bytes(),
      .max_figures = limits.max_figures(),
      .cancellation = work.cancellation.get(),
      .client = work.caller->client.has_value() ? &*work.caller->client : nullptr,
      .observe = [&work, &metrics](const validation::Validation& read) {
        work.bytes += static_cast<int64_t>(read.document.source.size());
        work.figures += read.summary.figures;
        work.checks += read.summary.checks;
        work.findings += read.summary.findings;
        CountReading(read, metrics);
      }};
  const absl::StatusOr<google::protobuf::Message*> response =
      work.method->run(call, *request, arena);
  if (!response.ok()) return response.status();
  // A response that nobody waits for is not worth its encoding.
  if (absl::Status status = work.cancellation->status(); !status.ok()) return status;
  return work.exchange->Write(*response);
}

void Dispatcher::Tell(const Work& work, const absl::Status& status) {
  const absl::Duration took = Since(work.start);
  const CallInfo& info = work.caller->info;
  backend_.metrics().CallDone(info.transport, work.method->descriptor->name(), status.code(), took);
  const Level level = LevelOf(status);
  if (!backend_.logger().Enabled(level)) return;
  LogRecord record(level, "call");
  record.Add("method", work.method->descriptor->name())
      .Add("transport", info.transport == telemetry::Transport::kGrpc ? "grpc" : "http")
      .Add("code", absl::StatusCodeToString(status.code()));
  if (const auto reason = core::ReasonOf(status); reason.has_value())
    record.Add("reason", core::ToString(*reason));
  record.Add("ms", absl::ToDoubleMilliseconds(took))
      .Add("waited_ms", absl::ToDoubleMilliseconds(work.waited))
      .Add("bytes", work.bytes)
      .Add("figures", work.figures)
      .Add("checks", work.checks)
      .Add("findings", work.findings);
  if (work.caller->client.has_value()) record.Add("client", work.caller->client->name);
  record.Add("peer", info.peer)
      .Add("request_id", info.request_id)
      .Add("trace_id", info.trace.trace_id())
      .Add("span_id", info.trace.span_id());
  // What other errors say may quote the document.
  if (level == Level::kError) record.Add("error", std::string(status.message()));
  if (backend_.config().log().documents() && work.request != nullptr) {
    int count = 0;
    AddDocuments(*work.request, record, &count);
  }
  backend_.logger().Write(record);
}

void Dispatcher::Refused(const CallInfo& info, const method::Method& method,
                         const absl::Status& status) {
  backend_.metrics().CallDone(info.transport, method.descriptor->name(), status.code(),
                              absl::ZeroDuration());
  const Level level = std::max(LevelOf(status), Level::kWarning);
  if (!backend_.logger().Enabled(level)) return;
  LogRecord record(level, "call refused");
  record.Add("method", method.descriptor->name())
      .Add("transport", info.transport == telemetry::Transport::kGrpc ? "grpc" : "http")
      .Add("code", absl::StatusCodeToString(status.code()));
  if (const auto reason = core::ReasonOf(status); reason.has_value())
    record.Add("reason", core::ToString(*reason));
  record.Add("peer", info.peer)
      .Add("request_id", info.request_id)
      .Add("trace_id", info.trace.trace_id())
      .Add("span_id", info.trace.span_id());
  backend_.logger().Write(record);
}

std::string Dispatcher::Scrape() const {
  const admission::Admission::Load load = backend_.admission().load();
  return backend_.metrics().Scrape({.calls_in_work = load.calls,
                                    .calls_waiting = workers_.waiting(),
                                    .request_bytes_in_work = load.bytes,
                                    .log_lines_dropped = backend_.log_lines_dropped()});
}

}  // namespace crossfoot::server
