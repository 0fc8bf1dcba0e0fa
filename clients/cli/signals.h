#ifndef CROSSFOOT_CLIENTS_CLI_SIGNALS_H_
#define CROSSFOOT_CLIENTS_CLI_SIGNALS_H_

#include <functional>

namespace crossfoot::cli {

// What an operator asks of a server.
enum class Signal { kStop, kReload };

// From this call on, SIGTERM, SIGINT and SIGHUP do not end the process, nor does SIGPIPE; what it
// gives waits for the next of the first three.  After one to stop they have their effect again, so
// that a second one ends a slow shutdown.  Call it before any thread starts: threads inherit the
// blocked signals.
std::function<Signal()> CatchSignals();

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_SIGNALS_H_
