#ifndef CROSSFOOT_SERVICES_REPORT_SDMX_CSV_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_SDMX_CSV_WRITER_H_

#include <string>

#include "core/figure.h"
#include "core/period.h"
#include "services/validation/pipeline.h"

// Figures as an SDMX-CSV 2.0 data message: UTF-8, one observation a record, the names of columns
// and the codes in them as SDMX has them.
//
//   STRUCTURE       "datastructure"
//   STRUCTURE_ID    "CROSSFOOT:FIGURES(1.0.0)", these columns
//   ACTION          "I", information
//   DOCUMENT        where the figure was read, and
//   FIGURE          its id there; together they tell all observations apart
//   FREQ            CL_FREQ of the period's length: A, S, Q, M, D, _O for others
//   REF_AREA        ISO 3166 code where there is one, else the name as printed
//   INDICATOR       the statistic as printed
//   ACTIVITY        the breakdown as printed: a sector, a good, an ownership
//   KIND, BASIS     as crossfoot.v1 names them: LEVEL, GROWTH_RATE; YEAR_AGO
//   TIME_PERIOD     see `SdmxTimePeriod`
//   OBS_VALUE       a decimal in the scale that is printed: 2463 for 2463亿元; a fraction that no
//                   decimal equals is rounded to twelve places
//   UNIT_MEASURE    ISO 4217 for money, UCUM where there is a code ("%"), else as printed
//   UNIT_MULT       power of ten of the printed scale: 8 for 亿
//   DECIMALS        printed digits after the point
//   OBS_STATUS      CL_OBS_STATUS: A normal, E estimated, F forecast (targets and plans)
//
// A field is empty when the report does not tell.

namespace crossfoot::report {

// The names of the columns.
std::string SdmxCsvHead();

// The figures in text order; empty when there is none.
std::string FiguresToSdmxCsv(const validation::Validation& validation);

// A period as SDMX's time formats write it: "2024", "2024-S1", "2024-Q3", "2024-02", "2024-02-29",
// and for others the first day with a duration: "2024-01-01/P2M", "2021-01-01/P5Y",
// "2024-03-28/P3D".
std::string SdmxTimePeriod(const core::Period& period);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_SDMX_CSV_WRITER_H_
