#ifndef CROSSFOOT_SERVICES_METHOD_HISTORY_H_
#define CROSSFOOT_SERVICES_METHOD_HISTORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/method/call.h"
#include "services/store/document_store.h"

// What stored documents have in common with one that is being read.

namespace crossfoot::method {

// The series that figures are of, by the names that the rules know them by; each once.
std::vector<store::Series> SeriesOf(const validation::Pipeline& pipeline,
                                    const validation::Validation& validation);

// The last day that figures speak of, targets and forecasts excepted; nullopt when they name none.
std::optional<absl::CivilDay> LatestDayOf(const validation::Validation& validation);

// The stored documents that one document is held against.
class History {
 public:
  // For the document with these bytes.  kPermissionDenied when the caller may read none.
  static absl::StatusOr<History> Open(const Call& call, const std::string& bytes);

  // Those that state the same series of the same or an earlier time, the latest first.  They live
  // as long as this object.  The errors of the store; a document that was deleted meanwhile is left
  // out.
  absl::StatusOr<std::vector<const validation::Validation*>> Find(
      const validation::Validation& validation);

 private:
  History(const Call& call, std::string sha256) : call_(&call), sha256_(std::move(sha256)) {}

  const Call* call_;
  std::string sha256_;
  std::vector<ReportCache::Report> reports_;
};

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_HISTORY_H_
