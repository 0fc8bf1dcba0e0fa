#include "services/method/page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/string_view.h"
#include "services/method/field_error.h"

namespace crossfoot::method {
namespace {

absl::Status TokenError() {
  return FieldError("page_token", "none that an earlier page of this list gave");
}

}  // namespace

absl::StatusOr<int32_t> PageSizeOf(int32_t page_size) {
  if (page_size < 0) return FieldError("page_size", "below zero");
  return page_size == 0 ? kDefaultPageSize : std::min(page_size, kMaxPageSize);
}

absl::StatusOr<int64_t> CursorOf(std::string_view page_token, std::string_view query) {
  if (page_token.empty()) return 0;
  std::string token;
  if (!absl::WebSafeBase64Unescape(core::ToAbsl(page_token), &token)) return TokenError();
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(token, absl::MaxSplits('|', 1));
  int64_t cursor = 0;
  if (!absl::SimpleAtoi(parts.first, &cursor) || cursor <= 0 || parts.second != core::ToAbsl(query))
    return TokenError();
  return cursor;
}

std::string TokenFor(int64_t cursor, std::string_view query) {
  return absl::WebSafeBase64Escape(absl::StrCat(cursor, "|", core::ToAbsl(query)));
}

absl::StatusOr<Page> PageOf(size_t size, int32_t page_size, std::string_view page_token,
                            std::string_view query) {
  const absl::StatusOr<int32_t> count = PageSizeOf(page_size);
  if (!count.ok()) return count.status();
  const absl::StatusOr<int64_t> begin = CursorOf(page_token, query);
  if (!begin.ok()) return begin.status();
  if (*begin > 0 && static_cast<uint64_t>(*begin) >= size) return TokenError();
  Page page;
  page.begin = static_cast<size_t>(*begin);
  page.end = std::min(size, page.begin + static_cast<size_t>(*count));
  if (page.end < size) page.next_page_token = TokenFor(static_cast<int64_t>(page.end), query);
  return page;
}

}  // namespace crossfoot::method
