#ifndef CROSSFOOT_CLIENTS_CLI_RUN_H_
#define CROSSFOOT_CLIENTS_CLI_RUN_H_

#include <functional>
#include <istream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/progress.h"
#include "clients/cli/signals.h"
#include "services/report/language.h"
#include "services/server/backend.h"
#include "services/validation/pipeline.h"

namespace crossfoot::cli {

// Exit statuses.
inline constexpr int kExitClean = 0;
inline constexpr int kExitFindings = 1;  // check found something at or above --fail-on
inline constexpr int kExitFailure = 2;  // a file could not be checked, or the command line is wrong

// All that a run sees of the world.  The streams must outlive it.
struct Environment {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;

  // Makes the pipeline; not called by verbs that need none.
  std::function<absl::StatusOr<std::unique_ptr<validation::Pipeline>>(
      const std::vector<validation::RulePackFile>& rule_packs)>
      make_pipeline;

  // The program that reads PDF, as the pipeline has it, and the one that marks words in them; empty
  // when there is none.
  std::string pdf_reader = {};
  std::string pdf_annotator = {};

  // Says who we are to a server that is asked; empty when nobody.
  std::string token = {};

  // Of all that is said, where --lang says nothing.
  report::Language language = report::Language::kChinese;

  // Whether `out` is a terminal that wants colours.
  bool color = false;

  // Tells how far a run is; null: nobody wants to know.
  ProgressLine* progress = nullptr;

  // Where the log of a server goes.
  server::LogSink log = {};

  // Called once before the server starts any thread; what it gives blocks until an operator asks
  // for something.
  std::function<std::function<Signal()>()> catch_signals;
};

// Does what the command line asks for and gives the exit status.  `words` is what stands behind the
// program's name.  Results go to `out`, complaints to `err`.
int Run(const std::vector<std::string>& words, Environment environment);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_RUN_H_
