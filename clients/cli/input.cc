#include "clients/cli/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string_view>
#include <system_error>

#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "core/error.h"

namespace crossfoot::cli {
namespace {

constexpr std::string_view kReportEndings[] = {".txt",  ".md",   ".html", ".htm", ".pdf",
                                               ".docx", ".xlsx", ".csv",  ".tsv"};
constexpr int64_t kChunkBytes = 1 << 16;

absl::Status TooLarge(int64_t max_bytes) {
  const std::string limit = std::to_string(max_bytes);
  return MakeError(core::ErrorReason::kDocumentTooLarge, messages::kTooLarge, {limit},
                   {{"max_document_bytes", limit}});
}

absl::Status SystemError(int error) {
  return core::MakeError(error == ENOENT || error == ENOTDIR ? core::ErrorReason::kFileNotFound
                                                             : core::ErrorReason::kFileUnreadable,
                         std::generic_category().message(error));
}

// Closes a file when it goes.
class File {
 public:
  explicit File(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int descriptor() const { return descriptor_; }  // negative when it could not be opened

 private:
  const int descriptor_;
};

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, int64_t max_bytes) {
  const File file(path);
  if (file.descriptor() < 0) return SystemError(errno);
  struct stat status;
  if (fstat(file.descriptor(), &status) != 0) return SystemError(errno);
  if (S_ISDIR(status.st_mode)) {
    return MakeError(core::ErrorReason::kFileUnreadable, messages::kDirectory);
  }
  if (status.st_size > max_bytes) return TooLarge(max_bytes);

  std::string bytes;
  bytes.reserve(static_cast<size_t>(status.st_size) + 1);
  while (true) {
    const size_t size = bytes.size();
    const int64_t wanted =
        std::min<int64_t>(kChunkBytes, max_bytes + 1 - static_cast<int64_t>(size));
    bytes.resize(size + static_cast<size_t>(wanted));
    const ssize_t count = read(file.descriptor(), bytes.data() + size, static_cast<size_t>(wanted));
    const int error = errno;
    bytes.resize(size + static_cast<size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && error == EINTR) continue;
    if (count < 0) return SystemError(error);
    if (count == 0) return bytes;
    if (static_cast<int64_t>(bytes.size()) > max_bytes) return TooLarge(max_bytes);
  }
}

absl::StatusOr<std::string> ReadStream(std::istream& stream, int64_t max_bytes) {
  std::string bytes;
  while (static_cast<int64_t>(bytes.size()) <= max_bytes) {
    const size_t size = bytes.size();
    const int64_t wanted =
        std::min<int64_t>(kChunkBytes, max_bytes + 1 - static_cast<int64_t>(size));
    bytes.resize(size + static_cast<size_t>(wanted));
    stream.read(bytes.data() + size, wanted);
    bytes.resize(size + static_cast<size_t>(stream.gcount()));
    if (stream.bad()) {
      return MakeError(core::ErrorReason::kFileUnreadable, messages::kUnreadable);
    }
    if (stream.eof() || stream.gcount() == 0) break;
  }
  if (static_cast<int64_t>(bytes.size()) > max_bytes) return TooLarge(max_bytes);
  return bytes;
}

absl::StatusOr<std::vector<std::string>> ListReports(const std::string& path) {
  std::error_code error;
  std::vector<std::string> reports;
  std::filesystem::directory_iterator entry(path, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string ending = entry->path().extension().string();
    const bool report = std::find(std::begin(kReportEndings), std::end(kReportEndings), ending) !=
                        std::end(kReportEndings);
    if (report && entry->is_regular_file(error)) reports.push_back(entry->path().string());
  }
  if (error) return SystemError(error.value());
  std::sort(reports.begin(), reports.end(), std::greater<>());
  return reports;
}

}  // namespace crossfoot::cli
