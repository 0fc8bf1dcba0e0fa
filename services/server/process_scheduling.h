#ifndef CROSSFOOT_SERVICES_SERVER_PROCESS_SCHEDULING_H_
#define CROSSFOOT_SERVICES_SERVER_PROCESS_SCHEDULING_H_

namespace crossfoot::server {

// Lets this thread, and those that it starts from now on, wait for others' time slices to end
// instead of interrupting them whenever it wakes up (SCHED_BATCH, sched(7)).  A check keeps a
// processor busy for a millisecond, and a handful of gRPC's threads wake up for every call: a
// server at full load answers a tenth more calls so.  Where a processor is idle, nothing changes.
// A thread that somebody gave another policy keeps it; so does one that the system does not let
// choose.  To be called once, before other threads start.
void PreferThroughput();

// Lets everybody else go before this thread, at once (SCHED_IDLE).  For work that nobody waits for:
// beside it, word that a caller is gone comes as fast as on an idle processor.
void GiveWay();

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_PROCESS_SCHEDULING_H_
