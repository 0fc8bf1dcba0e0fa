#include "clients/cli/changed_files.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "core/error.h"

extern char** environ;

namespace crossfoot::cli {
namespace {

absl::Status GitError(const std::string& message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid, message);
}

// What Git prints; its complaint when it fails.
absl::StatusOr<std::string> Git(std::vector<std::string> words) {
  words.insert(words.begin(), "git");
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return GitError("Git cannot be started");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t process = 0;
  const int fault = posix_spawnp(&process, "git", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string output;
  std::array<char, 4096> part{};
  while (fault == 0) {
    const ssize_t size = read(ends[0], part.data(), part.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    output.append(part.data(), static_cast<size_t>(size));
  }
  close(ends[0]);
  if (fault != 0) return GitError("Git is not installed, so what changed cannot be found");
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return output;
  const std::string first(absl::StripAsciiWhitespace(output.substr(0, output.find('\n'))));
  return GitError(absl::StrCat("Git cannot say what changed: ", first));
}

}  // namespace

absl::StatusOr<std::set<std::string>> ChangedFiles(const std::string& revision) {
  // It would be a flag of Git's.
  if (revision.empty() || revision.front() == '-')
    return GitError(absl::StrCat("\"", revision, "\" is no revision"));
  absl::StatusOr<std::string> top = Git({"rev-parse", "--show-toplevel"});
  if (!top.ok()) return top.status();
  absl::StripTrailingAsciiWhitespace(&*top);
  const absl::StatusOr<std::string> changed =
      Git({"-C", *top, "diff", "--name-only", "-z", "--no-ext-diff", "--diff-filter=d",
           "--merge-base", revision, "--"});
  if (!changed.ok()) return changed.status();
  const absl::StatusOr<std::string> unknown =
      Git({"-C", *top, "ls-files", "-z", "--others", "--exclude-standard"});
  if (!unknown.ok()) return unknown.status();
  std::set<std::string> files;
  for (const std::string& list : {*changed, *unknown}) {
    for (const absl::string_view name : absl::StrSplit(list, '\0', absl::SkipEmpty()))
      files.insert(absl::StrCat(*top, "/", name));
  }
  return files;
}

}  // namespace crossfoot::cli
