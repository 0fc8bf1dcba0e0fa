#include "tests/load/numbers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace crossfoot::load {

double Percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  const double rank = std::ceil(percent / 100 * static_cast<double>(values.size()));
  const size_t index = std::min(values.size() - 1, static_cast<size_t>(std::max(rank, 1.0)) - 1);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(index);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double BestRate(double echo_per_second, double check_seconds, int cores) {
  return 1 / (1 / echo_per_second + check_seconds / cores);
}

}  // namespace crossfoot::load
