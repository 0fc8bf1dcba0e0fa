#ifndef CROSSFOOT_SERVICES_SERVER_PAGE_H_
#define CROSSFOOT_SERVICES_SERVER_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Pages of lists, after AIP-158.

namespace crossfoot::server {

inline constexpr int32_t kDefaultPageSize = 50;
inline constexpr int32_t kMaxPageSize = 1000;

// The elements of one page: from `begin` up to `end`.
struct Page {
  size_t begin = 0;
  size_t end = 0;
  std::string next_page_token;  // empty on the last page
};

// The page of a list of `size` elements that `page_size` and `page_token` of a request ask for.
// `query` is what else the request says: a token of another query is refused.  kArgumentInvalid
// with metadata "field".
absl::StatusOr<Page> PageOf(size_t size, int32_t page_size, std::string_view page_token,
                            std::string_view query);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_PAGE_H_
