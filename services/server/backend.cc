#include "services/server/backend.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "services/report/version.h"
#include "services/server/credentials.h"
#include "services/server/timed_store.h"
#include "services/store/sqlite_document_store.h"
#include "services/validation/rule_examples.h"

namespace crossfoot::server {
namespace {

using telemetry::Level;

Level LevelOf(const config::v1::Server::Log& log) {
  switch (log.level()) {
    case config::v1::Server::Log::LEVEL_WARNING:
      return Level::kWarning;
    case config::v1::Server::Log::LEVEL_ERROR:
      return Level::kError;
    default:
      return Level::kInfo;
  }
}

absl::StatusOr<std::string> ReadWhole(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    return core::MakeError(core::ErrorReason::kFileNotFound, absl::StrCat(path, ": no such file"));
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (S_ISDIR(status.st_mode) || !file || !(text << file.rdbuf() || status.st_size == 0))
    return core::MakeError(core::ErrorReason::kFileUnreadable,
                           absl::StrCat(path, ": cannot be read"));
  return std::move(text).str();
}

// What changes when a file does: a new one in its place, a new size, a new time.
std::string FingerprintOf(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return "none";
  return absl::StrCat(status.st_dev, "|", status.st_ino, "|", status.st_size, "|",
                      status.st_mtim.tv_sec, "|", status.st_mtim.tv_nsec);
}

std::vector<std::string> FingerprintsOf(const config::v1::Server& config) {
  std::vector<std::string> fingerprints = {FingerprintOf(config.clients_file())};
  for (const std::string& file : config.rule_pack_files())
    fingerprints.push_back(FingerprintOf(file));
  return fingerprints;
}

// The rules of `config` beside those of `built_in`.
absl::StatusOr<std::unique_ptr<validation::Pipeline>> ReadRules(
    const config::v1::Server& config, const validation::Pipeline& built_in) {
  std::vector<validation::RulePackFile> packs;
  for (const std::string& path : config.rule_pack_files()) {
    absl::StatusOr<std::string> text = ReadWhole(path);
    if (!text.ok()) return text.status();
    packs.push_back({path, *std::move(text)});
  }
  absl::StatusOr<std::unique_ptr<validation::Pipeline>> made = built_in.With(packs);
  if (!made.ok()) return made.status();
  // Whoever brings rules learns at once whether they do what they say.
  if (!packs.empty()) {
    const absl::Status examples = validation::CheckExamples(**made);
    if (!examples.ok()) return examples;
  }
  return made;
}

absl::StatusOr<std::shared_ptr<const access::ClientDirectory>> ReadClients(
    const std::string& path) {
  const absl::StatusOr<std::string> text = ReadWhole(path);
  if (!text.ok()) return text.status();
  return access::ClientDirectory::Load(path, *text);
}

}  // namespace

absl::Status CheckFiles(const config::v1::Server& config, const MakePipeline& make_pipeline) {
  if (config.has_tls()) {
    const absl::Status tls = CheckTlsFiles(config.tls());
    if (!tls.ok()) return tls;
  }
  if (!config.clients_file().empty()) {
    const absl::Status clients = ReadClients(config.clients_file()).status();
    if (!clients.ok()) return clients;
  }
  const absl::StatusOr<std::unique_ptr<validation::Pipeline>> built_in = make_pipeline({});
  if (!built_in.ok()) return built_in.status();
  const absl::Status rules = ReadRules(config, **built_in).status();
  if (!rules.ok()) return rules;
  // One that is not there yet is made by the server.
  if (FingerprintOf(config.store().file()) == "none") return absl::OkStatus();
  return store::OpenSqliteDocumentStore({.file = config.store().file()}).status();
}

Backend::Backend(config::v1::Server config, LogSink log)
    : config_(std::move(config)),
      log_(std::move(log)),
      logger_(
          LevelOf(config_.log()), log_.write ? log_.write : [](std::string_view) {}),
      metrics_(report::kVersion),
      admission_(config_.limits().max_calls(), config_.limits().max_request_bytes()) {}

absl::StatusOr<std::unique_ptr<Backend>> Backend::Create(config::v1::Server config,
                                                         const MakePipeline& make_pipeline,
                                                         LogSink log) {
  std::unique_ptr<Backend> backend(new Backend(std::move(config), std::move(log)));
  absl::StatusOr<std::unique_ptr<validation::Pipeline>> built_in = make_pipeline({});
  if (!built_in.ok()) return built_in.status();
  backend->built_in_ = *std::move(built_in);
  absl::StatusOr<std::unique_ptr<store::DocumentStore>> opened = store::OpenSqliteDocumentStore(
      {.file = backend->config_.store().file(), .max_bytes = backend->config_.store().max_bytes()});
  if (!opened.ok()) return opened.status();
  backend->store_ = TimedStore(*std::move(opened), backend->metrics_);
  const absl::Status read = backend->Reload();
  if (!read.ok()) return read;
  return backend;
}

std::shared_ptr<const validation::Pipeline> Backend::pipeline() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return pipeline_;
}

std::shared_ptr<const access::ClientDirectory> Backend::clients() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return clients_;
}

absl::Status Backend::ReloadRules() {
  absl::StatusOr<std::unique_ptr<validation::Pipeline>> made = ReadRules(config_, *built_in_);
  if (!made.ok()) return made.status();
  std::shared_ptr<const validation::Pipeline> pipeline = *std::move(made);
  const std::lock_guard<std::mutex> lock(mutex_);
  pipeline_.swap(pipeline);
  return absl::OkStatus();
}

absl::Status Backend::ReloadClients() {
  absl::StatusOr<std::shared_ptr<const access::ClientDirectory>> clients =
      ReadClients(config_.clients_file());
  if (!clients.ok()) return clients.status();
  const std::lock_guard<std::mutex> lock(mutex_);
  clients_.swap(*clients);
  return absl::OkStatus();
}

void Backend::LogReload(std::string_view what, const absl::Status& status) {
  telemetry::LogRecord record(status.ok() ? Level::kInfo : Level::kError, "reload");
  record.Add("what", what).Add("ok", status.ok());
  if (!status.ok()) record.Add("error", std::string(status.message()));
  logger_.Write(record);
}

absl::Status Backend::Reload() {
  const std::lock_guard<std::mutex> lock(reload_mutex_);
  // Before the files are read, so that a change meanwhile is seen the next time.
  fingerprints_ = FingerprintsOf(config_);
  const absl::Status rules = ReloadRules();
  metrics_.ReloadDone(telemetry::Reloadable::kRules, rules.ok());
  LogReload("rules", rules);
  if (config_.clients_file().empty()) return rules;
  const absl::Status clients = ReloadClients();
  metrics_.ReloadDone(telemetry::Reloadable::kClients, clients.ok());
  LogReload("clients", clients);
  return rules.ok() ? clients : rules;
}

void Backend::ReloadWhenChanged() {
  {
    const std::lock_guard<std::mutex> lock(reload_mutex_);
    if (fingerprints_ == FingerprintsOf(config_)) return;
  }
  Reload().IgnoreError();  // it is logged
}

}  // namespace crossfoot::server
