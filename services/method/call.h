#ifndef CROSSFOOT_SERVICES_METHOD_CALL_H_
#define CROSSFOOT_SERVICES_METHOD_CALL_H_

#include <cstdint>
#include <functional>

#include "core/cancellation.h"
#include "services/access/client.h"
#include "services/method/report_cache.h"
#include "services/store/document_store.h"
#include "services/validation/pipeline.h"

namespace crossfoot::method {

// What one call may use: all that a method sees of the server.  Nothing is owned.
struct Call {
  const validation::Pipeline& pipeline;
  store::DocumentStore& store;
  ReportCache& reports;

  // Larger documents are refused with kDocumentTooLarge, in bytes, those with more figures with
  // kTooManyFigures.
  int64_t max_document_bytes = validation::PipelineOptions::kDefaultMaxDocumentBytes;
  int32_t max_figures = validation::PipelineOptions::kDefaultMaxFigures;

  // Gives the call up.  May be null.
  const core::Cancellation* cancellation = nullptr;

  // Who calls; null: somebody who may do everything.
  const access::Client* client = nullptr;

  // Told of each document that is read for the caller.  May be empty.
  std::function<void(const validation::Validation&)> observe = {};
};

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_CALL_H_
