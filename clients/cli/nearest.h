#ifndef CROSSFOOT_CLIENTS_CLI_NEAREST_H_
#define CROSSFOOT_CLIENTS_CLI_NEAREST_H_

#include <string_view>
#include <vector>

namespace crossfoot::cli {

// The one of `words` that `typed` was probably meant to be: by the fewest letters inserted, dropped
// or replaced (Levenshtein), at most a third of the longer word and one more.  Empty when none is
// near.
std::string_view Nearest(std::string_view typed, const std::vector<std::string_view>& words);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_NEAREST_H_
