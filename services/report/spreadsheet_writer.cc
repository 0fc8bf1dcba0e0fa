#include "services/report/spreadsheet_writer.h"

#include <string>
#include <string_view>
#include <vector>

#include "core/figure.h"
#include "core/mention.h"
#include "core/place.h"
#include "services/report/civil_day.h"
#include "services/report/csv.h"
#include "services/report/place.h"
#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

std::string YesNo(bool value) { return value ? "true" : "false"; }

}  // namespace

std::string SpreadsheetHead() {
  return "\xEF\xBB\xBF" + CsvRecord({"document",   "figure",
                                     "line",       "column",
                                     "content",    "kind",
                                     "value",      "unit",
                                     "quantum",    "indicator",
                                     "ref_area",   "ref_area_code",
                                     "sector",     "period_start",
                                     "period_end", "period_assumed",
                                     "basis",      "comparator",
                                     "base",       "qualifier",
                                     "status",     "comparable_basis",
                                     "heading",    "place"});
}

std::string FiguresToSpreadsheet(const validation::Validation& validation) {
  std::string table;
  for (const core::Figure& figure : validation.figures) {
    const core::TextSpan span = validation.document.SpanOf(figure.range);
    const std::optional<core::Place> place = validation.document.PlaceOf(span);
    std::string start, end, assumed;
    if (figure.time_period.has_value()) {
      start = FormatCivilDay(figure.time_period->start);
      end = FormatCivilDay(figure.time_period->end);
      assumed = YesNo(figure.time_period->assumed);
    }
    std::vector<std::string> fields = {
        ToPrintable(validation.document.uri),
        figure.id,
        place.has_value() ? "" : std::to_string(span.line),
        place.has_value() ? "" : std::to_string(span.column),
        ToPrintable(validation.document.ContentOf(span)),
        std::string(core::ToString(figure.kind)),
        figure.value.ToString(),
        ToPrintable(figure.unit),
        figure.quantum.ToString(),
        ToPrintable(figure.indicator),
        ToPrintable(figure.ref_area),
        figure.ref_area_code,
        ToPrintable(figure.sector),
        start,
        end,
        assumed,
        std::string(core::ToString(figure.basis)),
        ToPrintable(figure.comparator),
        ToPrintable(figure.base),
        std::string(core::ToString(figure.qualifier)),
        std::string(core::ToString(figure.status)),
        YesNo(figure.comparable_basis),
        YesNo(figure.heading),
        place.has_value() ? ToPrintable(core::ToFragment(*place).substr(1)) : "",
    };
    for (std::string& field : fields) field = WithoutFormula(field);
    table += CsvRecord(fields);
  }
  return table;
}

}  // namespace crossfoot::report
