#include "services/telemetry/metrics.h"

#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace crossfoot::telemetry {
namespace {

using Labels = std::map<std::string, std::string>;
using Series = std::pair<std::string, Labels>;  // of a sample: its name and labels

// A strict reader of the text format: what it does not know is a failure of the test.
class Exposition {
 public:
  explicit Exposition(const std::string& text) {
    EXPECT_TRUE(absl::EndsWith(text, "\n"));
    std::vector<std::string> lines = absl::StrSplit(text, '\n');
    lines.pop_back();
    for (const std::string& line : lines) {
      SCOPED_TRACE(line);
      if (absl::StartsWith(line, "# HELP ")) {
        ReadHelp(line.substr(7));
      } else if (absl::StartsWith(line, "# TYPE ")) {
        ReadType(line.substr(7));
      } else {
        ReadSample(line);
      }
    }
    EXPECT_FALSE(family_.empty());
    CheckHistograms();
  }

  // The value of one sample; nullopt when there is none.
  std::optional<double> Value(const std::string& name, const Labels& labels = {}) const {
    const auto at = samples_.find({name, labels});
    return at == samples_.end() ? std::nullopt : std::optional<double>(at->second);
  }

  // All samples of `name`.
  std::vector<std::pair<Labels, double>> All(const std::string& name) const {
    std::vector<std::pair<Labels, double>> all;
    for (const auto& [series, value] : samples_) {
      if (series.first == name) all.emplace_back(series.second, value);
    }
    return all;
  }

  const std::map<std::string, std::string>& types() const { return types_; }

 private:
  static bool IsName(const std::string& text, bool metric) {
    if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
    for (const char c : text) {
      if (!absl::ascii_isalnum(c) && c != '_' && !(metric && c == ':')) return false;
    }
    return true;
  }

  void ReadHelp(const std::string& rest) {
    const size_t space = rest.find(' ');
    ASSERT_NE(space, std::string::npos);
    family_ = rest.substr(0, space);
    EXPECT_TRUE(IsName(family_, true));
    EXPECT_TRUE(helps_.insert(family_).second) << "twice";
    const std::string help = rest.substr(space + 1);
    EXPECT_FALSE(help.empty());
    for (size_t i = 0; i < help.size(); ++i) {
      if (help[i] == '\\') {
        ASSERT_LT(++i, help.size());
        EXPECT_TRUE(help[i] == '\\' || help[i] == 'n');
      }
    }
  }

  void ReadType(const std::string& rest) {
    const std::vector<std::string> parts = absl::StrSplit(rest, ' ');
    ASSERT_EQ(parts.size(), 2);
    EXPECT_EQ(parts[0], family_) << "behind the help of another";
    EXPECT_TRUE(types_.emplace(parts[0], parts[1]).second) << "twice";
    EXPECT_TRUE(parts[1] == "counter" || parts[1] == "gauge" || parts[1] == "histogram");
    EXPECT_EQ(absl::EndsWith(family_, "_total"), parts[1] == "counter");
  }

  void ReadSample(const std::string& line) {
    const size_t name_end = line.find_first_of("{ ");
    ASSERT_NE(name_end, std::string::npos);
    const std::string name = line.substr(0, name_end);
    EXPECT_TRUE(IsName(name, true));
    ASSERT_TRUE(types_.contains(family_));
    if (types_[family_] == "histogram") {
      EXPECT_TRUE(name == family_ + "_bucket" || name == family_ + "_sum" ||
                  name == family_ + "_count");
    } else {
      EXPECT_EQ(name, family_);
    }
    Labels labels;
    size_t at = name_end;
    if (line[at] == '{') {
      ++at;
      while (line[at] != '}') {
        const size_t equals = line.find("=\"", at);
        ASSERT_NE(equals, std::string::npos);
        const std::string label = line.substr(at, equals - at);
        EXPECT_TRUE(IsName(label, false));
        std::string value;
        for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
          if (line[at] == '\\') {
            ASSERT_LT(++at, line.size());
            ASSERT_TRUE(line[at] == '\\' || line[at] == '"' || line[at] == 'n');
            value += line[at] == 'n' ? '\n' : line[at];
          } else {
            value += line[at];
          }
        }
        ASSERT_LT(++at, line.size());
        EXPECT_TRUE(labels.emplace(label, value).second) << "label twice";
        if (line[at] == ',') {
          ++at;
        } else {
          ASSERT_EQ(line[at], '}');
        }
      }
      ++at;
    }
    ASSERT_LT(at, line.size());
    ASSERT_EQ(line[at], ' ');
    double value = 0;
    ASSERT_TRUE(absl::SimpleAtod(line.substr(at + 1), &value));
    EXPECT_TRUE(types_[family_] == "gauge" || value >= 0);
    EXPECT_TRUE(samples_.emplace(Series(name, labels), value).second) << "series twice";
  }

