#include "services/document/pdf/sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <string>

#include "gtest/gtest.h"

namespace crossfoot::document {
namespace {

// Runs `attempt` in a sandbox of a process of its own and ends it with what `attempt` returns.
void ExpectExit(const std::function<int()>& attempt, const testing::ExitedWithCode& expected) {
  EXPECT_EXIT(
      {
        if (!EnterSandbox({})) _exit(100);
        _exit(attempt());
      },
      expected, "");
}

// The error of a call that returned `result`; 0 for one that succeeded.
int ErrorOf(int64_t result) { return result < 0 ? errno : 0; }

class SandboxTest : public testing::Test {
 protected:
  SandboxTest() { testing::GTEST_FLAG(death_test_style) = "fast"; }
};

TEST_F(SandboxTest, LeavesMemoryAndOpenFiles) {
  ExpectExit(
      [] {
        const std::string block(size_t{64} << 20, 'x');
        return write(STDERR_FILENO, "", 0) == 0 && block.back() == 'x' ? 0 : 1;
      },
      testing::ExitedWithCode(0));
}

TEST_F(SandboxTest, ReadsTheCharacterMaps) {
  ExpectExit(
      [] { return ErrorOf(open("/usr/share/poppler/cMap/Adobe-GB1/UniGB-UTF16-H", O_RDONLY)); },
      testing::ExitedWithCode(0));
}

TEST_F(SandboxTest, OpensNothingForWriting) {
  const std::string folder = std::getenv("TEST_TMPDIR");
  ExpectExit([&] { return ErrorOf(open((folder + "/new").c_str(), O_WRONLY | O_CREAT, 0600)); },
             testing::ExitedWithCode(EPERM));
  ExpectExit([] { return ErrorOf(open("/dev/null", O_RDWR)); }, testing::ExitedWithCode(EPERM));
}

TEST_F(SandboxTest, RemovesNothing) {
  const std::string folder = std::getenv("TEST_TMPDIR");
  ExpectExit([&] { return ErrorOf(rmdir(folder.c_str())); }, testing::ExitedWithCode(EPERM));
}

TEST_F(SandboxTest, HasNoNetwork) {
  ExpectExit([] { return ErrorOf(socket(AF_INET, SOCK_STREAM, 0)); },
             testing::ExitedWithCode(EPERM));
  ExpectExit([] { return ErrorOf(socket(AF_UNIX, SOCK_STREAM, 0)); },
             testing::ExitedWithCode(EPERM));
}

TEST_F(SandboxTest, StartsNothing) {
  ExpectExit([] { return ErrorOf(fork()); }, testing::ExitedWithCode(EPERM));
  ExpectExit(
      [] {
        const char* const words[] = {"/bin/true", nullptr};
        return ErrorOf(execv(words[0], const_cast<char* const*>(words)));
      },
      testing::ExitedWithCode(EPERM));
  ExpectExit([] { return ErrorOf(kill(getppid(), SIGCONT)); }, testing::ExitedWithCode(EPERM));
}

TEST_F(SandboxTest, MakesNoProgramOfMemory) {
  ExpectExit(
      [] {
        const void* const memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return memory == MAP_FAILED ? errno : 0;
      },
      testing::ExitedWithCode(EPERM));
}

TEST_F(SandboxTest, EndsWhatTakesTooLong) {
  EXPECT_EXIT(
      {
        if (!EnterSandbox({.cpu_seconds = 1})) _exit(100);
        volatile unsigned turns = 0;
        while (true) turns = turns + 1;
      },
      [](int status) {
        return WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
      },
      "");
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_F(SandboxTest, HasLittleMemory) {
  ExpectExit(
      [] {
        const void* const memory = mmap(nullptr, size_t{2} << 30, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return memory == MAP_FAILED ? errno : 0;
      },
      testing::ExitedWithCode(ENOMEM));
}
#endif

}  // namespace
}  // namespace crossfoot::document
