#include "clients/cli/changed_files.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "core/error.h"

extern char** environ;

namespace crossfoot::cli {
namespace {

absl::Status GitError(const report::Word& word, std::initializer_list<Value> values = {}) {
  return MakeError(core::ErrorReason::kArgumentInvalid, word, values);
}

// All that a descriptor gives from here on.
std::string ReadAll(int descriptor) {
  std::string bytes;
  std::array<char, 4096> part{};
  while (true) {
    const ssize_t size = read(descriptor, part.data(), part.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return bytes;
    bytes.append(part.data(), static_cast<size_t>(size));
  }
}

// What Git prints; its complaint when it fails.  Warnings are not taken for names of files.
absl::StatusOr<std::string> Git(std::vector<std::string> words) {
  words.insert(words.begin(), "git");
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int ends[2];
  const int complaints = memfd_create("git", MFD_CLOEXEC);
  if (complaints < 0 || pipe2(ends, O_CLOEXEC) != 0) return GitError(messages::kGitNotStarted);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
  // Whoever started us may ignore the end of children; its status would be lost then.
  const auto before = std::signal(SIGCHLD, SIG_DFL);
  pid_t process = 0;
  const int fault = posix_spawnp(&process, "git", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string output = fault == 0 ? ReadAll(ends[0]) : "";
  close(ends[0]);
  int status = -1;
  while (fault == 0 && waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) break;
  }
  std::signal(SIGCHLD, before);
  lseek(complaints, 0, SEEK_SET);
  const std::string complaint = ReadAll(complaints);
  close(complaints);
  if (fault != 0) return GitError(messages::kGitMissing);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return output;
  // Warnings come before it.
  size_t fatal = complaint.find("fatal: ");
  if (fatal == std::string::npos) fatal = 0;
  const std::string first = complaint.substr(fatal, complaint.find('\n', fatal) - fatal);
  return GitError(messages::kGitRefuses, {first});
}

}  // namespace

absl::StatusOr<std::set<std::string>> ChangedFiles(const std::string& revision) {
  // It would be a flag of Git's.
  if (revision.empty() || revision.front() == '-')
    return GitError(messages::kNoRevision, {revision});
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
