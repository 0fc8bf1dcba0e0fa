#include "services/server/config.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/error.h"
#include "proto/crossfoot/config/textproto.h"
#include "services/server/listen_address.h"
#include "services/validation/pipeline.h"

namespace crossfoot::server {
namespace {

using config::v1::Server;

absl::Status FieldError(std::string_view field, const std::string& message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid,
                         absl::StrCat(std::string(field), ": ", message),
                         {{"field", std::string(field)}});
}

// Puts `standard` in the place of 0 and looks whether `value` is from `least` to `most`.
template <typename Message, typename Number>
absl::Status Complete(Message* message, Number value, void (Message::*set)(Number),
                      std::string_view field, Number standard, Number least, Number most) {
  if (value == 0) (message->*set)(standard);
  if (value == 0 || (value >= least && value <= most)) return absl::OkStatus();
  return FieldError(field, absl::StrCat("must be from ", least, " to ", most));
}

absl::Status CompleteLimits(Server::Limits* limits) {
  using Limits = Server::Limits;
  constexpr int32_t kMostMs = 24 * 3600 * 1000;
  const int32_t processors = std::max(1, static_cast<int32_t>(std::thread::hardware_concurrency()));
  const std::vector<absl::Status> faults = {
      Complete<Limits, int64_t>(limits, limits->max_document_bytes(),
                                &Limits::set_max_document_bytes, "limits.max_document_bytes",
                                validation::PipelineOptions::kDefaultMaxDocumentBytes, 1,
                                kMaxDocumentBytesLimit),
      Complete<Limits, int32_t>(limits, limits->max_figures(), &Limits::set_max_figures,
                                "limits.max_figures",
                                validation::PipelineOptions::kDefaultMaxFigures, 1, 100'000'000),
      Complete<Limits, int32_t>(limits, limits->max_calls(), &Limits::set_max_calls,
                                "limits.max_calls", 64, 1, 65536),
      Complete<Limits, int64_t>(limits, limits->max_request_bytes(), &Limits::set_max_request_bytes,
                                "limits.max_request_bytes", int64_t{256} << 20, 1,
                                int64_t{1} << 40),
      Complete<Limits, int32_t>(limits, limits->max_call_ms(), &Limits::set_max_call_ms,
                                "limits.max_call_ms", 60'000, 1, kMostMs),
      Complete<Limits, int32_t>(limits, limits->workers(), &Limits::set_workers, "limits.workers",
                                processors, 1, 1024),
      Complete<Limits, int32_t>(limits, limits->stream_stall_ms(), &Limits::set_stream_stall_ms,
                                "limits.stream_stall_ms", 30'000, 1, kMostMs),
      Complete<Limits, int32_t>(limits, limits->max_streams(), &Limits::set_max_streams,
                                "limits.max_streams", 64, 1, 65536),
      Complete<Limits, int32_t>(limits, limits->drain_ms(), &Limits::set_drain_ms,
                                "limits.drain_ms", 20'000, 1, kMostMs),
  };
  for (const absl::Status& fault : faults) {
    if (!fault.ok()) return fault;
  }
  return absl::OkStatus();
}

absl::Status CheckAddress(const Server& config, const std::string& address,
                          std::string_view field) {
  const absl::StatusOr<ListenAddress> parsed = ParseListenAddress(address);
  if (!parsed.ok()) return FieldError(field, std::string(parsed.status().message()));
  if (parsed->loopback() || config.has_tls() || config.allow_insecure_remote())
    return absl::OkStatus();
  return FieldError(field, absl::StrCat("refused to listen on ", address,
                                        ": other machines can reach it, and nothing is encrypted; "
                                        "listen on 127.0.0.1, set tls, or allow it with "
                                        "--allow-insecure-remote behind a proxy that encrypts"));
}

}  // namespace

absl::StatusOr<Server> CompleteConfig(Server config) {
  if (config.grpc().listen_address().empty())
    config.mutable_grpc()->set_listen_address("127.0.0.1:50051");
  absl::Status fault = CheckAddress(config, config.grpc().listen_address(), "grpc.listen_address");
  if (fault.ok() && config.has_http()) {
    fault = CheckAddress(config, config.http().listen_address(), "http.listen_address");
    if (fault.ok()) {
      fault = Complete<Server::Http, int32_t>(
          config.mutable_http(), config.http().max_connections(),
          &Server::Http::set_max_connections, "http.max_connections", 64, 1, 1024);
    }
  }
  if (fault.ok() && config.has_tls()) {
    if (config.tls().certificate_file().empty())
      fault = FieldError("tls.certificate_file", "must be set");
    if (config.tls().private_key_file().empty())
      fault = FieldError("tls.private_key_file", "must be set");
  }
  if (fault.ok()) fault = CompleteLimits(config.mutable_limits());
  if (fault.ok()) {
    fault = Complete<Server::Store, int64_t>(config.mutable_store(), config.store().max_bytes(),
                                             &Server::Store::set_max_bytes, "store.max_bytes",
                                             int64_t{1} << 30, int64_t{1} << 20, int64_t{1} << 44);
  }
  if (fault.ok() && !Server::Log::Level_IsValid(config.log().level()))
    fault = FieldError("log.level", "not a level of this version");
  if (!fault.ok()) return fault;
  return config;
}

absl::StatusOr<Server> LoadConfig(const std::string& path, const std::string& text) {
  Server config;
  config::Locations locations;
  const absl::Status parsed = config::Parse(path, text, &config, &locations);
  if (!parsed.ok()) return parsed;
  const absl::Status fault = CompleteConfig(config).status();
  if (!fault.ok()) {
    const std::string field = core::MetadataOf(fault)["field"];
    const std::vector<std::string> names = absl::StrSplit(field, '.');
    // "line:column" of the innermost part that was printed.
    const std::string place =
        locations.PlaceOf(config, names.front().c_str(), -1, {names.begin() + 1, names.end()});
    const std::vector<std::string> line = absl::StrSplit(place, ':');
    return core::MakeError(core::ErrorReason::kDataInvalid,
                           absl::StrCat(path, ":", place, ": ", fault.message()),
                           {{"file", path}, {"line", line.front()}, {"field", field}});
  }
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  const auto resolve = [&folder](std::string* file) {
    if (!file->empty() && !absl::StartsWith(*file, "/")) file->insert(0, folder);
  };
  if (config.has_tls()) {
    resolve(config.mutable_tls()->mutable_certificate_file());
    resolve(config.mutable_tls()->mutable_private_key_file());
    resolve(config.mutable_tls()->mutable_client_ca_file());
  }
  resolve(config.mutable_clients_file());
  if (config.has_store()) resolve(config.mutable_store()->mutable_file());
  for (std::string& file : *config.mutable_rule_pack_files()) resolve(&file);
  return config;
}

}  // namespace crossfoot::server
