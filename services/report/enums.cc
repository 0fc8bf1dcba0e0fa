#include "services/report/enums.h"

#include <optional>

namespace crossfoot::report {
namespace {

// Looks `proto` up among the counterparts of the enumerators up to `last`.
template <typename Core, typename Proto>
std::optional<Core> Inverse(Proto proto, Core last) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    const Core enumerator = static_cast<Core>(value);
    if (ToProto(enumerator) == proto) return enumerator;
  }
  return std::nullopt;
}

}  // namespace

v1::MentionKind ToProto(core::MentionKind kind) {
  switch (kind) {
    case core::MentionKind::kNumber:
      return v1::MENTION_KIND_NUMBER;
    case core::MentionKind::kPeriod:
      return v1::MENTION_KIND_PERIOD;
    case core::MentionKind::kArea:
      return v1::MENTION_KIND_AREA;
    case core::MentionKind::kHedge:
      return v1::MENTION_KIND_HEDGE;
    case core::MentionKind::kDirection:
      return v1::MENTION_KIND_DIRECTION;
    case core::MentionKind::kCue:
      return v1::MENTION_KIND_CUE;
    case core::MentionKind::kLabel:
      return v1::MENTION_KIND_LABEL;
    case core::MentionKind::kUnreadable:
      return v1::MENTION_KIND_UNREADABLE;
  }
  return v1::MENTION_KIND_UNSPECIFIED;
}

v1::Qualifier ToProto(core::Qualifier qualifier) {
  switch (qualifier) {
    case core::Qualifier::kExact:
      return v1::QUALIFIER_EXACT;
    case core::Qualifier::kAbout:
      return v1::QUALIFIER_ABOUT;
    case core::Qualifier::kAlmost:
      return v1::QUALIFIER_ALMOST;
    case core::Qualifier::kOver:
      return v1::QUALIFIER_OVER;
    case core::Qualifier::kRange:
      return v1::QUALIFIER_RANGE;
  }
  return v1::QUALIFIER_UNSPECIFIED;
}

v1::FigureKind ToProto(core::FigureKind kind) {
  switch (kind) {
    case core::FigureKind::kLevel:
      return v1::FIGURE_KIND_LEVEL;
    case core::FigureKind::kChange:
      return v1::FIGURE_KIND_CHANGE;
    case core::FigureKind::kGrowthRate:
      return v1::FIGURE_KIND_GROWTH_RATE;
    case core::FigureKind::kShare:
      return v1::FIGURE_KIND_SHARE;
    case core::FigureKind::kPointChange:
      return v1::FIGURE_KIND_POINT_CHANGE;
    case core::FigureKind::kContribution:
      return v1::FIGURE_KIND_CONTRIBUTION;
    case core::FigureKind::kMultiple:
      return v1::FIGURE_KIND_MULTIPLE;
    case core::FigureKind::kRatio:
      return v1::FIGURE_KIND_RATIO;
    case core::FigureKind::kRank:
      return v1::FIGURE_KIND_RANK;
  }
  return v1::FIGURE_KIND_UNSPECIFIED;
}

v1::Basis ToProto(core::Basis basis) {
  switch (basis) {
    case core::Basis::kNone:
      return v1::BASIS_UNSPECIFIED;
    case core::Basis::kYearAgo:
      return v1::BASIS_YEAR_AGO;
    case core::Basis::kPreviousMonth:
      return v1::BASIS_PREVIOUS_MONTH;
    case core::Basis::kPreviousQuarter:
      return v1::BASIS_PREVIOUS_QUARTER;
    case core::Basis::kPreviousPeriod:
      return v1::BASIS_PREVIOUS_PERIOD;
    case core::Basis::kArea:
      return v1::BASIS_AREA;
    case core::Basis::kSector:
      return v1::BASIS_SECTOR;
    case core::Basis::kTotal:
      return v1::BASIS_TOTAL;
    case core::Basis::kNamed:
      return v1::BASIS_NAMED;
  }
  return v1::BASIS_UNSPECIFIED;
}

v1::Status ToProto(core::Status status) {
  switch (status) {
    case core::Status::kActual:
      return v1::STATUS_ACTUAL;
    case core::Status::kTarget:
      return v1::STATUS_TARGET;
    case core::Status::kEstimate:
      return v1::STATUS_ESTIMATE;
  }
  return v1::STATUS_UNSPECIFIED;
}

