#include "services/figure/series_quantum.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace crossfoot::figure {

using core::Figure;
using core::Qualifier;

// with that many decimals.
void ApplySeriesQuantum(std::vector<Figure>& figures) {
  constexpr size_t kMinSeries = 6;
  struct Series {
    std::vector<size_t> exact;  // figures
    size_t by_decimals[4] = {0, 0, 0, 0};
  };
  absl::flat_hash_map<int32_t, Series> by_article;
  auto decimals_of = [](const Figure& figure) {
    const size_t point = figure.digits.find('.');
    return point == std::string::npos ? size_t{0}
                                      : std::min<size_t>(figure.digits.size() - point - 1, 3);
  };
  for (size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    const bool rate = (figure.unit == "%" || figure.unit == "pp") && figure.sentence >= 0;
    if (!rate || figure.qualifier != Qualifier::kExact || figure.status != core::Status::kActual)
      continue;
    Series& series = by_article[figure.article];
    series.exact.push_back(i);
    ++series.by_decimals[decimals_of(figure)];
  }
  for (auto& [article, series] : by_article) {
    if (series.exact.size() < kMinSeries) continue;
    for (size_t decimals = 1; decimals < 4; ++decimals) {
      if (series.by_decimals[decimals] * 10 < series.exact.size() * 7) continue;
      for (const size_t i : series.exact) {
        if (decimals_of(figures[i]) < decimals) {
          figures[i].quantum = core::Decimal::PowerOfTen(-static_cast<int32_t>(decimals));
        }
      }
    }
  }
}

}  // namespace crossfoot::figure
