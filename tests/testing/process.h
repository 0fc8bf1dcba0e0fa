#ifndef CROSSFOOT_TESTS_TESTING_PROCESS_H_
#define CROSSFOOT_TESTS_TESTING_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace crossfoot::testing {

// The path of a file that the test names in `data`, "clients/cli/crossfoot" from the workspace.
std::string RunfilePath(const std::string& path);

// How a program ended.
struct Ending {
  int exit_status;  // 128 + the signal that killed it
  std::string out;
  std::string err;
};

// Runs `words` (a path and its arguments) with `in` as standard input and an environment of
// `variables`
// ("LC_ALL=en") alone, to its end.
absl::StatusOr<Ending> RunProgram(const std::vector<std::string>& words, const std::string& in = "",
                                  const std::vector<std::string>& variables = {"LC_ALL=en"});

// A program that goes on while the test talks to it.  Killed when this object goes.
class Process {
 public:
  // Its standard error goes to the end of `err_file`; empty: to that of this program.
  static absl::StatusOr<Process> Start(const std::vector<std::string>& words,
                                       const std::string& err_file = "");

  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  // -1 when it has ended.
  pid_t id() const { return id_; }

  // The next line of its standard output, without its line break; what there is when it ends first.
  std::string ReadLine();

  void Signal(int signal) const;

  // Its exit status, or 128 + the signal that killed it.
  int Wait();

 private:
  Process(pid_t id, int out) : id_(id), out_(out) {}

  pid_t id_ = -1;
  int out_ = -1;  // the reading end of its standard output
};

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_PROCESS_H_
