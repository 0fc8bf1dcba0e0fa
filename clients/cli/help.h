#ifndef CROSSFOOT_CLIENTS_CLI_HELP_H_
#define CROSSFOOT_CLIENTS_CLI_HELP_H_

#include <optional>
#include <string>

#include "clients/cli/arguments.h"
#include "services/report/language.h"

namespace crossfoot::cli {

// What `crossfoot help [command]` prints: at most 24 lines of at most 80 columns, ending in a line
// break.
std::string HelpText(std::optional<Verb> topic, report::Language language);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_HELP_H_
