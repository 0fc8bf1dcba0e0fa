#include "clients/cli/signals.h"

#include <csignal>

namespace crossfoot::cli {

std::function<Signal()> CatchSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  return [signals, before] {
    int received = 0;
    sigwait(&signals, &received);
    if (received == SIGHUP) return Signal::kReload;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return Signal::kStop;
  };
}

}  // namespace crossfoot::cli
