#include "clients/cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace crossfoot::cli {
namespace {

std::error_code LastError() { return {errno, std::generic_category()}; }

// Writes all of `bytes` and closes `descriptor`, whatever happens.
std::error_code WriteAndClose(int descriptor, std::string_view bytes) {
  std::error_code error;
  while (!bytes.empty() && !error) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      error = LastError();
    }
  }
  // Some file systems tell only now that they are full.
  if (close(descriptor) != 0 && !error) error = LastError();
  return error;
}

}  // namespace

std::error_code WriteFile(const std::string& path, std::string_view bytes) {
  constexpr mode_t kMode = 0666;  // what the umask leaves of it
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  const bool there = std::filesystem::exists(status);
  if (there && !std::filesystem::is_regular_file(status)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    return descriptor < 0 ? LastError() : WriteAndClose(descriptor, bytes);
  }
  // A link stays one.
  const std::string target = there ? std::filesystem::canonical(path, error).string() : path;
  const std::string written = target + "." + std::to_string(getpid()) + ".part";
  const int descriptor = open(written.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (descriptor < 0) return LastError();
  // Who may read it, and so on, does not change.
  if (there) fchmod(descriptor, static_cast<mode_t>(status.permissions()));
  error = WriteAndClose(descriptor, bytes);
  if (!error && std::rename(written.c_str(), target.c_str()) != 0) error = LastError();
  if (error) unlink(written.c_str());
  return error;
}

}  // namespace crossfoot::cli
