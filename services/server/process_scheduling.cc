#include "services/server/process_scheduling.h"

#include <sched.h>

namespace crossfoot::server {

void PreferThroughput() {
  const sched_param parameters{};
  if (sched_getscheduler(0) == SCHED_OTHER) sched_setscheduler(0, SCHED_BATCH, &parameters);
}

void GiveWay() {
  const sched_param parameters{};
  sched_setscheduler(0, SCHED_IDLE, &parameters);
}

}  // namespace crossfoot::server
