#ifndef CROSSFOOT_TESTS_TESTING_FAKE_CALL_H_
#define CROSSFOOT_TESTS_TESTING_FAKE_CALL_H_

#include <memory>

#include "services/method/call.h"
#include "services/method/report_cache.h"
#include "services/store/document_store.h"
#include "services/store/sqlite_document_store.h"
#include "services/validation/pipeline.h"

namespace crossfoot::testing {

struct FakeBackend {
  std::unique_ptr<store::DocumentStore> documents = store::OpenSqliteDocumentStore({}).value();
  method::ReportCache cache;
};

// A call with a store of its own in memory.
class FakeCall : private FakeBackend, public method::Call {
 public:
  explicit FakeCall(const validation::Pipeline& pipeline)
      : method::Call{.pipeline = pipeline, .store = *documents, .reports = cache} {}
};

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_FAKE_CALL_H_
