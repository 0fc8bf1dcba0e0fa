#ifndef CROSSFOOT_SERVICES_DOCUMENT_HTML_TAG_STRIPPER_H_
#define CROSSFOOT_SERVICES_DOCUMENT_HTML_TAG_STRIPPER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/cancellation.h"

namespace crossfoot::document {

// What the bytes of a source are, by their tags.
enum class SourceFormat {
  kPlain,  // no mark-up but perhaps Markdown
  kHtml,   // begins with a doctype, html, head, body or block tag: line breaks in it are blanks
  kMixed,  // text or Markdown with tags in it, as scrapers leave it: line breaks in it are line
           // breaks
};
SourceFormat DetectFormat(std::string_view source);

// A source made safe for gumbo: its words, and bare tags of the elements that give them structure.
struct StrippedHtml {
  std::string text;
  // Where runs of `text` came from: up to the next piece, byte for byte when copied, as a whole
  // otherwise.
  struct Piece {
    int32_t text_start;
    int32_t original_start;
    int32_t original_end;
    bool copied;
  };
  std::vector<Piece> pieces;
  // Spans of table cells, by the offset of their tags in `text`.
  struct CellSpan {
    int32_t text_start;
    int32_t row_span;
    int32_t column_span;
  };
  std::vector<CellSpan> cell_spans;
};

// Leaves out inline tags, attributes, comments, doctypes, control characters and elements whose
// content is no text (script, style, …).  This keeps gumbo linear: its time is quadratic in
// nesting, in attributes per tag and in misnested inline tags.  A "<" that begins no tag stays as a
// character; a comment, a quote or a script that never ends loses nothing but its mark.
//
// kNestingTooDeep with the original offset when elements would nest deeper than kMaxNesting. Inline
// elements and those that HTML closes by itself (p, li, td, …) do not count when merely left open.
inline constexpr int32_t kMaxNesting = 512;
absl::StatusOr<StrippedHtml> StripTags(std::string_view uri, std::string_view source,
                                       const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_HTML_TAG_STRIPPER_H_
