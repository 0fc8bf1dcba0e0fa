#include "services/document/pdf/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::document {

void Descriptor::Reset(int number) {
  Close();
  number_ = number;
}

void Descriptor::Close() {
  if (number_ >= 0) close(number_);
  number_ = -1;
}

absl::Status SystemError(std::string_view what) {
  return core::MakeError(core::ErrorReason::kInternal,
                         absl::StrCat(core::ToAbsl(what), ": ", std::strerror(errno)));
}

absl::Status WriteToMemory(std::string_view bytes, Descriptor& file) {
  file.Reset(memfd_create("pdf", MFD_CLOEXEC));
  if (file.number() < 0) return SystemError("no memory for a PDF");
  while (!bytes.empty()) {
    const ssize_t count = write(file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return SystemError("no memory for a PDF");
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  if (lseek(file.number(), 0, SEEK_SET) != 0) return SystemError("no memory for a PDF");
  return absl::OkStatus();
}

ChildProcess::~ChildProcess() {
  if (id_ <= 0) return;
  kill(id_, SIGKILL);
  while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

int ChildProcess::Start(const std::vector<std::string>& words, int in, int out) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  // Nothing else that this program has open.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  // No signal that this program ignores or blocks stays so.
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  char* const no_variables[] = {nullptr};
  const int error =
      posix_spawn(&id_, words[0].c_str(), &actions, &attributes, arguments.data(), no_variables);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) id_ = -1;
  return error;
}

std::optional<int> ChildProcess::ExitStatus() {
  int status = 0;
  if (id_ <= 0 || waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace crossfoot::document
