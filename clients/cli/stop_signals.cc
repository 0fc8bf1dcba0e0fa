#include "clients/cli/stop_signals.h"

#include <csignal>

namespace crossfoot::cli {

std::function<void()> CatchStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  return [signals, before] {
    int received = 0;
    sigwait(&signals, &received);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  };
}

}  // namespace crossfoot::cli
