#ifndef CROSSFOOT_SERVICES_METHOD_REPORT_CACHE_H_
#define CROSSFOOT_SERVICES_METHOD_REPORT_CACHE_H_

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/validation/pipeline.h"

namespace crossfoot::method {

// The stored reports that were read last, so that one that many drafts are held against is read
// once.  Thread-safe.
class ReportCache {
 public:
  using Report = std::shared_ptr<const validation::Validation>;

  // Keeps reports whose texts have at most `max_source_bytes` bytes in all.  A report takes about
  // ten times its text.
  explicit ReportCache(int64_t max_source_bytes = int64_t{8} << 20)
      : max_source_bytes_(max_source_bytes) {}

  ReportCache(const ReportCache&) = delete;
  ReportCache& operator=(const ReportCache&) = delete;

  // The report that `key` was given to; null when it is not kept.
  Report Find(const std::string& key);

  // Keeps `report`, and drops those that were not asked for longest to make room.  One larger than
  // all the room is not kept.
  void Insert(const std::string& key, Report report);

 private:
  using Entry = std::pair<std::string, Report>;

  static int64_t BytesOf(const Report& report);

  const int64_t max_source_bytes_;
  std::mutex mutex_;
  std::list<Entry> entries_;                                             // last used first
  absl::flat_hash_map<std::string, std::list<Entry>::iterator> places_;  // by key
  int64_t source_bytes_ = 0;
};

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_REPORT_CACHE_H_
