#ifndef CROSSFOOT_SERVICES_REPORT_FIGURE_TEXT_H_
#define CROSSFOOT_SERVICES_REPORT_FIGURE_TEXT_H_

#include <string>

#include "core/figure.h"

// What a figure says, for people: printable, empty where it says nothing.

namespace crossfoot::report {

// Area, sector and indicator: "全国 互联网 业务收入".
std::string SubjectOf(const core::Figure& figure);

// "2024-01-01/2024-02-29", or one day.
std::string PeriodOf(const core::Figure& figure);

// The values that its digits stand for, with the unit: "[2462.5亿, 2463.5亿] CNY"; of a hedged one
// the hedge: "ABOUT".
std::string ValuesOf(const core::Figure& figure);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_FIGURE_TEXT_H_
