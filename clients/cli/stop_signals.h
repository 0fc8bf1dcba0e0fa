#ifndef CROSSFOOT_CLIENTS_CLI_STOP_SIGNALS_H_
#define CROSSFOOT_CLIENTS_CLI_STOP_SIGNALS_H_

#include <functional>

namespace crossfoot::cli {

// From this call on, SIGTERM and SIGINT do not end the process; what it gives waits for the first
// of them and then restores their effect, so that a second one ends a slow shutdown.  Call it
// before any thread starts: threads inherit the blocked signals.
std::function<void()> CatchStopSignals();

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_STOP_SIGNALS_H_
