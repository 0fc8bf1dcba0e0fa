#include "services/method/report_cache.h"

namespace crossfoot::method {

int64_t ReportCache::BytesOf(const Report& report) {
  return static_cast<int64_t>(report->document.source.size());
}

ReportCache::Report ReportCache::Find(const std::string& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->second;
}

void ReportCache::Insert(const std::string& key, Report report) {
  std::list<Entry> dropped;  // destroyed outside the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const int64_t bytes = BytesOf(report);
  if (bytes > max_source_bytes_ || places_.contains(key)) return;
  while (source_bytes_ + bytes > max_source_bytes_) {
    source_bytes_ -= BytesOf(entries_.back().second);
    places_.erase(entries_.back().first);
    dropped.splice(dropped.begin(), entries_, std::prev(entries_.end()));
  }
  entries_.emplace_front(key, std::move(report));
  places_.emplace(key, entries_.begin());
  source_bytes_ += bytes;
}

}  // namespace crossfoot::method
