// What one call adds to its time by being counted.
//
//   bazel run -c opt //services/telemetry:metrics_benchmark

#include <benchmark/benchmark.h>

#include "services/telemetry/metrics.h"

namespace crossfoot::telemetry {
namespace {

Metrics& Shared() {
  static auto& metrics = *new Metrics("1");
  return metrics;
}

void BM_CallDone(benchmark::State& state) {
  for (auto _ : state) {
    Shared().CallDone(Transport::kGrpc, "ValidateDocument", absl::StatusCode::kOk,
                      absl::Milliseconds(12));
  }
}
BENCHMARK(BM_CallDone)->Threads(1)->Threads(2);

void BM_FindingsMade(benchmark::State& state) {
  for (auto _ : state) {
    Shared().FindingsMade("parts-sum-to-whole", core::Severity::kError, 2);
  }
}
BENCHMARK(BM_FindingsMade)->Threads(1)->Threads(2);

void BM_StageDone(benchmark::State& state) {
  for (auto _ : state) Shared().StageDone(Stage::kFigure, absl::Milliseconds(3));
}
BENCHMARK(BM_StageDone)->Threads(1)->Threads(2);

void BM_Scrape(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Shared().Scrape({}));
}
BENCHMARK(BM_Scrape);

}  // namespace
}  // namespace crossfoot::telemetry

BENCHMARK_MAIN();