  // The buckets of each histogram grow to +Inf, which is its count.
  void CheckHistograms() const {
    for (const auto& [family, type] : types_) {
      if (type != "histogram") continue;
      std::map<Labels, std::map<double, double>> histograms;
      for (auto [labels, value] : All(family + "_bucket")) {
        double bound = 0;
        ASSERT_TRUE(absl::SimpleAtod(labels.at("le"), &bound));
        labels.erase("le");
        histograms[labels][bound] = value;
      }
      EXPECT_EQ(All(family + "_count").size(), histograms.size());
      EXPECT_EQ(All(family + "_sum").size(), histograms.size());
      for (const auto& [labels, buckets] : histograms) {
        double least = 0;
        for (const auto& [bound, value] : buckets) {
          EXPECT_GE(value, least);
          least = value;
        }
        EXPECT_TRUE(std::isinf(buckets.rbegin()->first));
        EXPECT_EQ(Value(family + "_count", labels), buckets.rbegin()->second);
        EXPECT_TRUE(Value(family + "_sum", labels).has_value());
      }
    }
  }

  std::string family_;
  std::set<std::string> helps_;
  std::map<std::string, std::string> types_;
  std::map<Series, double> samples_;
};

TEST(MetricsTest, ExistsAtZeroFromTheStart) {
  Metrics metrics("1.2.3");
  const Exposition start(metrics.Scrape({}));
  EXPECT_EQ(start.Value("crossfoot_build_info", {{"version", "1.2.3"}}), 1);
  EXPECT_EQ(start.Value("crossfoot_document_bytes_total"), 0);
  EXPECT_EQ(start.Value("crossfoot_log_lines_dropped_total"), 0);
  EXPECT_EQ(start.Value("crossfoot_calls_in_work"), 0);
  EXPECT_EQ(start.All("crossfoot_checks_total").size(), 7);
  EXPECT_EQ(start.Value("crossfoot_checks_total", {{"verdict", "within_rounding"}}), 0);
  EXPECT_EQ(start.All("crossfoot_stage_duration_seconds_count").size(), 4);
  EXPECT_EQ(start.All("crossfoot_store_operation_duration_seconds_count").size(), 8);
  EXPECT_EQ(start.All("crossfoot_reloads_total").size(), 4);
}

TEST(MetricsTest, CountsCallsAndHowLongTheyTook) {
  Metrics metrics("1");
  metrics.CallDone(Transport::kGrpc, "ValidateDocument", absl::StatusCode::kOk,
                   absl::Milliseconds(20));
  metrics.CallDone(Transport::kGrpc, "ValidateDocument", absl::StatusCode::kOk, absl::Seconds(100));
  metrics.CallDone(Transport::kHttp, "ValidateDocument", absl::StatusCode::kInvalidArgument,
                   absl::Milliseconds(1));
  const Exposition now(metrics.Scrape({}));
  Labels ok = {{"transport", "grpc"}, {"method", "ValidateDocument"}, {"code", "OK"}};
  EXPECT_EQ(now.Value("crossfoot_call_duration_seconds_count", ok), 2);
  EXPECT_DOUBLE_EQ(now.Value("crossfoot_call_duration_seconds_sum", ok).value_or(0), 100.02);
  ok["le"] = "0.025";
  EXPECT_EQ(now.Value("crossfoot_call_duration_seconds_bucket", ok), 1);
  ok["le"] = "0.01";
  EXPECT_EQ(now.Value("crossfoot_call_duration_seconds_bucket", ok), 0);
  const Labels bad = {
      {"transport", "http"}, {"method", "ValidateDocument"}, {"code", "INVALID_ARGUMENT"}};
  EXPECT_EQ(now.Value("crossfoot_call_duration_seconds_count", bad), 1);
  EXPECT_EQ(now.All("crossfoot_call_duration_seconds_count").size(), 2);
}

