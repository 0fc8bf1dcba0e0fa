#include "core/source_map.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

#include "core/code_points.h"
#include "core/text_span.h"

namespace crossfoot::core {
namespace {

// Distance between the bytes whose code point count is stored.  A look-up counts fewer bytes than
// this.
constexpr int32_t kStride = 64;

}  // namespace

TextRange SourceMap::OriginalOf(TextRange range) const {
  if (pieces_.empty()) return {};
  const int32_t start = std::clamp(range.start, 0, text_size_);
  const int32_t end = std::clamp(range.end, start, text_size_);
  // The piece that holds the byte at `offset`.
  auto piece_at = [this](int32_t offset) -> const Piece& {
    return *std::prev(std::upper_bound(
        pieces_.begin(), pieces_.end(), offset,
        [](int32_t value, const Piece& piece) { return value < piece.text_start; }));
  };
  if (start == text_size_) {
    const int32_t origin = pieces_.back().original_end;
    return {origin, origin};
  }
  const Piece& first = piece_at(start);
  const int32_t original_start =
      first.original_start + (first.copied ? start - first.text_start : 0);
  if (start == end) return {original_start, original_start};
  // A range is short, so its last byte lies in the same piece or one soon behind it.
  const Piece* last = &first;
  const Piece* const behind = pieces_.data() + pieces_.size();
  for (int steps = 0; last + 1 != behind && last[1].text_start < end; ++last) {
    if (++steps < 8) continue;
    last = &piece_at(end - 1);
    break;
  }
  return {original_start,
          last->copied ? last->original_start + (end - last->text_start) : last->original_end};
}

std::optional<TextRange> SourceMap::RangeOf(TextRange original) const {
  if (pieces_.empty() || original.start < 0 || original.end < original.start ||
      original.end > pieces_.back().original_end) {
    return std::nullopt;
  }
  // The last piece that begins no later: those before it at the same place stand for nothing.
  const auto behind_first =
      std::upper_bound(pieces_.begin(), pieces_.end(), original.start,
                       [](int32_t offset, const Piece& p) { return offset < p.original_start; });
  if (behind_first == pieces_.begin()) return std::nullopt;
  const Piece& first = *std::prev(behind_first);
  TextRange range;
  range.start = first.text_start + (first.copied ? original.start - first.original_start : 0);
  range.end = range.start;
  if (original.end > original.start) {
    const auto last =
        std::lower_bound(pieces_.begin(), pieces_.end(), original.end,
                         [](const Piece& p, int32_t offset) { return p.original_end < offset; });
    if (last == pieces_.end()) return std::nullopt;
    const auto next = std::next(last);
    range.end = last->copied            ? last->text_start + (original.end - last->original_start)
                : next == pieces_.end() ? text_size_
                                        : next->text_start;
  }
  if (range.end < range.start || range.end > text_size_) return std::nullopt;
  if (OriginalOf(range) != original) return std::nullopt;
  return range;
}

LineIndex::LineIndex(std::string_view text) {
  // The first line begins behind the mark, so that the mark takes no column.
  line_starts_.push_back(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  if (text.find('\r') == std::string_view::npos) {
    for (const char* cursor = begin;
         cursor != end &&
         (cursor = static_cast<const char*>(std::memchr(cursor, '\n', end - cursor))) != nullptr;) {
      line_starts_.push_back(static_cast<int32_t>(++cursor - begin));
    }
  } else {
    for (const char* cursor = begin; cursor != end;) {
      const char byte = *cursor++;
      if (byte != '\n' && byte != '\r') continue;
      if (byte == '\r' && cursor != end && *cursor == '\n') ++cursor;
      line_starts_.push_back(static_cast<int32_t>(cursor - begin));
    }
  }
  code_points_.reserve(text.size() / kStride + 1);
  code_points_.push_back(0);
  for (size_t start = 0; start + kStride <= text.size(); start += kStride) {
    code_points_.push_back(code_points_.back() + CountCodePoints(text.substr(start, kStride)));
  }
}

LineIndex::Position LineIndex::Locate(std::string_view text, int32_t byte) const {
  if (line_starts_.empty()) return {1, 1};
  byte = std::clamp(byte, line_starts_.front(), static_cast<int32_t>(text.size()));
  const auto line = std::prev(std::upper_bound(line_starts_.begin(), line_starts_.end(), byte));
  auto code_points_before = [&](int32_t offset) {
    const int32_t stride = offset / kStride;
    return code_points_[stride] +
           CountCodePoints(text.substr(stride * kStride, offset - stride * kStride));
  };
  return {static_cast<int32_t>(line - line_starts_.begin()) + 1,
          code_points_before(byte) - code_points_before(*line) + 1};
}

void EncodingMap::Append(int32_t decoded_size, int32_t original_size) {
  if (runs_.empty() || runs_.back().decoded_size != decoded_size ||
      runs_.back().original_size != original_size) {
    runs_.push_back({decoded_size_, original_size_, static_cast<int8_t>(decoded_size),
                     static_cast<int8_t>(original_size)});
  }
  decoded_size_ += decoded_size;
  original_size_ += original_size;
}

int32_t EncodingMap::OriginalOf(int32_t decoded) const {
  if (runs_.empty()) return decoded;
  if (decoded >= decoded_size_) return original_size_;
  const auto run = std::prev(std::upper_bound(
      runs_.begin(), runs_.end(), decoded,
      [](int32_t offset, const Run& other) { return offset < other.decoded_start; }));
  return run->original_start +
         (decoded - run->decoded_start) / run->decoded_size * run->original_size;
}

int32_t EncodingMap::DecodedOf(int32_t original) const {
  if (runs_.empty()) return original;
  if (original >= original_size_) return decoded_size_;
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), original,
      [](int32_t offset, const Run& other) { return offset < other.original_start; });
  if (after == runs_.begin()) return 0;
  const auto run = std::prev(after);
  return run->decoded_start +
         (original - run->original_start) / run->original_size * run->decoded_size;
}

}  // namespace crossfoot::core
