#ifndef CROSSFOOT_CORE_SOURCE_MAP_H_
#define CROSSFOOT_CORE_SOURCE_MAP_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/text_span.h"

namespace crossfoot::core {

// Says which original bytes each byte of a normalised text came from.  Built once, front to back,
// while the text is written; look-up is a binary search.
//
// A piece is either copied (n bytes stand for the same n bytes) or replaced (n bytes stand for m
// others, as a whole: "％" for "%", "&nbsp;" for " ", nothing for a dropped tag).  Both coordinates
// only grow.
class SourceMap {
 public:
  // The next `size` bytes of text are the original bytes from `original_start` on.
  void AppendCopied(int32_t original_start, int32_t size) {
    if (size <= 0) return;
    if (!pieces_.empty() && pieces_.back().copied &&
        pieces_.back().original_end == original_start) {
      pieces_.back().original_end += size;
    } else {
      pieces_.emplace_back(text_size_, original_start, original_start + size, true);
    }
    text_size_ += size;
  }

  // The next `size` bytes of text stand for the original bytes [original_start, original_end), as a
  // whole.
  void AppendReplaced(int32_t original_start, int32_t original_end, int32_t size) {
    if (size <= 0) return;
    pieces_.emplace_back(text_size_, original_start, original_end, false);
    text_size_ += size;
  }

  // How long the text is by now.
  int32_t text_size() const { return text_size_; }

  // The original bytes that `range` came from: from the first byte's origin to the end of the last
  // byte's.  A replaced piece that is touched counts whole.  An empty range gives an empty result
  // at its start's origin.
  TextRange OriginalOf(TextRange range) const;

  // The inverse: a range of text that `OriginalOf` gives `original` for, without text that stands
  // for nothing at its ends.  nullopt when there is none.
  std::optional<TextRange> RangeOf(TextRange original) const;

 private:
  struct Piece {
    int32_t text_start;
    int32_t original_start;
    int32_t original_end;
    bool copied;
  };
  std::vector<Piece> pieces_;
  int32_t text_size_ = 0;
};

// Says where each byte of a text, decoded to UTF-8 from another encoding, stood before.  An empty
// map is the identity, for text that was UTF-8 already.  Built once, front to back.
class EncodingMap {
 public:
  // The next `decoded_size` bytes of UTF-8 are one character that took `original_size` bytes.
  void Append(int32_t decoded_size, int32_t original_size);
  // The next `original_size` bytes were skipped: a byte order mark.
  void Skip(int32_t original_size) { original_size_ += original_size; }

  // Where the character that holds byte `decoded` began, and back.  Offsets behind the end map to
  // the end.
  int32_t OriginalOf(int32_t decoded) const;
  int32_t DecodedOf(int32_t original) const;

 private:
  // Characters of the same sizes in a row.
  struct Run {
    int32_t decoded_start;
    int32_t original_start;
    int8_t decoded_size;
    int8_t original_size;
  };
  std::vector<Run> runs_;
  int32_t decoded_size_ = 0;
  int32_t original_size_ = 0;
};

// Line and column of byte offsets into a text, in O(log n) each, however long a line is.
class LineIndex {
 public:
  LineIndex() = default;
  explicit LineIndex(
      std::string_view text);  // `text` must be UTF-8 and outlive calls of `Locate` that pass it

  struct Position {
    int32_t line;    // 1-based; "\n" ends a line, "\r\n" and a lone "\r" too
    int32_t column;  // 1-based, in code points; a byte order mark takes none
  };
  // `text` is the text that the index was built from.
  Position Locate(std::string_view text, int32_t byte) const;

 private:
  std::vector<int32_t> line_starts_;
  // Code points before byte k * kStride.
  std::vector<int32_t> code_points_;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_SOURCE_MAP_H_
