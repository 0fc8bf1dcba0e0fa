#include "clients/cli/pdf_reader.h"

#include <unistd.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <system_error>

namespace crossfoot::cli {

std::string FindPdfReader() {
  std::error_code error;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return "";
  for (const char* const folder : {".", "../libexec/crossfoot"}) {
    std::string path = (own.parent_path() / folder / "crossfoot-pdf-reader").lexically_normal();
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

}  // namespace crossfoot::cli
