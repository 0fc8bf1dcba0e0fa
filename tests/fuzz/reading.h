#ifndef CROSSFOOT_TESTS_FUZZ_READING_H_
#define CROSSFOOT_TESTS_FUZZ_READING_H_

#include <string>

namespace crossfoot::fuzz {

// Cuts a file into its document, twice, and checks the document (CheckDocument) and the places of
// what it says.
void CheckReading(const std::string& bytes);

}  // namespace crossfoot::fuzz

#endif  // CROSSFOOT_TESTS_FUZZ_READING_H_
