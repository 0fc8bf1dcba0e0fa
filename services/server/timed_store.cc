#include "services/server/timed_store.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "core/error.h"

namespace crossfoot::server {
namespace {

using telemetry::StoreOperation;

absl::Status StatusOf(const absl::Status& status) { return status; }
template <typename Value>
absl::Status StatusOf(const absl::StatusOr<Value>& result) {
  return result.status();
}

bool StoreFailed(const absl::Status& status) {
  const auto reason = core::ReasonOf(status);
  return !status.ok() && (reason == core::ErrorReason::kStoreUnavailable ||
                          reason == core::ErrorReason::kStoreFull ||
                          reason == core::ErrorReason::kInternal || !reason.has_value());
}

class Timed final : public store::DocumentStore {
 public:
  Timed(std::unique_ptr<store::DocumentStore> store, telemetry::Metrics& metrics)
      : store_(std::move(store)), metrics_(metrics) {}

  absl::StatusOr<store::StoredDocument> Create(const store::NewDocument& document) override {
    return Time(StoreOperation::kCreate, [&] { return store_->Create(document); });
  }
  absl::StatusOr<store::StoredDocument> Get(std::string_view id, bool with_content) override {
    return Time(StoreOperation::kGet, [&] { return store_->Get(id, with_content); });
  }
  absl::Status Delete(std::string_view id) override {
    return Time(StoreOperation::kDelete, [&] { return store_->Delete(id); });
  }
  absl::StatusOr<store::DocumentPage> List(const store::ListQuery& query) override {
    return Time(StoreOperation::kList, [&] { return store_->List(query); });
  }
  absl::StatusOr<std::vector<std::string>> FindDocuments(
      const store::HistoryQuery& query) override {
    return Time(StoreOperation::kList, [&] { return store_->FindDocuments(query); });
  }
  absl::Status CheckReady() override { return store_->CheckReady(); }

 private:
  template <typename Operation>
  std::invoke_result_t<Operation> Time(StoreOperation name, Operation operation) {
    const absl::Time start = absl::Now();
    auto result = operation();
    metrics_.StoreDone(name, !StoreFailed(StatusOf(result)), absl::Now() - start);
    return result;
  }

  const std::unique_ptr<store::DocumentStore> store_;
  telemetry::Metrics& metrics_;
};

}  // namespace

std::unique_ptr<store::DocumentStore> TimedStore(std::unique_ptr<store::DocumentStore> store,
                                                 telemetry::Metrics& metrics) {
  return std::make_unique<Timed>(std::move(store), metrics);
}

}  // namespace crossfoot::server
