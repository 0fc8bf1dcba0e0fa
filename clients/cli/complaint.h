#ifndef CROSSFOOT_CLIENTS_CLI_COMPLAINT_H_
#define CROSSFOOT_CLIENTS_CLI_COMPLAINT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "clients/cli/run.h"

// How what goes wrong is told.

namespace crossfoot::cli {

// "crossfoot: message", to people.
void Complain(const Environment& environment, std::string_view message);

std::string_view MessageOf(const absl::Status& status);

// "path: message", unless the message names the file itself.
std::string FileMessage(const std::string& file, std::string_view message);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_COMPLAINT_H_
