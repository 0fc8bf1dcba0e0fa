#include "services/report/relative_path.h"

#include <filesystem>

namespace crossfoot::report {
namespace {

bool Unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

}  // namespace

std::string RelativePath(std::string_view path, std::string_view working_directory) {
  const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  if (!normal.is_absolute()) return normal.string();
  const std::filesystem::path relative =
      normal.lexically_relative(std::filesystem::path(working_directory).lexically_normal());
  if (relative.empty() || *relative.begin() == "..") return normal.string();
  return relative.string();
}

std::string PathToUri(std::string_view path) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = path.substr(0, 1) == "/" ? "file://" : "";
  for (const char c : path) {
    if (Unreserved(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return uri;
}

}  // namespace crossfoot::report
