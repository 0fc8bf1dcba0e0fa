// How long one record of a call takes, made and written.
//
//   bazel run -c opt //services/telemetry:logger_benchmark

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "services/telemetry/fd_sink.h"
#include "services/telemetry/logger.h"
#include "services/telemetry/trace_context.h"

namespace crossfoot::telemetry {
namespace {

void WriteCall(const Logger& logger, const TraceContext& trace, std::string_view source) {
  logger.Write(LogRecord(Level::kInfo, "call")
                   .Add("transport", "grpc")
                   .Add("method", "ValidateDocument")
                   .Add("code", "OK")
                   .Add("client", "statistics-office")
                   .Add("trace_id", trace.trace_id())
                   .Add("span_id", trace.span_id())
                   .Add("peer", "ipv4:127.0.0.1:43210")
                   .Add("source", source)
                   .Add("request_bytes", 34567)
                   .Add("figures", 812)
                   .Add("findings", 3)
                   .Add("ms", 12.345678)
                   .Add("cached", false));
}

void BM_CallRecord(benchmark::State& state, const char* source) {
  const Logger logger(Level::kInfo, [](std::string_view line) { benchmark::DoNotOptimize(line); });
  const TraceContext trace = TraceContext::NewTrace();
  for (auto _ : state) WriteCall(logger, trace, source);
}
BENCHMARK_CAPTURE(BM_CallRecord, Ascii, "file:///reports/2024/q1.html");
BENCHMARK_CAPTURE(BM_CallRecord, Chinese, "大庆市2024年一季度经济运行情况.html");

// /dev/null: what the system call itself takes.
void BM_CallRecordToDescriptor(benchmark::State& state) {
  const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
  {
    FdSink sink(fd);
    const Logger logger(Level::kInfo, [&](std::string_view line) { sink.Write(line); });
    const TraceContext trace = TraceContext::NewTrace();
    for (auto _ : state) WriteCall(logger, trace, "file:///reports/2024/q1.html");
  }
  close(fd);
}
BENCHMARK(BM_CallRecordToDescriptor);

void BM_TraceOfCall(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        TraceContext::ForCall("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
  }
}
BENCHMARK(BM_TraceOfCall);

}  // namespace
}  // namespace crossfoot::telemetry

BENCHMARK_MAIN();
