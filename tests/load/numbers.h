#ifndef CROSSFOOT_TESTS_LOAD_NUMBERS_H_
#define CROSSFOOT_TESTS_LOAD_NUMBERS_H_

#include <vector>

// The arithmetic of the report.

namespace crossfoot::load {

// The smallest of `values` that at least `percent` of them are not above (nearest rank); 0 when
// there is none.  `percent` above 0, at most 100.
double Percentile(std::vector<double> values, double percent);

// The middle one; of an even count the mean of the two in the middle; 0 when there is none.
double Median(std::vector<double> values);

// Most calls a second that `cores` processors can serve: `echo_per_second` is what they manage of
// calls that do nothing, and each call takes `check_seconds` of one processor besides.
double BestRate(double echo_per_second, double check_seconds, int cores);

}  // namespace crossfoot::load

#endif  // CROSSFOOT_TESTS_LOAD_NUMBERS_H_
