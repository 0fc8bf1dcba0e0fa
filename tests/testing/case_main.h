#ifndef CROSSFOOT_TESTS_TESTING_CASE_MAIN_H_
#define CROSSFOOT_TESTS_TESTING_CASE_MAIN_H_

#include <string>

// The main program of a test whose cases are text files (crossfoot_case_tests in
// tools/build_defs/cases.bzl): a line
// "# what it shows", the input, a line "====", and the expected text.

namespace crossfoot::testing {

// What the program under test makes of `input`; each test program defines it.
std::string ActualOf(std::string input);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_CASE_MAIN_H_
