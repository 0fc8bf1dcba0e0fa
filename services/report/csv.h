#ifndef CROSSFOOT_SERVICES_REPORT_CSV_H_
#define CROSSFOOT_SERVICES_REPORT_CSV_H_

#include <string>
#include <string_view>
#include <vector>

// Comma-separated values after RFC 4180.

namespace crossfoot::report {

// One record with its line break (CRLF).  Fields are quoted where they must be; bytes that are no
// UTF-8 become U+FFFD.
std::string CsvRecord(const std::vector<std::string>& fields);

// `field` so that a spreadsheet takes it for what it says and never for a formula: an apostrophe is
// put before one that begins as formulas do (=, +, -, @, their full-width forms, a tab or a line
// break), unless it is a plain number like -5.4.
std::string WithoutFormula(std::string_view field);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_CSV_H_
