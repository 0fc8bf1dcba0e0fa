#ifndef CROSSFOOT_CLIENTS_CLI_COMPLAINT_H_
#define CROSSFOOT_CLIENTS_CLI_COMPLAINT_H_

#include <initializer_list>

#include "absl/status/status.h"
#include "clients/cli/message.h"
#include "clients/cli/run.h"
#include "services/report/words.h"

// How what goes wrong is told: "crossfoot: message", one line in the language of the environment.

namespace crossfoot::cli {

void Complain(const Environment& environment, const absl::Status& status);
void Complain(const Environment& environment, const report::Word& word,
              std::initializer_list<Value> values = {});

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_COMPLAINT_H_
