#ifndef CROSSFOOT_CLIENTS_CLI_RULES_H_
#define CROSSFOOT_CLIENTS_CLI_RULES_H_

#include "clients/cli/arguments.h"
#include "clients/cli/run.h"
#include "services/validation/pipeline.h"

namespace crossfoot::cli {

// Does what `crossfoot rules` was asked for and gives the exit status.
int RunRules(const Arguments& arguments, const Environment& environment,
             const validation::Pipeline& pipeline);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_RULES_H_
