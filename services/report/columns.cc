#include "services/report/columns.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "services/report/utf8.h"

namespace crossfoot::report {

std::string AlignColumns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<int32_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t column = 0; column + 1 < row.size(); ++column) {
      widths[column] = std::max(widths[column], DisplayWidth(row[column]));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (size_t column = 0; column < row.size(); ++column) {
      line += row[column];
      if (column + 1 < row.size()) {
        line.append(widths[column] - DisplayWidth(row[column]) + 2, ' ');
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace crossfoot::report
