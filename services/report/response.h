#ifndef CROSSFOOT_SERVICES_REPORT_RESPONSE_H_
#define CROSSFOOT_SERVICES_REPORT_RESPONSE_H_

#include <string_view>

#include "absl/status/status.h"
#include "core/cancellation.h"
#include "crossfoot/v1/document_error.pb.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

// Validation → the messages of crossfoot.v1, which the services send and the command line writes as
// JSON.  Pure functions that cannot fail; indices of figures and checks become their ids, and one
// that names nothing is left out.  A message that is given must be empty; it may be on an arena.

namespace crossfoot::report {

struct ResponseOptions {
  Language language = Language::kChinese;  // of messages and reasons
  v1::View view = v1::VIEW_BASIC;          // which parts are filled; VIEW_UNSPECIFIED is VIEW_BASIC
  bool explain = false;                    // whether figures carry their evidence
  // When it stops, what is made is only good to be thrown away.  Not owned; may be null.
  const core::Cancellation* cancellation = nullptr;
};

void SetResponse(const validation::Validation& validation, const ResponseOptions& options,
                 v1::ValidateDocumentResponse* response);
v1::ValidateDocumentResponse ToValidateDocumentResponse(const validation::Validation& validation,
                                                        const ResponseOptions& options = {});

// Findings and checks, if there are any, are left out.
void SetResponse(const validation::Validation& validation, const ResponseOptions& options,
                 v1::ExtractFiguresResponse* response);
v1::ExtractFiguresResponse ToExtractFiguresResponse(const validation::Validation& validation,
                                                    const ResponseOptions& options = {});

// Why a document could not be read.  A status that `core::MakeError` did not make is INTERNAL.
// `status` must not be OK.
v1::DocumentError ToDocumentError(const absl::Status& status);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_RESPONSE_H_
