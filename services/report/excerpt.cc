#include "services/report/excerpt.h"

#include <algorithm>

#include "services/report/utf8.h"
#include "unicode/utf8.h"

namespace crossfoot::report {
namespace {

// A UTF-8 character takes at most two columns for three bytes or more, so a text of this many bytes
// a column may still fit; a longer one of usual text does not.
constexpr int32_t kMaxBytesPerColumn = 3;

// Least columns of text shown each side of a mark when the context is cut.
constexpr int32_t kMinSurroundColumns = 8;

constexpr std::string_view kEllipsis = "…";

// Moves at most `columns` columns back from `offset`, not before `limit`.
int32_t Back(std::string_view source, int32_t offset, int32_t limit, int32_t columns) {
  while (offset > limit) {
    int32_t previous = offset;
    UChar32 code_point;
    U8_PREV(source.data(), limit, previous, code_point);
    // Zero-width characters count too, so that the walk is bounded.
    columns -= std::max(1, DisplayWidth(code_point));
    if (columns < 0) break;
    offset = previous;
  }
  return offset;
}

// Moves at most `columns` columns on from `offset`, not beyond `limit`.
int32_t Forward(std::string_view source, int32_t offset, int32_t limit, int32_t columns) {
  while (offset < limit) {
    int32_t next = offset;
    UChar32 code_point;
    U8_NEXT(source.data(), next, limit, code_point);
    columns -= std::max(1, DisplayWidth(code_point));
    if (columns < 0) break;
    offset = next;
  }
  return offset;
}

// The parts of `context` to show: all of it when it fits, else the surroundings of the marks.
std::vector<ByteRange> ChooseWindows(std::string_view source, ByteRange context,
                                     const std::vector<ByteRange>& marks,
                                     const ExcerptOptions& options) {
  if (Forward(source, context.start, context.end, options.max_columns) == context.end) {
    return {context};
  }
  if (marks.empty()) {
    return {{context.start, Forward(source, context.start, context.end, options.max_columns - 1)}};
  }
  int32_t marked_columns = 0;
  std::vector<ByteRange> windows;
  const int32_t shown_marks = static_cast<int32_t>(
      std::min<size_t>(marks.size(), static_cast<size_t>(options.max_columns)));
  std::vector<ByteRange> shown;
  for (int32_t mark_index = 0; mark_index < shown_marks; ++mark_index) {
    ByteRange mark = marks[mark_index];
    mark.end = Forward(source, mark.start, mark.end, options.max_columns);
    marked_columns += std::min(options.max_columns, (mark.end - mark.start) / kMaxBytesPerColumn);
    shown.push_back(mark);
  }
  const int32_t surround_columns =
      std::max(kMinSurroundColumns, (options.max_columns - marked_columns) / (2 * shown_marks) - 2);
  for (const ByteRange& mark : shown) {
    const ByteRange window = {Back(source, mark.start, context.start, surround_columns),
                              Forward(source, mark.end, context.end, surround_columns)};
    // A gap of one or two characters is not worth an ellipsis.
    if (!windows.empty() && window.start - windows.back().end <= 2 * kMaxBytesPerColumn) {
      windows.back().end = std::max(windows.back().end, window.end);
    } else {
      windows.push_back(window);
    }
  }
  return windows;
}

// Collects rows character by character.
class RowWriter {
 public:
  explicit RowWriter(const ExcerptOptions& options) : options_(options) {}

  bool full() const { return static_cast<int32_t>(rows_.size()) >= options_.max_rows; }

  // `mark` is 0 for plain text, '^' for the first character of a mark, '~' for the others.
  // `columns_ahead` columns must follow in the same row.
  void Add(std::string_view text, int32_t columns, char mark, int32_t columns_ahead) {
    const int32_t needed = columns + std::min(columns_ahead, options_.max_columns - columns);
    if (columns_ > 0 && columns_ + needed > options_.max_columns) EndRow();
    if (full()) return;
    row_.text += text;
    if (mark != 0 && columns > 0) {
      row_.marks.append(columns_ - static_cast<int32_t>(row_.marks.size()), ' ');
      row_.marks += mark;
      row_.marks.append(columns - 1, '~');
    }
    columns_ += columns;
  }

  std::vector<ExcerptRow> Finish() {
    if (columns_ > 0) EndRow();
    return std::move(rows_);
  }

 private:
  void EndRow() {
    if (!full()) rows_.push_back(std::move(row_));
    row_ = {};
    columns_ = 0;
  }

  const ExcerptOptions& options_;
  std::vector<ExcerptRow> rows_;
  ExcerptRow row_;
  int32_t columns_ = 0;
};

}  // namespace

std::vector<ExcerptRow> MakeExcerpt(std::string_view source, ByteRange context,
                                    const std::vector<ByteRange>& marks,
                                    const ExcerptOptions& options) {
  const int32_t size = static_cast<int32_t>(source.size());
  context.start = std::clamp(context.start, 0, size);
  context.end = std::clamp(context.end, context.start, size);
  const std::vector<ByteRange> windows = ChooseWindows(source, context, marks, options);

  RowWriter writer(options);
  size_t mark_index = 0;
  int32_t written_to = context.start;
  bool blank = true;  // what came last; a leading blank is dropped
  for (const ByteRange& window : windows) {
    if (writer.full()) break;
    if (window.start > written_to) {
      writer.Add(kEllipsis, 1, 0, 0);
      blank = false;
    }
    int32_t offset = window.start;
    while (offset < window.end && !writer.full()) {
      while (mark_index < marks.size() && marks[mark_index].end <= offset) ++mark_index;
      const int32_t start = offset;
      UChar32 code_point;
      U8_NEXT(source.data(), offset, window.end, code_point);
      std::string_view text = source.substr(start, offset - start);
      if (code_point < 0) {
        text = "\uFFFD";
      } else if (Unprintable(code_point)) {
        text = " ";
        code_point = ' ';
      }
      const bool now_blank = code_point == ' ' || code_point == 0x3000;
      char mark = 0;
      int32_t columns_ahead = 0;
      if (mark_index < marks.size() && marks[mark_index].start <= start) {
        const ByteRange& marked = marks[mark_index];
        mark = start == marked.start ? '^' : '~';
        if (mark == '^') {
          const int32_t mark_end =
              Forward(source, offset, std::min(marked.end, window.end), options.max_columns);
          columns_ahead = DisplayWidth(source.substr(offset, mark_end - offset));
        }
      } else if (now_blank && blank) {
        continue;
      }
      blank = now_blank;
      writer.Add(text, DisplayWidth(code_point), mark, columns_ahead);
    }
    written_to = window.end;
  }
  if (written_to < context.end) writer.Add(kEllipsis, 1, 0, 0);
  return writer.Finish();
}

}  // namespace crossfoot::report
