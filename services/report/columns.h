#ifndef CROSSFOOT_SERVICES_REPORT_COLUMNS_H_
#define CROSSFOOT_SERVICES_REPORT_COLUMNS_H_

#include <string>
#include <vector>

namespace crossfoot::report {

// Rows of cells as lines of aligned columns, two blanks apart, by the width that a terminal gives
// the characters.  The last cell of a row is neither padded nor cut; blanks at the ends of lines
// are dropped.  Rows may differ in length.
std::string AlignColumns(const std::vector<std::vector<std::string>>& rows);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_COLUMNS_H_
