#ifndef CROSSFOOT_SERVICES_REPORT_ENUMS_H_
#define CROSSFOOT_SERVICES_REPORT_ENUMS_H_

#include "core/figure.h"
#include "core/mention.h"
#include "core/verdict.h"
#include "crossfoot/v1/check.pb.h"
#include "crossfoot/v1/figure.pb.h"
#include "crossfoot/v1/finding.pb.h"
#include "crossfoot/v1/mention.pb.h"

// The enumerations of core as those of crossfoot.v1, one function each.  Every enumerator has its
// counterpart; a value outside the enumeration becomes UNSPECIFIED.

namespace crossfoot::report {

v1::MentionKind ToProto(core::MentionKind kind);
v1::Qualifier ToProto(core::Qualifier qualifier);
v1::FigureKind ToProto(core::FigureKind kind);
v1::Basis ToProto(core::Basis basis);  // kNone is BASIS_UNSPECIFIED
v1::Status ToProto(core::Status status);
v1::Attribute ToProto(core::Attribute attribute);
v1::Origin ToProto(core::Origin origin);  // kNone is ORIGIN_UNSPECIFIED
v1::Verdict ToProto(core::Verdict verdict);
v1::Severity ToProto(core::Severity severity);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_ENUMS_H_
