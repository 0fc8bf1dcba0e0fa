#ifndef CROSSFOOT_CLIENTS_CLI_MANUAL_H_
#define CROSSFOOT_CLIENTS_CLI_MANUAL_H_

#include <string>

#include "services/report/language.h"

// What is installed beside the program: made from the tables of flags.h and the texts in manual/.

namespace crossfoot::cli {

// crossfoot(1), in roff with the man macros.
std::string ManualPage(report::Language language);

// The functions that complete a command line.
std::string BashCompletion();
std::string ZshCompletion();

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_MANUAL_H_
