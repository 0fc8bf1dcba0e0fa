// crossfoot: the command line.  `crossfoot help` is its manual; clients/cli/run.h does the work.

#include <grpc/support/log.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/message.h"
#include "clients/cli/run.h"
#include "clients/cli/signals.h"
#include "services/telemetry/fd_sink.h"
#include "services/telemetry/logger.h"
#include "services/validation/pipeline.h"
#include "services/validation/process_memory.h"

namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The first that is set decides, as POSIX says.
std::string Locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    std::string value = Variable(name);
    if (!value.empty()) return value;
  }
  return "";
}

// Where gRPC's own lines go: it knows one function for the whole process.
crossfoot::telemetry::FdSink* log_sink = nullptr;

void LogOfGrpc(gpr_log_func_args* line) {
  using crossfoot::telemetry::Level;
  const Level level = line->severity == GPR_LOG_SEVERITY_ERROR ? Level::kWarning : Level::kInfo;
  log_sink->Write(crossfoot::telemetry::LogRecord(level, "grpc")
                      .Add("text", std::string_view(line->message))
                      .line());
}

}  // namespace

int main(int argc, char** argv) {
  crossfoot::validation::KeepFreedMemory();
  std::ios::sync_with_stdio(false);
  static crossfoot::telemetry::FdSink log(STDERR_FILENO);
  log_sink = &log;
  gpr_set_log_function(&LogOfGrpc);
  return crossfoot::cli::Run(
      std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
      {
          .in = std::cin,
          .out = std::cout,
          .err = std::cerr,
          .make_pipeline = &crossfoot::validation::Pipeline::Create,
          // Not a flag: command lines are visible to other users.
          .token = Variable("CROSSFOOT_TOKEN"),
          .language = crossfoot::cli::LanguageOfLocale(Locale()),
          // no-color.org: set and not empty.
          .color = isatty(STDOUT_FILENO) == 1 && Variable("NO_COLOR").empty() &&
                   Variable("TERM") != "dumb",
          .log = {.write = [](std::string_view line) { log.Write(line); },
                  .dropped = [] { return log.dropped(); }},
          .catch_signals = &crossfoot::cli::CatchSignals,
      });
}
