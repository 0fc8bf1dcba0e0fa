#include "services/telemetry/metrics.h"

#include <array>
#include <cstddef>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "core/string_view.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"
#include "services/report/utf8.h"

namespace crossfoot::telemetry {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Labels;
using prometheus::Registry;

constexpr std::string_view kOther = "other";

// Label values, in the order of the enumerations.
constexpr std::array<const char*, 2> kTransports = {"grpc", "http"};
constexpr std::array<const char*, 4> kStages = {"document", "mention", "figure", "check"};
constexpr std::array<const char*, 4> kStoreOperations = {"create", "get", "list", "delete"};
constexpr std::array<const char*, 2> kReloadables = {"clients", "rules"};
constexpr std::array<const char*, 2> kResults = {"failed", "ok"};  // by bool
constexpr size_t kVerdictCount = static_cast<size_t>(core::Verdict::kBlocked) + 1;

// Upper bounds in seconds.
const Histogram::BucketBoundaries& CallBuckets() {
  static const auto& buckets = *new Histogram::BucketBoundaries{
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
  return buckets;
}
const Histogram::BucketBoundaries& StageBuckets() {
  static const auto& buckets = *new Histogram::BucketBoundaries{
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
  return buckets;
}

template <typename Enum>
size_t IndexOf(Enum value) {
  return static_cast<size_t>(value);
}

std::string LowerCase(std::string_view text) { return absl::AsciiStrToLower(core::ToAbsl(text)); }

// The children of a family with one open label, found by its value and a number that stands for the
// values of the others.
template <typename Metric>
class OpenChildren {
 public:
  // The child of `value` and `others`, or of "other" and `others` when there are too many.  `make`
  // makes the one with the value that it is given.
  template <typename Make>
  Metric& Of(std::string_view value, int others, const Make& make) {
    if (value.size() > Metrics::kMaxLabelBytes) value = kOther;
    {
      const std::shared_lock<std::shared_mutex> lock(mutex_);
      if (Metric* found = Find(value, others); found != nullptr) return *found;
      if (children_.size() >= Metrics::kMaxChildren) {
        value = kOther;
        if (Metric* found = Find(value, others); found != nullptr) return *found;
      }
    }
    const std::lock_guard<std::shared_mutex> lock(mutex_);
    if (children_.size() >= Metrics::kMaxChildren && Find(value, others) == nullptr) value = kOther;
    Metric*& child = children_[{std::string(value), others}];
    if (child == nullptr) child = &make(report::ToValidUtf8(value));
    return *child;
  }

 private:
  using Key = std::pair<std::string, int>;
  using KeyView = std::pair<absl::string_view, int>;
  // Look-ups make no string.
  struct Hash {
    using is_transparent = void;
    size_t operator()(const KeyView& key) const { return absl::Hash<KeyView>()(key); }
    size_t operator()(const Key& key) const { return (*this)(KeyView(key.first, key.second)); }
  };
  struct Equal {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return a.second == b.second && absl::string_view(a.first) == absl::string_view(b.first);
    }
  };

  // mutex_ is held.
  Metric* Find(std::string_view value, int others) {
    const auto at = children_.find(KeyView(core::ToAbsl(value), others));
    return at == children_.end() ? nullptr : at->second;
  }

  std::shared_mutex mutex_;
  absl::flat_hash_map<Key, Metric*, Hash, Equal> children_;  // guarded by mutex_
};

Family<Histogram>& MakeHistograms(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}
Family<Counter>& MakeCounters(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
Gauge& MakeGauge(Registry& registry, const char* name, const char* help, const Labels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

}  // namespace

// The series whose labels are all closed exist from the start, at zero.
struct Metrics::Families {
  explicit Families(std::string_view version)
      : calls(MakeHistograms(registry, "crossfoot_call_duration_seconds",
                             "How long calls took, by transport, method and status code.")),
        findings(
            MakeCounters(registry, "crossfoot_findings_total", "Findings by rule and severity.")) {
    MakeGauge(registry, "crossfoot_build_info", "The version of the server; always 1.",
              {{"version", report::ToValidUtf8(version)}})
        .Set(1);
    auto& stage_family = MakeHistograms(registry, "crossfoot_stage_duration_seconds",
                                        "How long the stages of reading a document took.");
    for (size_t i = 0; i < stages.size(); ++i) {
      stages[i] = &stage_family.Add({{"stage", kStages[i]}}, StageBuckets());
    }
    auto& check_family =
        MakeCounters(registry, "crossfoot_checks_total", "Checks made, by their verdict.");
    for (size_t i = 0; i < checks.size(); ++i) {
      checks[i] = &check_family.Add(
          {{"verdict", LowerCase(core::ToString(static_cast<core::Verdict>(i)))}});
    }
    auto& store_family = MakeHistograms(registry, "crossfoot_store_operation_duration_seconds",
                                        "How long operations of the document store took.");
    auto& reload_family =
        MakeCounters(registry, "crossfoot_reloads_total", "Files read anew while serving.");
    for (size_t result = 0; result < kResults.size(); ++result) {
      for (size_t i = 0; i < store[result].size(); ++i) {
        store[result][i] = &store_family.Add(
            {{"operation", kStoreOperations[i]}, {"result", kResults[result]}}, StageBuckets());
      }
      for (size_t i = 0; i < reloads[result].size(); ++i) {
        reloads[result][i] =
            &reload_family.Add({{"what", kReloadables[i]}, {"result", kResults[result]}});
      }
    }
    bytes = &MakeCounters(registry, "crossfoot_document_bytes_total", "Bytes of documents read.")
                 .Add({});
    log_lines_dropped = &MakeCounters(registry, "crossfoot_log_lines_dropped_total",
                                      "Lines of the log that could not be written in time.")
                             .Add({});
    calls_in_work = &MakeGauge(registry, "crossfoot_calls_in_work", "Calls that wait or run.", {});
    calls_waiting =
        &MakeGauge(registry, "crossfoot_calls_waiting", "Calls that wait for a thread.", {});
    request_bytes_in_work = &MakeGauge(registry, "crossfoot_request_bytes_in_work",
                                       "Bytes of the requests of calls that wait or run.", {});
  }

  Registry registry;
  Family<Histogram>& calls;
  OpenChildren<Histogram> calls_by_method;
  Family<Counter>& findings;
  OpenChildren<Counter> findings_by_rule;
  std::array<Histogram*, kStages.size()> stages;
  std::array<Counter*, kVerdictCount> checks;
  std::array<std::array<Histogram*, kStoreOperations.size()>, kResults.size()> store;
  std::array<std::array<Counter*, kReloadables.size()>, kResults.size()> reloads;
  Counter* bytes;
  Counter* log_lines_dropped;
  Gauge* calls_in_work;
  Gauge* calls_waiting;
  Gauge* request_bytes_in_work;
  std::mutex scrape_mutex;  // one scrape at a time brings log_lines_dropped up to date
};

Metrics::Metrics(std::string_view version) : families_(std::make_unique<Families>(version)) {}

Metrics::~Metrics() = default;

void Metrics::CallDone(Transport transport, std::string_view method, absl::StatusCode code,
                       absl::Duration took) {
  const int others =
      static_cast<int>(transport) + static_cast<int>(kTransports.size()) * static_cast<int>(code);
  families_->calls_by_method
      .Of(method, others,
          [&](const std::string& value) -> Histogram& {
            return families_->calls.Add({{"transport", kTransports[IndexOf(transport)]},
                                         {"method", value},
                                         {"code", absl::StatusCodeToString(code)}},
                                        CallBuckets());
          })
      .Observe(absl::ToDoubleSeconds(took));
}

void Metrics::StageDone(Stage stage, absl::Duration took) {
  families_->stages[IndexOf(stage)]->Observe(absl::ToDoubleSeconds(took));
}

void Metrics::ChecksDone(core::Verdict verdict, int64_t count) {
  families_->checks[IndexOf(verdict)]->Increment(static_cast<double>(count));
}

void Metrics::FindingsMade(std::string_view rule_id, core::Severity severity, int64_t count) {
  families_->findings_by_rule
      .Of(rule_id, static_cast<int>(severity),
          [&](const std::string& value) -> Counter& {
            return families_->findings.Add(
                {{"rule", value}, {"severity", LowerCase(core::ToString(severity))}});
          })
      .Increment(static_cast<double>(count));
}

void Metrics::BytesRead(int64_t bytes) { families_->bytes->Increment(static_cast<double>(bytes)); }

void Metrics::StoreDone(StoreOperation operation, bool ok, absl::Duration took) {
  families_->store[ok ? 1 : 0][IndexOf(operation)]->Observe(absl::ToDoubleSeconds(took));
}

void Metrics::ReloadDone(Reloadable what, bool ok) {
  families_->reloads[ok ? 1 : 0][IndexOf(what)]->Increment();
}

std::string Metrics::Scrape(const Levels& now) {
  const std::lock_guard<std::mutex> lock(families_->scrape_mutex);
  families_->calls_in_work->Set(static_cast<double>(now.calls_in_work));
  families_->calls_waiting->Set(static_cast<double>(now.calls_waiting));
  families_->request_bytes_in_work->Set(static_cast<double>(now.request_bytes_in_work));
  const double dropped = static_cast<double>(now.log_lines_dropped);
  const double more = dropped - families_->log_lines_dropped->Value();
  if (more > 0) families_->log_lines_dropped->Increment(more);
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace crossfoot::telemetry