TEST(MetricsTest, CountsWhatDocumentsHeld) {
  Metrics metrics("1");
  metrics.StageDone(Stage::kMention, absl::Milliseconds(3));
  metrics.ChecksDone(core::Verdict::kExact, 40);
  metrics.ChecksDone(core::Verdict::kExact, 2);
  metrics.ChecksDone(core::Verdict::kBlocked, 1);
  metrics.FindingsMade("parts-sum-to-whole", core::Severity::kError, 2);
  metrics.FindingsMade("parts-sum-to-whole", core::Severity::kInfo, 1);
  metrics.FindingsMade("parts-sum-to-whole", core::Severity::kError, 1);
  metrics.BytesRead(1000);
  metrics.BytesRead(24);
  const Exposition now(metrics.Scrape({}));
  EXPECT_EQ(now.Value("crossfoot_stage_duration_seconds_count", {{"stage", "mention"}}), 1);
  EXPECT_EQ(now.Value("crossfoot_stage_duration_seconds_count", {{"stage", "check"}}), 0);
  EXPECT_EQ(now.Value("crossfoot_checks_total", {{"verdict", "exact"}}), 42);
  EXPECT_EQ(now.Value("crossfoot_checks_total", {{"verdict", "blocked"}}), 1);
  EXPECT_EQ(now.Value("crossfoot_findings_total",
                      {{"rule", "parts-sum-to-whole"}, {"severity", "error"}}),
            3);
  EXPECT_EQ(
      now.Value("crossfoot_findings_total", {{"rule", "parts-sum-to-whole"}, {"severity", "info"}}),
      1);
  EXPECT_EQ(now.Value("crossfoot_document_bytes_total"), 1024);
}

TEST(MetricsTest, CountsStoreAndReloads) {
  Metrics metrics("1");
  metrics.StoreDone(StoreOperation::kGet, true, absl::Milliseconds(1));
  metrics.StoreDone(StoreOperation::kGet, false, absl::Milliseconds(1));
  metrics.StoreDone(StoreOperation::kDelete, true, absl::Milliseconds(1));
  metrics.ReloadDone(Reloadable::kClients, false);
  const Exposition now(metrics.Scrape({}));
  const auto store = [&](const char* operation, const char* result) {
    return now.Value("crossfoot_store_operation_duration_seconds_count",
                     {{"operation", operation}, {"result", result}});
  };
  EXPECT_EQ(store("get", "ok"), 1);
  EXPECT_EQ(store("get", "failed"), 1);
  EXPECT_EQ(store("delete", "ok"), 1);
  EXPECT_EQ(store("create", "ok"), 0);
  EXPECT_EQ(now.Value("crossfoot_reloads_total", {{"what", "clients"}, {"result", "failed"}}), 1);
  EXPECT_EQ(now.Value("crossfoot_reloads_total", {{"what", "clients"}, {"result", "ok"}}), 0);
}

TEST(MetricsTest, ShowsTheLevelsOfTheMoment) {
  Metrics metrics("1");
  Metrics::Levels levels;
  levels.calls_in_work = 5;
  levels.calls_waiting = 2;
  levels.request_bytes_in_work = 1 << 20;
  levels.log_lines_dropped = 7;
  for (int i = 0; i < 2; ++i) {
    const Exposition now(metrics.Scrape(levels));
    EXPECT_EQ(now.Value("crossfoot_calls_in_work"), 5);
    EXPECT_EQ(now.Value("crossfoot_calls_waiting"), 2);
    EXPECT_EQ(now.Value("crossfoot_request_bytes_in_work"), 1 << 20);
    EXPECT_EQ(now.Value("crossfoot_log_lines_dropped_total"), 7);
  }
  const Exposition later(metrics.Scrape({}));
  EXPECT_EQ(later.Value("crossfoot_calls_in_work"), 0);
  EXPECT_EQ(later.Value("crossfoot_log_lines_dropped_total"), 7);  // a counter never falls
}

