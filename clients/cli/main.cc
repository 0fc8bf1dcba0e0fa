// crossfoot: the command line.  `crossfoot help` is its manual; clients/cli/run.h does the work.

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "clients/cli/run.h"
#include "clients/cli/stop_signals.h"
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

}  // namespace

int main(int argc, char** argv) {
  crossfoot::validation::KeepFreedMemory();
  std::ios::sync_with_stdio(false);
  return crossfoot::cli::Run(
      std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
      {
          .in = std::cin,
          .out = std::cout,
          .err = std::cerr,
          .make_pipeline = &crossfoot::validation::Pipeline::Create,
          .locale = Locale(),
          // no-color.org: set and not empty.
          .color = isatty(STDOUT_FILENO) == 1 && Variable("NO_COLOR").empty() &&
                   Variable("TERM") != "dumb",
          .catch_stop = &crossfoot::cli::CatchStopSignals,
      });
}
