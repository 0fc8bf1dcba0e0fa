#include "tests/testing/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace crossfoot::testing {
namespace {

using FilePointer = std::unique_ptr<FILE, int (*)(FILE*)>;

FilePointer TemporaryFile() { return FilePointer(std::tmpfile(), &std::fclose); }

std::string Contents(FILE* file) {
  std::rewind(file);
  std::string contents;
  char chunk[4096];
  while (const size_t count = std::fread(chunk, 1, sizeof(chunk), file)) {
    contents.append(chunk, count);
  }
  return contents;
}

std::vector<char*> Pointers(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

absl::StatusOr<pid_t> Spawn(const std::vector<std::string>& words,
                            const std::vector<std::string>& variables, int in, int out, int err) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  pid_t id = -1;
  const int error = posix_spawn(&id, words[0].c_str(), &actions, nullptr, Pointers(words).data(),
                                Pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return absl::UnknownError("cannot start " + words[0]);
  return id;
}

int WaitFor(pid_t id) {
  int status = 0;
  while (waitpid(id, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string RunfilePath(const std::string& path) {
  const char* root = std::getenv("TEST_SRCDIR");
  const char* workspace = std::getenv("TEST_WORKSPACE");
  return std::string(root == nullptr ? "" : root) + "/" + (workspace == nullptr ? "" : workspace) +
         "/" + path;
}

absl::StatusOr<Ending> RunProgram(const std::vector<std::string>& words, const std::string& in,
                                  const std::vector<std::string>& variables) {
  const FilePointer in_file = TemporaryFile();
  const FilePointer out_file = TemporaryFile();
  const FilePointer err_file = TemporaryFile();
  if (in_file == nullptr || out_file == nullptr || err_file == nullptr) {
    return absl::UnknownError("cannot make a temporary file");
  }
  std::fwrite(in.data(), 1, in.size(), in_file.get());
  std::rewind(in_file.get());
  const absl::StatusOr<pid_t> id = Spawn(words, variables, fileno(in_file.get()),
                                         fileno(out_file.get()), fileno(err_file.get()));
  if (!id.ok()) return id.status();
  const int exit_status = WaitFor(*id);
  return Ending{exit_status, Contents(out_file.get()), Contents(err_file.get())};
}

absl::StatusOr<Process> Process::Start(const std::vector<std::string>& words,
                                       const std::string& err_file) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return absl::UnknownError("cannot make a pipe");
  const int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int err = err_file.empty()
                      ? STDERR_FILENO
                      : open(err_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const absl::StatusOr<pid_t> id = Spawn(words, {"LC_ALL=en"}, in, ends[1], err);
  close(in);
  if (err != STDERR_FILENO) close(err);
  close(ends[1]);
  if (!id.ok()) {
    close(ends[0]);
    return id.status();
  }
  return Process(*id, ends[0]);
}

Process::Process(Process&& other) noexcept : id_(other.id_), out_(other.out_) {
  other.id_ = -1;
  other.out_ = -1;
}

Process::~Process() {
  if (id_ > 0) {
    kill(id_, SIGKILL);
    WaitFor(id_);
  }
  if (out_ >= 0) close(out_);
}

std::string Process::ReadLine() {
  std::string line;
  char byte = 0;
  while (true) {
    const ssize_t count = read(out_, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || byte == '\n') return line;
    line += byte;
  }
}

void Process::Signal(int signal) const {
  if (id_ > 0) kill(id_, signal);
}

int Process::Wait() {
  const int exit_status = WaitFor(id_);
  id_ = -1;
  return exit_status;
}

}  // namespace crossfoot::testing
