// crossfoot: the command line.  `crossfoot help` is its manual; clients/cli/run.h does the work.

#include <grpc/support/log.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/clock.h"
#include "clients/cli/companion.h"
#include "clients/cli/message.h"
#include "clients/cli/progress.h"
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

// Of the terminal; 80 where it does not say.
int32_t Columns() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

// Whether somebody looks at the standard error.
bool WantsProgress() {
  const std::string ci = Variable("CI"), term = Variable("TERM");
  return isatty(STDERR_FILENO) == 1 && !term.empty() && term != "dumb" &&
         (ci.empty() || ci == "false");
}

// Where gRPC's own lines go: it knows one function for the whole process.
crossfoot::telemetry::FdSink* log_sink = nullptr;
crossfoot::cli::ProgressLine* progress_line = nullptr;

void LogOfGrpc(gpr_log_func_args* line) {
  using crossfoot::telemetry::Level;
  const Level level = line->severity == GPR_LOG_SEVERITY_ERROR ? Level::kWarning : Level::kInfo;
  if (progress_line != nullptr) progress_line->Erase();
  log_sink->Write(crossfoot::telemetry::LogRecord(level, "grpc")
                      .Add("text", std::string_view(line->message))
                      .line());
}

}  // namespace

int main(int argc, char** argv) {
  crossfoot::validation::KeepFreedMemory();
  std::ios::sync_with_stdio(false);
  static crossfoot::telemetry::FdSink log(STDERR_FILENO);
  // Not std::cerr, which is tied: what is erased from a thread of gRPC's must not flush std::cout.
  static std::ostream terminal(std::cerr.rdbuf());
  static crossfoot::cli::ProgressLine progress(
      {.out = terminal, .columns = &Columns, .now = &absl::Now});
  const bool wants_progress = WantsProgress();
  crossfoot::cli::ErasingBuffer out_buffer(*std::cout.rdbuf(), progress);
  crossfoot::cli::ErasingBuffer err_buffer(*std::cerr.rdbuf(), progress);
  std::ostream erasing_out(&out_buffer), erasing_err(&err_buffer);
  // What goes elsewhere than to the terminal leaves the line alone.
  std::ostream& out = wants_progress && isatty(STDOUT_FILENO) == 1 ? erasing_out : std::cout;
  std::ostream& err = wants_progress ? erasing_err : std::cerr;
  err << std::unitbuf;
  err.tie(&out);
  log_sink = &log;
  if (wants_progress) progress_line = &progress;
  gpr_set_log_function(&LogOfGrpc);
  const std::string pdf_reader = crossfoot::cli::FindCompanion("crossfoot-pdf-reader");
  return crossfoot::cli::Run(
      std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
      {
          .in = std::cin,
          .out = out,
          .err = err,
          .make_pipeline =
              [&pdf_reader](const std::vector<crossfoot::validation::RulePackFile>& rule_packs) {
                return crossfoot::validation::Pipeline::Create(rule_packs,
                                                               {.pdf_reader = pdf_reader});
              },
          .pdf_reader = pdf_reader,
          .pdf_annotator = crossfoot::cli::FindCompanion("crossfoot-pdf-annotator"),
          // Not a flag: command lines are visible to other users.
          .token = Variable("CROSSFOOT_TOKEN"),
          .language = crossfoot::cli::LanguageOfLocale(Locale()),
          // no-color.org: set and not empty.
          .color = isatty(STDOUT_FILENO) == 1 && Variable("NO_COLOR").empty() &&
                   Variable("TERM") != "dumb",
          .progress = progress_line,
          .log = {.write = [](std::string_view line) { log.Write(line); },
                  .dropped = [] { return log.dropped(); }},
          .catch_signals = &crossfoot::cli::CatchSignals,
      });
}
