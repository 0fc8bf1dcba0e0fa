#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_CHILD_PROCESS_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_CHILD_PROCESS_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace crossfoot::document {

// A file descriptor that is closed when this object goes.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { Close(); }

  int number() const { return number_; }
  void Reset(int number);
  void Close();

 private:
  int number_;
};

// kInternal with `what` and errno.
absl::Status SystemError(std::string_view what);

// Makes `file` a file in memory that holds `bytes`, at its beginning.  kInternal.
absl::Status WriteToMemory(std::string_view bytes, Descriptor& file);

// A program that works for this one with nothing but a standard input and output: no other file, no
// variable, no message to the standard error.  Killed and reaped when this object goes.
class ChildProcess {
 public:
  ChildProcess() = default;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  // Starts the program words[0] with its arguments; call once.  0, or the error of posix_spawn.
  int Start(const std::vector<std::string>& words, int in, int out);

  // The exit status of a program that has ended: -1 when a signal ended it; nullopt while it runs.
  std::optional<int> ExitStatus();

 private:
  pid_t id_ = -1;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_CHILD_PROCESS_H_