TEST(MetricsTest, LabelsHoldAnyBytes) {
  Metrics metrics("1\"\\\n");
  metrics.FindingsMade("a\"b\\c\nd", core::Severity::kError, 1);
  metrics.FindingsMade("x\xff", core::Severity::kError, 1);
  metrics.FindingsMade("x\xfe", core::Severity::kError, 1);
  const Exposition now(metrics.Scrape({}));
  EXPECT_EQ(now.Value("crossfoot_build_info", {{"version", "1\"\\\n"}}), 1);
  EXPECT_EQ(now.Value("crossfoot_findings_total", {{"rule", "a\"b\\c\nd"}, {"severity", "error"}}),
            1);
  EXPECT_EQ(now.Value("crossfoot_findings_total", {{"rule", "x\uFFFD"}, {"severity", "error"}}), 2);
}

TEST(MetricsTest, HasABoundOfSeries) {
  Metrics metrics("1");
  for (int i = 0; i < 3000; ++i) {
    metrics.FindingsMade(absl::StrCat("rule-", i), core::Severity::kError, 1);
    metrics.CallDone(Transport::kHttp, absl::StrCat("Method", i), absl::StatusCode::kOk,
                     absl::Milliseconds(1));
  }
  metrics.FindingsMade("late", core::Severity::kInfo, 1);
  metrics.FindingsMade("rule-5", core::Severity::kError, 1);  // keeps its own
  metrics.FindingsMade(std::string(200, 'x'), core::Severity::kWarning, 1);
  const Exposition now(metrics.Scrape({}));
  const auto rule = [&](const char* rule, const char* severity) {
    return now.Value("crossfoot_findings_total", {{"rule", rule}, {"severity", severity}});
  };
  EXPECT_EQ(now.All("crossfoot_findings_total").size(), Metrics::kMaxChildren + 3);
  EXPECT_EQ(rule("rule-5", "error"), 2);
  EXPECT_EQ(rule("other", "error"), 2000);
  EXPECT_EQ(rule("other", "info"), 1);
  EXPECT_EQ(rule("other", "warning"), 1);
  EXPECT_EQ(now.All("crossfoot_call_duration_seconds_count").size(), Metrics::kMaxChildren + 1);
}

TEST(MetricsTest, CountsForManyThreadsWhileItIsScraped) {
  Metrics metrics("1");
  constexpr int kEach = 1000;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        metrics.FindingsMade(absl::StrCat("rule-", i % 7), core::Severity::kError, 1);
        metrics.CallDone(Transport::kGrpc, absl::StrCat("Method", (i + t) % 5),
                         absl::StatusCode::kOk, absl::Milliseconds(i % 40));
        metrics.ChecksDone(core::Verdict::kExact, 1);
        metrics.BytesRead(10);
      }
    });
  }
  double seen = 0;
  for (int i = 0; i < 20; ++i) {
    const Exposition now(metrics.Scrape({}));
    const double bytes = now.Value("crossfoot_document_bytes_total").value_or(-1);
    EXPECT_GE(bytes, seen);
    seen = bytes;
  }
  for (std::thread& thread : threads) thread.join();
  const Exposition end(metrics.Scrape({}));
  EXPECT_EQ(end.Value("crossfoot_document_bytes_total"), 4 * kEach * 10);
  EXPECT_EQ(end.Value("crossfoot_checks_total", {{"verdict", "exact"}}), 4 * kEach);
  double findings = 0, calls = 0;
  for (const auto& [labels, value] : end.All("crossfoot_findings_total")) findings += value;
  for (const auto& [labels, value] : end.All("crossfoot_call_duration_seconds_count")) {
    calls += value;
  }
  EXPECT_EQ(findings, 4 * kEach);
  EXPECT_EQ(calls, 4 * kEach);
}

}  // namespace
}  // namespace crossfoot::telemetry
