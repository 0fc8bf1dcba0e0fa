#ifndef CROSSFOOT_SERVICES_TELEMETRY_METRICS_H_
#define CROSSFOOT_SERVICES_TELEMETRY_METRICS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/verdict.h"

namespace crossfoot::telemetry {

enum class Transport { kGrpc, kHttp };
enum class Stage { kDocument, kMention, kFigure, kCheck };
enum class StoreOperation { kCreate, kGet, kList, kDelete };
enum class Reloadable { kClients, kRules };  // what is read anew while serving

// What a server has done and how long it took, for Prometheus.
//
//   crossfoot_build_info{version}                                gauge, always 1
//   crossfoot_call_duration_seconds{transport,method,code}       histogram
//   crossfoot_stage_duration_seconds{stage}                      histogram
//   crossfoot_checks_total{verdict}                              counter
//   crossfoot_findings_total{rule,severity}                      counter
//   crossfoot_document_bytes_total                               counter
//   crossfoot_store_operation_duration_seconds{operation,result} histogram
//   crossfoot_reloads_total{what,result}                         counter
//   crossfoot_log_lines_dropped_total                            counter
//   crossfoot_calls_in_work, crossfoot_calls_waiting,
//   crossfoot_request_bytes_in_work                              gauges
//
// Thread-safe; a call of one of the methods takes well under a microsecond.
class Metrics {
 public:
  // How many values of "method", and of "rule", with what else is counted apart, have a series of
  // their own.  Those that come later share the value "other", as do values above kMaxLabelBytes.
  static constexpr size_t kMaxChildren = 1000;
  static constexpr size_t kMaxLabelBytes = 128;

  // `version` is the program's.
  explicit Metrics(std::string_view version);
  ~Metrics();

  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // A call ended.  `method` is one that the server has, such as "ValidateDocument", never the words
  // of a caller.
  void CallDone(Transport transport, std::string_view method, absl::StatusCode code,
                absl::Duration took);

  // A stage read a document.
  void StageDone(Stage stage, absl::Duration took);

  // `count` checks, 0 or more, came to `verdict`.
  void ChecksDone(core::Verdict verdict, int64_t count);

  // `count` findings, 0 or more, of a rule in force.
  void FindingsMade(std::string_view rule_id, core::Severity severity, int64_t count);

  // `bytes` bytes, 0 or more, of documents came in.
  void BytesRead(int64_t bytes);

  void StoreDone(StoreOperation operation, bool ok, absl::Duration took);

  void ReloadDone(Reloadable what, bool ok);

  // What others count, read when it is asked for.
  struct Levels {
    int64_t calls_in_work = 0;
    int64_t calls_waiting = 0;  // for a thread, of those in work
    int64_t request_bytes_in_work = 0;
    int64_t log_lines_dropped = 0;  // since the start
  };

  // Everything in the text format 0.0.4 (https://prometheus.io/docs/instrumenting/
  // exposition_formats/), content type "text/plain; version=0.0.4; charset=utf-8".
  std::string Scrape(const Levels& now);

 private:
  struct Families;
  const std::unique_ptr<Families> families_;
};

}  // namespace crossfoot::telemetry

#endif  // CROSSFOOT_SERVICES_TELEMETRY_METRICS_H_
