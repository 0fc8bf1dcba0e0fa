#ifndef CROSSFOOT_SERVICES_SERVER_HANDLER_H_
#define CROSSFOOT_SERVICES_SERVER_HANDLER_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/validation/pipeline.h"

// What the methods of crossfoot.v1 do, without a transport.  Errors are those that the .proto files
// list: kArgumentInvalid with metadata "field", and what `validation::Pipeline` gives.

namespace crossfoot::server {

// Longest `Document.uri`, in bytes.  It stands in error messages, and gRPC carries those in headers
// of limited size.
inline constexpr int32_t kMaxUriBytes = 2048;

// Most documents of a set, and most earlier ones; all of it must fit into a message anyway.
inline constexpr int32_t kMaxDocuments = 256;

absl::StatusOr<v1::ValidateDocumentResponse> ValidateDocument(
    const validation::Pipeline& pipeline, int64_t max_document_bytes,
    const v1::ValidateDocumentRequest& request);

absl::StatusOr<v1::ValidateDocumentSetResponse> ValidateDocumentSet(
    const validation::Pipeline& pipeline, int64_t max_document_bytes,
    const v1::ValidateDocumentSetRequest& request);

absl::StatusOr<v1::ExtractFiguresResponse> ExtractFigures(const validation::Pipeline& pipeline,
                                                          int64_t max_document_bytes,
                                                          const v1::ExtractFiguresRequest& request);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_HANDLER_H_
