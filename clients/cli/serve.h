#ifndef CROSSFOOT_CLIENTS_CLI_SERVE_H_
#define CROSSFOOT_CLIENTS_CLI_SERVE_H_

#include "clients/cli/arguments.h"
#include "clients/cli/run.h"

namespace crossfoot::cli {

// What `serve` and `config` do; the result is the exit status.
int RunServe(const Arguments& arguments, const Environment& environment);
int RunConfig(const Arguments& arguments, const Environment& environment);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_SERVE_H_
