#ifndef CROSSFOOT_CLIENTS_CLI_HELP_H_
#define CROSSFOOT_CLIENTS_CLI_HELP_H_

#include <optional>
#include <string_view>

#include "clients/cli/arguments.h"

namespace crossfoot::cli {

// What `crossfoot help [command]` prints: at most 24 lines of at most 80 columns, ending in a line
// break.
std::string_view HelpText(std::optional<Verb> topic);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_HELP_H_
