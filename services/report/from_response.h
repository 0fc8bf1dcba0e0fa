#ifndef CROSSFOOT_SERVICES_REPORT_FROM_RESPONSE_H_
#define CROSSFOOT_SERVICES_REPORT_FROM_RESPONSE_H_

#include "absl/status/statusor.h"
#include "core/document.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/validation/pipeline.h"

// The messages of crossfoot.v1 → Validation, so that whoever asked a service writes its answer as
// if it had done the work itself.  The inverse of services/report/response.h:
//
//   ToValidateDocumentResponse(FromResponse(document, r).value(), options) == r
//
// for an answer `r` that was made with VIEW_FULL and the same options.  `document` is what
// document::SegmentDocument makes of the bytes that the answer is of.
//
// What the messages do not carry stays empty: the links of figures, statistics, and all else that
// only rules read.  Messages, expressions, notes and reasons come in one language and are given in
// both.  Figure::digits comes from the evidence, so an answer without it has none.
//
// Text at the ends of a range that stands for no byte, as where an HTML parser moves parts of a
// broken table, is not on the wire either; the words of some evidence are shorter by it.
//
// A response is not trusted.  One that does not fit the document or itself (an offset, an id, an
// enumerator, a number, a count) is kInternal with a message that begins with the document's URI.

namespace crossfoot::report {

absl::StatusOr<validation::Validation> FromResponse(core::Document document,
                                                    const v1::ValidateDocumentResponse& response);
absl::StatusOr<validation::Validation> FromResponse(core::Document document,
                                                    const v1::ExtractFiguresResponse& response);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_FROM_RESPONSE_H_
