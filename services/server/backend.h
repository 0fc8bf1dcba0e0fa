#ifndef CROSSFOOT_SERVICES_SERVER_BACKEND_H_
#define CROSSFOOT_SERVICES_SERVER_BACKEND_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "crossfoot/config/v1/server.pb.h"
#include "services/access/client_directory.h"
#include "services/access/quota.h"
#include "services/admission/admission.h"
#include "services/method/report_cache.h"
#include "services/store/document_store.h"
#include "services/telemetry/logger.h"
#include "services/telemetry/metrics.h"
#include "services/validation/pipeline.h"

namespace crossfoot::server {

// Makes a pipeline with these rule packs beside the built-in ones, as validation::Pipeline::Create.
using MakePipeline = std::function<absl::StatusOr<std::unique_ptr<validation::Pipeline>>(
    const std::vector<validation::RulePackFile>& rule_packs)>;

// Writes lines of the log, and says how many could not be written.
struct LogSink {
  std::function<void(std::string_view line)> write;
  std::function<int64_t()> dropped;
};

// Whether a server could read the files that `config` names: certificates, clients, rule packs with
// examples that pass, and the store, which is not made.  kDataInvalid, kFileNotFound,
// kFileUnreadable, kStoreUnavailable.
absl::Status CheckFiles(const config::v1::Server& config, const MakePipeline& make_pipeline);

// What all calls share, whatever transport they come by.  Thread-safe.  What is read from files is
// swapped as a whole by Reload: a call keeps what it began with.
class Backend {
 public:
  // `config` is complete (config.h).  Reads the files that it names and opens the store.
  // kDataInvalid, kFileNotFound, kFileUnreadable, kStoreUnavailable, kStoreFull.
  static absl::StatusOr<std::unique_ptr<Backend>> Create(config::v1::Server config,
                                                         const MakePipeline& make_pipeline,
                                                         LogSink log);

  const config::v1::Server& config() const { return config_; }

  std::shared_ptr<const validation::Pipeline> pipeline() const;
  // Null when everybody may call everything.
  std::shared_ptr<const access::ClientDirectory> clients() const;

  // Reads rule packs and clients anew, each by itself: one that is bad stays as it was, is logged,
  // and is the result.
  absl::Status Reload();
  // The same when one of the files has changed since it was read.
  void ReloadWhenChanged();

  store::DocumentStore& store() { return *store_; }
  method::ReportCache& reports() { return reports_; }
  access::Quotas& quotas() { return quotas_; }
  admission::Admission& admission() { return admission_; }
  telemetry::Metrics& metrics() { return metrics_; }
  const telemetry::Logger& logger() const { return logger_; }
  int64_t log_lines_dropped() const { return log_.dropped ? log_.dropped() : 0; }

 private:
  Backend(config::v1::Server config, LogSink log);

  absl::Status ReloadRules();
  absl::Status ReloadClients();
  void LogReload(std::string_view what, const absl::Status& status);

  const config::v1::Server config_;
  const LogSink log_;
  const telemetry::Logger logger_;
  telemetry::Metrics metrics_;
  admission::Admission admission_;
  access::Quotas quotas_;
  method::ReportCache reports_;
  std::unique_ptr<store::DocumentStore> store_;
  std::unique_ptr<const validation::Pipeline> built_in_;  // without the rule packs of files

  std::mutex reload_mutex_;                // one reload at a time
  std::vector<std::string> fingerprints_;  // of the files, as they were read; by reload_mutex_
  mutable std::mutex mutex_;               // of the rest
  std::shared_ptr<const validation::Pipeline> pipeline_;
  std::shared_ptr<const access::ClientDirectory> clients_;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_BACKEND_H_
