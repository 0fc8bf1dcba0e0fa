#ifndef CROSSFOOT_SERVICES_SERVER_TIMED_STORE_H_
#define CROSSFOOT_SERVICES_SERVER_TIMED_STORE_H_

#include <memory>

#include "services/store/document_store.h"
#include "services/telemetry/metrics.h"

namespace crossfoot::server {

// `store`, telling `metrics`, which must outlive it, how long its operations take.  An operation
// that finds no document or an id that is taken has succeeded in that.
std::unique_ptr<store::DocumentStore> TimedStore(std::unique_ptr<store::DocumentStore> store,
                                                 telemetry::Metrics& metrics);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_TIMED_STORE_H_
