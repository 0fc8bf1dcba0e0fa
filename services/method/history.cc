#include "services/method/history.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "core/sha256.h"
#include "services/method/reading.h"

namespace crossfoot::method {
namespace {

// Most stored documents that one is held against.
constexpr int32_t kMaxStoredDocuments = 32;

}  // namespace

std::vector<store::Series> SeriesOf(const validation::Pipeline& pipeline,
                                    const validation::Validation& validation) {
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<store::Series> series;
  for (const core::Figure& figure : validation.figures) {
    if (figure.indicator.empty() || figure.copy) continue;
    store::Series one = {pipeline.SeriesNameOf(figure), std::string(figure.ref_area)};
    if (seen.emplace(one.indicator, one.ref_area).second) series.push_back(std::move(one));
  }
  return series;
}

std::optional<absl::CivilDay> LatestDayOf(const validation::Validation& validation) {
  std::optional<absl::CivilDay> latest;
  for (const core::Figure& figure : validation.figures) {
    if (!figure.time_period.has_value() || figure.status != core::Status::kActual) continue;
    latest = std::max(latest.value_or(figure.time_period->end), figure.time_period->end);
  }
  return latest;
}

absl::StatusOr<History> History::Open(const Call& call, const std::string& bytes) {
  const absl::Status allowed = AuthorizeReading(call);
  if (!allowed.ok()) return allowed;
  return History(call, core::Sha256Hex(bytes));
}

absl::StatusOr<std::vector<const validation::Validation*>> History::Find(
    const validation::Validation& validation) {
  const absl::StatusOr<std::vector<std::string>> ids =
      call_->store.FindDocuments({.series = SeriesOf(call_->pipeline, validation),
                                  .not_after = LatestDayOf(validation),
                                  .except_sha256 = sha256_,
                                  .max_documents = kMaxStoredDocuments});
  if (!ids.ok()) return ids.status();
  for (const std::string& id : *ids) {
    v1::Document document;
    document.set_name(std::string(kDocuments) + id);
    absl::StatusOr<ReportCache::Report> report =
        ReadReport(*call_, document, "check_stored_documents", {});
    if (report.ok()) {
      reports_.push_back(*std::move(report));
    } else if (core::ReasonOf(report.status()) != core::ErrorReason::kDocumentNotFound) {
      return report.status();
    }
  }
  std::vector<const validation::Validation*> found;
  for (const ReportCache::Report& report : reports_) found.push_back(report.get());
  return found;
}

}  // namespace crossfoot::method
