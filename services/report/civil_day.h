#ifndef CROSSFOOT_SERVICES_REPORT_CIVIL_DAY_H_
#define CROSSFOOT_SERVICES_REPORT_CIVIL_DAY_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace crossfoot::report {

// Reads a day as `FormatCivilDay` writes it, "2024-02-29"; nullopt for another form and for a day
// that does not exist.
std::optional<absl::CivilDay> ParseCivilDay(std::string_view text);

// "YYYY-MM-DD" (ISO 8601), years 0000 to 9999.
std::string FormatCivilDay(absl::CivilDay day);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_CIVIL_DAY_H_
