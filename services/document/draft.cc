#include "services/document/draft.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "core/document.h"
#include "core/source_map.h"
#include "core/text_span.h"

namespace crossfoot::document {

void Draft::AppendReplaced(std::string_view bytes, int32_t original_start, int32_t original_end) {
  if (bytes.empty()) return;
  const int32_t floor = this->original_end();
  original_start = std::max(original_start, floor);
  original_end = std::max(original_end, original_start);
  pieces_.emplace_back(size(), original_start, original_end, false);
  text_.append(bytes);
}

int32_t Draft::WidthOfBlanks(core::TextRange range) const {
  constexpr int32_t kWideBytes = 3;
  int32_t width = range.size();
  auto piece = std::partition_point(pieces_.begin(), pieces_.end(), [&range](const Piece& before) {
    return before.text_start < range.start;
  });
  for (; piece != pieces_.end() && piece->text_start < range.end; ++piece) {
    if (!piece->copied && piece->original_end - piece->original_start == kWideBytes) ++width;
  }
  return width;
}

core::TextRange DraftCopier::Append(core::TextRange range, std::string_view separator) {
  std::string& text = document_->text;
  core::SourceMap& map = document_->source_map;
  const auto& pieces = draft_->pieces();
  bool separated = text.empty();
  core::TextRange result = {static_cast<int32_t>(text.size()), static_cast<int32_t>(text.size())};
  int32_t start = range.start;
  while (start < range.end) {
    while (piece_ + 1 < pieces.size() && pieces[piece_ + 1].text_start <= start) ++piece_;
    const Draft::Piece& piece = pieces[piece_];
    const int32_t piece_end =
        piece_ + 1 < pieces.size() ? pieces[piece_ + 1].text_start : draft_->size();
    const int32_t end = std::min(piece_end, range.end);
    const int32_t original_start =
        piece.original_start + (piece.copied ? start - piece.text_start : 0);
    if (!separated) {
      separated = true;
      const auto size = static_cast<int32_t>(separator.size());
      if (size == 1 && original_start == original_end_ + 1) {
        map.AppendCopied(original_end_, size);  // makes one piece with what stands beside it
      } else {
        map.AppendReplaced(original_end_, std::max(original_start, original_end_), size);
      }
      text.append(separator);
      result.start = static_cast<int32_t>(text.size());
    }
    if (piece.copied) {
      map.AppendCopied(original_start, end - start);
      original_end_ = original_start + (end - start);
    } else {
      map.AppendReplaced(piece.original_start, piece.original_end, end - start);
      original_end_ = piece.original_end;
    }
    text.append(draft_->TextOf({start, end}));
    start = end;
  }
  result.end = static_cast<int32_t>(text.size());
  return result;
}

}  // namespace crossfoot::document
