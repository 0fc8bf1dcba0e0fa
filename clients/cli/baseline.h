#ifndef CROSSFOOT_CLIENTS_CLI_BASELINE_H_
#define CROSSFOOT_CLIENTS_CLI_BASELINE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "core/finding.h"

namespace crossfoot::cli {

// Findings that somebody has looked at and accepts.  A text of lines
//
//   0123456789abcdef parts-sum-to-total until=2027-06-30 the annex counts one province twice
//
// each the fingerprint of a finding and its rule, then, if you like, the last day that it is
// accepted on and why.  Empty lines and lines that begin with # say nothing.
class Baseline {
 public:
  // Reads `text`, the file at `path`.  kDataInvalid with "path:line: ..." for a line that is none
  // and for a fingerprint that stands twice.
  static absl::StatusOr<Baseline> Parse(const std::string& path, std::string_view text);

  // Whether the finding is accepted on `day`.
  bool Accepts(const core::Finding& finding, absl::CivilDay day) const;

  // The text of a baseline that accepts `findings` and nothing else, those that were accepted
  // before on the terms that they were.  By fingerprint.
  std::string Renewed(const std::vector<core::Finding>& findings) const;

 private:
  struct Entry {
    std::string rule_id;
    std::optional<absl::CivilDay> until;
    std::string reason;
  };

  std::map<std::string, Entry, std::less<>> entries_;  // by fingerprint
};

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_BASELINE_H_
