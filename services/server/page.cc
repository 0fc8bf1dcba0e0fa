#include "services/server/page.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/string_view.h"
#include "services/server/field_error.h"

namespace crossfoot::server {
namespace {

absl::Status TokenError() {
  return FieldError("page_token", "none that an earlier page of this list gave");
}

}  // namespace

absl::StatusOr<Page> PageOf(size_t size, int32_t page_size, std::string_view page_token,
                            std::string_view query) {
  if (page_size < 0) return FieldError("page_size", "below zero");
  Page page;
  if (!page_token.empty()) {
    std::string token;
    if (!absl::WebSafeBase64Unescape(core::ToAbsl(page_token), &token)) return TokenError();
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(token, absl::MaxSplits('|', 1));
    uint64_t begin = 0;
    if (!absl::SimpleAtoi(parts.first, &begin) || begin == 0 || begin >= size ||
        parts.second != core::ToAbsl(query)) {
      return TokenError();
    }
    page.begin = static_cast<size_t>(begin);
  }
  const int32_t count = page_size == 0 ? kDefaultPageSize : std::min(page_size, kMaxPageSize);
  page.end = std::min(size, page.begin + static_cast<size_t>(count));
  if (page.end < size) {
    page.next_page_token =
        absl::WebSafeBase64Escape(absl::StrCat(page.end, "|", core::ToAbsl(query)));
  }
  return page;
}

}  // namespace crossfoot::server
