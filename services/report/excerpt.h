#ifndef CROSSFOOT_SERVICES_REPORT_EXCERPT_H_
#define CROSSFOOT_SERVICES_REPORT_EXCERPT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crossfoot::report {

// Bytes of a text, half-open.
struct ByteRange {
  int32_t start = 0;
  int32_t end = 0;
};

// One row of an excerpt: text and, below it, "^~~~" under what is marked.  Columns agree when wide
// characters take two.
struct ExcerptRow {
  std::string text;
  std::string marks;  // no trailing blanks; may be empty
};

struct ExcerptOptions {
  int32_t max_columns = 96;  // of a row; a mark is never broken unless it is longer than a row
  int32_t max_rows = 8;      // later rows are left out
};

// The part `context` of `source` (UTF-8) as rows with `marks`, which are in text order, disjoint
// and inside `context`, underlined.  A context that is longer than a row is cut to the surroundings
// of the marks, with an ellipsis where something was left out.  Controls print as blanks and runs
// of blanks as one.  Time is linear in what is printed, not in the context.
std::vector<ExcerptRow> MakeExcerpt(std::string_view source, ByteRange context,
                                    const std::vector<ByteRange>& marks,
                                    const ExcerptOptions& options = {});

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_EXCERPT_H_
