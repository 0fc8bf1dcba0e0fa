#include "core/figure.h"

#include "absl/strings/str_cat.h"
#include "core/string_view.h"

namespace crossfoot::core {

std::string_view ToString(FigureKind kind) {
  switch (kind) {
    case FigureKind::kLevel:
      return "LEVEL";
    case FigureKind::kChange:
      return "CHANGE";
    case FigureKind::kGrowthRate:
      return "GROWTH_RATE";
    case FigureKind::kShare:
      return "SHARE";
    case FigureKind::kPointChange:
      return "POINT_CHANGE";
    case FigureKind::kContribution:
      return "CONTRIBUTION";
    case FigureKind::kMultiple:
      return "MULTIPLE";
    case FigureKind::kRatio:
      return "RATIO";
    case FigureKind::kRank:
      return "RANK";
  }
  return "";
}

std::string_view ToString(Basis basis) {
  switch (basis) {
    case Basis::kNone:
      return "";
    case Basis::kYearAgo:
      return "YEAR_AGO";
    case Basis::kPreviousMonth:
      return "PREVIOUS_MONTH";
    case Basis::kPreviousQuarter:
      return "PREVIOUS_QUARTER";
    case Basis::kPreviousPeriod:
      return "PREVIOUS_PERIOD";
    case Basis::kArea:
      return "AREA";
    case Basis::kSector:
      return "SECTOR";
    case Basis::kTotal:
      return "TOTAL";
    case Basis::kNamed:
      return "NAMED";
  }
  return "";
}

std::string_view ToString(Status status) {
  switch (status) {
    case Status::kActual:
      return "ACTUAL";
    case Status::kTarget:
      return "TARGET";
    case Status::kEstimate:
      return "ESTIMATE";
  }
  return "";
}

std::string Figure::FullIndicator() const {
  return generic ? absl::StrCat(ToAbsl(sector), ToAbsl(indicator)) : std::string(indicator);
}

std::string Figure::DebugString() const {
  std::string text = absl::StrCat(id, " ", ToAbsl(ToString(kind)), " ", value.ToString());
  const auto append = [&text](std::string_view separator, std::string_view name,
                              std::string_view field) {
    if (!field.empty()) absl::StrAppend(&text, ToAbsl(separator), ToAbsl(name), ToAbsl(field));
  };
  append(" ", "", unit);
  append(" ", "", indicator);
  const std::string period = time_period.has_value() ? time_period->ToString() : std::string();
  for (const std::string_view field : {ref_area.view(), sector.view(), std::string_view(period)}) {
    text += " |";
    append(" ", "", field);
  }
  append(" | ", "basis=", ToString(basis));
  append(" | ", "comparator=", comparator);
  append(" | ", "base=", base);
  if (qualifier != Qualifier::kExact) append(" | ", "", ToString(qualifier));
  if (status != Status::kActual) append(" | ", "", ToString(status));
  if (comparable_basis) text += " | comparable basis";
  return text;
}

}  // namespace crossfoot::core
