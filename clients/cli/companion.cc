#include "clients/cli/companion.h"

#include <unistd.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <system_error>

namespace crossfoot::cli {

std::string FindCompanion(std::string_view name) {
  std::error_code error;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return "";
  for (const char* const folder : {".", "../libexec/crossfoot"}) {
    std::string path = (own.parent_path() / folder / name).lexically_normal();
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

}  // namespace crossfoot::cli
