#include "services/report/figure_text.h"

#include <string_view>

#include "core/interval.h"
#include "core/mention.h"
#include "services/report/civil_day.h"
#include "services/report/number_text.h"
#include "services/report/utf8.h"

namespace crossfoot::report {

std::string SubjectOf(const core::Figure& figure) {
  std::string subject;
  for (const std::string_view word :
       {std::string_view(figure.ref_area), std::string_view(figure.sector),
        std::string_view(figure.indicator)}) {
    if (word.empty()) continue;
    if (!subject.empty()) subject += ' ';
    subject += word;
  }
  return ToPrintable(subject);
}

std::string PeriodOf(const core::Figure& figure) {
  if (!figure.time_period.has_value()) return "";
  const std::string start = FormatCivilDay(figure.time_period->start);
  const std::string end = FormatCivilDay(figure.time_period->end);
  return start == end ? start : start + "/" + end;
}

std::string ValuesOf(const core::Figure& figure) {
  if (figure.qualifier != core::Qualifier::kExact) {
    return std::string(core::ToString(figure.qualifier));
  }
  const core::Interval values =
      core::Interval::Of(figure.value, figure.quantum, core::Reading::kRounded);
  const std::string unit = figure.unit.empty() ? "" : " " + ToPrintable(figure.unit);
  return NumberFormat::For(figure).Format(values) + unit;
}

}  // namespace crossfoot::report
