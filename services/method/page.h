#ifndef CROSSFOOT_SERVICES_METHOD_PAGE_H_
#define CROSSFOOT_SERVICES_METHOD_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Pages of lists, after AIP-158.  A token holds where the next page begins and the query, what else
// the request says; a token of another query is refused.  Errors are kArgumentInvalid with metadata
// "field".

namespace crossfoot::method {

inline constexpr int32_t kDefaultPageSize = 50;
inline constexpr int32_t kMaxPageSize = 1000;

// How many elements the page has at most.
absl::StatusOr<int32_t> PageSizeOf(int32_t page_size);

// Where the page begins; 0 for the first one.
absl::StatusOr<int64_t> CursorOf(std::string_view page_token, std::string_view query);

// The token of the page that begins at `cursor`, above 0.
std::string TokenFor(int64_t cursor, std::string_view query);

// The elements of one page of a list that does not change: from `begin` up to `end`.
struct Page {
  size_t begin = 0;
  size_t end = 0;
  std::string next_page_token;  // empty on the last page
};

// The page of a list of `size` elements that `page_size` and `page_token` of a request ask for.
absl::StatusOr<Page> PageOf(size_t size, int32_t page_size, std::string_view page_token,
                            std::string_view query);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_PAGE_H_
