#ifndef CROSSFOOT_SERVICES_METHOD_VALIDATION_H_
#define CROSSFOOT_SERVICES_METHOD_VALIDATION_H_

#include "absl/status/statusor.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/method/call.h"

// What the methods of ValidationService and ExtractionService do.  Errors are those that the .proto
// files list.

namespace crossfoot::method {

absl::StatusOr<v1::ValidateDocumentResponse> ValidateDocument(
    const Call& call, const v1::ValidateDocumentRequest& request);

absl::StatusOr<v1::ValidateDocumentSetResponse> ValidateDocumentSet(
    const Call& call, const v1::ValidateDocumentSetRequest& request);

absl::StatusOr<v1::ExtractFiguresResponse> ExtractFigures(const Call& call,
                                                          const v1::ExtractFiguresRequest& request);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_VALIDATION_H_
