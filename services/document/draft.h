#ifndef CROSSFOOT_SERVICES_DOCUMENT_DRAFT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/large_memory.h"
#include "core/text_span.h"

namespace crossfoot::document {

// Normalised text on its way to Document::text: everything that the reader of a format saw, in the
// order of the source, with the origin of each byte.  Blocks are cut out of it later.
class Draft {
 public:
  // As of core::SourceMap.
  struct Piece {
    int32_t text_start;
    int32_t original_start;
    int32_t original_end;
    bool copied;
  };

  // Appends bytes that stand for as many original ones, byte for byte: themselves, or a character
  // of the same size.
  void AppendCopied(std::string_view bytes, int32_t original_start) {
    if (bytes.empty()) return;
    const int32_t end = original_start + static_cast<int32_t>(bytes.size());
    if (original_start < original_end()) {
      AppendReplaced(bytes, original_start, end);
      return;
    }
    if (!pieces_.empty() && pieces_.back().copied &&
        pieces_.back().original_end == original_start) {
      pieces_.back().original_end = end;
    } else {
      pieces_.emplace_back(size(), original_start, end, true);
    }
    text_.append(bytes);
  }
  // Appends `bytes`, which stand for the original bytes [original_start, original_end) as a whole.
  // Origins that would step back before the last one are moved up to it, so that both coordinates
  // only grow.
  void AppendReplaced(std::string_view bytes, int32_t original_start, int32_t original_end);

  void Reserve(size_t size_bytes) { core::ReserveLarge(text_, size_bytes); }
  // Makes room for `count` more pieces.
  void ReservePieces(size_t count) { core::ReserveMore(pieces_, count); }

  std::string_view text() const { return text_; }
  int32_t size() const { return static_cast<int32_t>(text_.size()); }
  const std::vector<Piece>& pieces() const { return pieces_; }
  // End of the original bytes that are used so far.
  int32_t original_end() const { return pieces_.empty() ? 0 : pieces_.back().original_end; }

  std::string_view TextOf(core::TextRange range) const {
    return text().substr(range.start, range.size());
  }

  // How many columns of a screen the blanks of `range` take: two for each that stands for three
  // original bytes, as U+3000 does, one for all others.
  int32_t WidthOfBlanks(core::TextRange range) const;

 private:
  std::string text_;
  std::vector<Piece> pieces_;
};

// Copies ranges of a draft into a document's text and source map, front to back.
class DraftCopier {
 public:
  // Both must outlive the copier.
  DraftCopier(const Draft* draft, core::Document* document) : draft_(draft), document_(document) {}

  // Appends `range` of the draft, which must not begin before the end of the last one, and returns
  // where it stands in the document's text.  `separator` comes before it unless the text is empty;
  // it stands for the gap in the source.
  core::TextRange Append(core::TextRange range, std::string_view separator);

 private:
  const Draft* draft_;
  core::Document* document_;
  size_t piece_ = 0;          // the draft's piece that the last range ended in
  int32_t original_end_ = 0;  // end of the original bytes copied so far
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_DRAFT_H_
