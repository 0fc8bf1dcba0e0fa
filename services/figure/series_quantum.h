#ifndef CROSSFOOT_SERVICES_FIGURE_SERIES_QUANTUM_H_
#define CROSSFOOT_SERVICES_FIGURE_SERIES_QUANTUM_H_

#include <vector>

#include "core/figure.h"

namespace crossfoot::figure {

// A rate that is printed without decimals among rates with one has lost its trailing zero: 11%
// among 6.5% and 25.6% is 11.0%, and its quantum 0.1.  Taken as such when nearly all rates in the
// prose of an article are printed with that many decimals.
void ApplySeriesQuantum(std::vector<core::Figure>& figures);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_SERIES_QUANTUM_H_
