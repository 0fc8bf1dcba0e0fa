#ifndef CROSSFOOT_SERVICES_METHOD_VALIDATION_H_
#define CROSSFOOT_SERVICES_METHOD_VALIDATION_H_

#include "absl/status/status.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/method/call.h"

// What the methods of ValidationService and ExtractionService do.  Errors are those that the .proto
// files list.  `response` must be empty and may be on an arena, which saves a twentieth of a call;
// it is without sense when a method fails.

namespace crossfoot::method {

absl::Status ValidateDocument(const Call& call, const v1::ValidateDocumentRequest& request,
                              v1::ValidateDocumentResponse* response);

absl::Status ValidateDocumentSet(const Call& call, const v1::ValidateDocumentSetRequest& request,
                                 v1::ValidateDocumentSetResponse* response);

absl::Status ExtractFigures(const Call& call, const v1::ExtractFiguresRequest& request,
                            v1::ExtractFiguresResponse* response);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_VALIDATION_H_
