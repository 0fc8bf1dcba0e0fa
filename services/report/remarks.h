#ifndef CROSSFOOT_SERVICES_REPORT_REMARKS_H_
#define CROSSFOOT_SERVICES_REPORT_REMARKS_H_

#include <vector>

#include "services/document/remark.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {

// The findings as remarks for a copy of the report, one each, at the figure that the finding is
// shown at: how severe it is and what contradicts what, its details, the other figures that take
// part with their places, the rule.  Findings about no figure of the report have none.
std::vector<document::Remark> RemarksOf(const validation::Validation& validation,
                                        Language language);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_REMARKS_H_
