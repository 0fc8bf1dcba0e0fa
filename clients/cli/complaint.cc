#include "clients/cli/complaint.h"

#include "services/report/utf8.h"

namespace crossfoot::cli {

void Complain(const Environment& environment, std::string_view message) {
  environment.err << "crossfoot: " << report::ToPrintable(message) << "\n";
}

std::string_view MessageOf(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

std::string FileMessage(const std::string& file, std::string_view message) {
  if (message.substr(0, file.size()) == file) return std::string(message);
  return file + ": " + std::string(message);
}

}  // namespace crossfoot::cli
