#include "services/document/pdf/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>

namespace crossfoot::document {
namespace {

// The only folder that poppler opens files of while it takes text out.
constexpr char kCharacterMaps[] = "/usr/share/poppler";

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

bool SetLimit(__rlimit_resource resource, int64_t limit) {
  const rlimit value = {static_cast<rlim_t>(limit), static_cast<rlim_t>(limit)};
  return setrlimit(resource, &value) == 0;
}

bool SetLimits(const SandboxLimits& limits) {
  return SetLimit(RLIMIT_CORE, 0) && SetLimit(RLIMIT_FSIZE, limits.file_bytes) &&
         SetLimit(RLIMIT_NPROC, 0) && SetLimit(RLIMIT_NOFILE, 32) && SetLimit(RLIMIT_MEMLOCK, 0) &&
         SetLimit(RLIMIT_CPU, limits.cpu_seconds) &&
         (kSanitized || SetLimit(RLIMIT_AS, limits.address_space_bytes));
}

// Leaves of the file system what is below kCharacterMaps.  True as well where the kernel does not
// know Landlock, or what confines the whole program does not let it be used.
bool LeaveFileSystem() {
  landlock_ruleset_attr handled = {};
  handled.handled_access_fs =
      LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
      LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
      LANDLOCK_ACCESS_FS_MAKE_SYM;
  const auto rules = static_cast<int>(
      syscall(SYS_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0));
  if (rules < 0) return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM;
  bool done = true;
  const int folder = open(kCharacterMaps, O_PATH | O_CLOEXEC);
  if (folder >= 0) {
    landlock_path_beneath_attr beneath = {};
    beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    beneath.parent_fd = folder;
    done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    close(folder);
  }
  done = done && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return done;
}

// What memory, time, and reading and writing of open files take.  Whatever else is asked for fails
// with EPERM, so that a library that asks for more than it needs goes on.
constexpr int kAllowed[] = {
    SCMP_SYS(read),         SCMP_SYS(pread64),       SCMP_SYS(readv),
    SCMP_SYS(write),        SCMP_SYS(writev),        SCMP_SYS(lseek),
    SCMP_SYS(close),        SCMP_SYS(fstat),         SCMP_SYS(newfstatat),
    SCMP_SYS(stat),         SCMP_SYS(lstat),         SCMP_SYS(statx),
    SCMP_SYS(access),       SCMP_SYS(faccessat),     SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),     SCMP_SYS(readlinkat),    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),   SCMP_SYS(mremap),        SCMP_SYS(munmap),
    SCMP_SYS(madvise),      SCMP_SYS(brk),           SCMP_SYS(futex),
    SCMP_SYS(sched_yield),  SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(time),         SCMP_SYS(getrandom),     SCMP_SYS(getpid),
    SCMP_SYS(gettid),       SCMP_SYS(getrusage),     SCMP_SYS(sysinfo),
    SCMP_SYS(uname),        SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),   SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

struct ContextDeleter {
  void operator()(void* context) const { seccomp_release(context); }
};

bool FilterCalls() {
  const std::unique_ptr<void, ContextDeleter> context(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (context == nullptr) return false;
  for (const int call : kAllowed) {
    if (seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, call, 0) != 0) return false;
  }
  // How sanitisers find out whether memory can be read.
  if (kSanitized && seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(pipe2), 0) != 0)
    return false;
  // Opening in order to read: no flag that writes or makes.
  constexpr scmp_datum_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
  if (seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                       SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, 0)) != 0 ||
      seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                       SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, 0)) != 0) {
    return false;
  }
  // How an open file was opened, which a stream over it asks.
  if (seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                       SCMP_A1(SCMP_CMP_EQ, F_GETFL)) != 0)
    return false;
  // Memory that holds no program.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    if (seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, call, 1,
                         SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) != 0) {
      return false;
    }
  }
  // abort() and the like: signals to itself alone.
  const scmp_arg_cmp self = {0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()), 0};
  if (seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, self) != 0) return false;
  return seccomp_load(context.get()) == 0;
}

}  // namespace

bool EnterSandbox(const SandboxLimits& limits) {
  return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 &&
         prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && LeaveFileSystem() && SetLimits(limits) &&
         FilterCalls();
}

}  // namespace crossfoot::document