v1::Attribute ToProto(core::Attribute attribute) {
  switch (attribute) {
    case core::Attribute::kNumber:
      return v1::ATTRIBUTE_NUMBER;
    case core::Attribute::kUnit:
      return v1::ATTRIBUTE_UNIT;
    case core::Attribute::kIndicator:
      return v1::ATTRIBUTE_INDICATOR;
    case core::Attribute::kRefArea:
      return v1::ATTRIBUTE_REF_AREA;
    case core::Attribute::kSector:
      return v1::ATTRIBUTE_SECTOR;
    case core::Attribute::kTimePeriod:
      return v1::ATTRIBUTE_TIME_PERIOD;
    case core::Attribute::kKind:
      return v1::ATTRIBUTE_KIND;
    case core::Attribute::kSign:
      return v1::ATTRIBUTE_SIGN;
    case core::Attribute::kBasis:
      return v1::ATTRIBUTE_BASIS;
    case core::Attribute::kBase:
      return v1::ATTRIBUTE_BASE;
    case core::Attribute::kQualifier:
      return v1::ATTRIBUTE_QUALIFIER;
    case core::Attribute::kStatus:
      return v1::ATTRIBUTE_STATUS;
  }
  return v1::ATTRIBUTE_UNSPECIFIED;
}

v1::Origin ToProto(core::Origin origin) {
  switch (origin) {
    case core::Origin::kNone:
      return v1::ORIGIN_UNSPECIFIED;
    case core::Origin::kPrinted:
      return v1::ORIGIN_PRINTED;
    case core::Origin::kCarried:
      return v1::ORIGIN_CARRIED;
    case core::Origin::kAssumed:
      return v1::ORIGIN_ASSUMED;
  }
  return v1::ORIGIN_UNSPECIFIED;
}

v1::Verdict ToProto(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::kExact:
      return v1::VERDICT_EXACT;
    case core::Verdict::kWithinRounding:
      return v1::VERDICT_WITHIN_ROUNDING;
    case core::Verdict::kTruncated:
      return v1::VERDICT_TRUNCATED;
    case core::Verdict::kInconsistent:
      return v1::VERDICT_INCONSISTENT;
    case core::Verdict::kUndetermined:
      return v1::VERDICT_UNDETERMINED;
    case core::Verdict::kNotApplicable:
      return v1::VERDICT_NOT_APPLICABLE;
    case core::Verdict::kBlocked:
      return v1::VERDICT_BLOCKED;
  }
  return v1::VERDICT_UNSPECIFIED;
}

v1::Severity ToProto(core::Severity severity) {
  switch (severity) {
    case core::Severity::kUnspecified:
      return v1::SEVERITY_UNSPECIFIED;
    case core::Severity::kInfo:
      return v1::SEVERITY_INFO;
    case core::Severity::kWarning:
      return v1::SEVERITY_WARNING;
    case core::Severity::kError:
      return v1::SEVERITY_ERROR;
  }
  return v1::SEVERITY_UNSPECIFIED;
}

std::optional<core::MentionKind> FromProto(v1::MentionKind proto) {
  return Inverse(proto, core::MentionKind::kUnreadable);
}

std::optional<core::Qualifier> FromProto(v1::Qualifier proto) {
  return Inverse(proto, core::Qualifier::kRange);
}

std::optional<core::FigureKind> FromProto(v1::FigureKind proto) {
  return Inverse(proto, core::FigureKind::kRank);
}

std::optional<core::Basis> FromProto(v1::Basis proto) {
  return Inverse(proto, core::Basis::kNamed);
}

std::optional<core::Status> FromProto(v1::Status proto) {
  return Inverse(proto, core::Status::kEstimate);
}

std::optional<core::Attribute> FromProto(v1::Attribute proto) {
  return Inverse(proto, core::Attribute::kStatus);
}

std::optional<core::Origin> FromProto(v1::Origin proto) {
  return Inverse(proto, core::Origin::kAssumed);
}

std::optional<core::Verdict> FromProto(v1::Verdict proto) {
  return Inverse(proto, core::Verdict::kBlocked);
}

std::optional<core::Severity> FromProto(v1::Severity proto) {
  return Inverse(proto, core::Severity::kError);
}

}  // namespace crossfoot::report
