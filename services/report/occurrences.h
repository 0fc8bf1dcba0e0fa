#ifndef CROSSFOOT_SERVICES_REPORT_OCCURRENCES_H_
#define CROSSFOOT_SERVICES_REPORT_OCCURRENCES_H_

#include <map>
#include <string>

#include "core/finding.h"

namespace crossfoot::report {

// Numbers the findings of one document that share a fingerprint, for programs that take two with
// the same one for one.
class Occurrences {
 public:
  // 1 for the first finding with its fingerprint, 2 for the second.
  int Next(const core::Finding& finding) { return ++counts_[finding.fingerprint]; }

 private:
  std::map<std::string, int> counts_;
};

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_OCCURRENCES_H_
