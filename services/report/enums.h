#ifndef CROSSFOOT_SERVICES_REPORT_ENUMS_H_
#define CROSSFOOT_SERVICES_REPORT_ENUMS_H_

#include <optional>

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

// Back: the enumerator whose counterpart is `proto`; nullopt when there is none, as for
// UNSPECIFIED where it stands for nothing, and for enumerators of a newer version.
std::optional<core::MentionKind> FromProto(v1::MentionKind proto);
std::optional<core::Qualifier> FromProto(v1::Qualifier proto);
std::optional<core::FigureKind> FromProto(v1::FigureKind proto);
std::optional<core::Basis> FromProto(v1::Basis proto);
std::optional<core::Status> FromProto(v1::Status proto);
std::optional<core::Attribute> FromProto(v1::Attribute proto);
std::optional<core::Origin> FromProto(v1::Origin proto);
std::optional<core::Verdict> FromProto(v1::Verdict proto);
std::optional<core::Severity> FromProto(v1::Severity proto);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_ENUMS_H_
