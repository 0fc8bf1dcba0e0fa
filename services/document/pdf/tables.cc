#include "services/document/pdf/tables.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cancellation.h"
#include "services/document/characters.h"
#include "services/document/line_shape.h"

namespace crossfoot::document {
namespace {

// Longest words of a cell; in bytes.
constexpr size_t kMaxCellBytes = 200;
// Most rows of a header, and rows without numbers between rows with them.
constexpr size_t kMaxHeaderRows = 6;
constexpr size_t kMaxRowsBetween = 4;
// Rows of one table stand no further from one another, in ems.
constexpr float kMaxRowDistance = 3.5F;
// Lines of one cell are nearer to one another than lines of two rows: by this factor at least.
constexpr float kTight = 0.93F;
// A gap between columns, in ems.
constexpr float kColumnGap = 0.3F;
// A gap between cells that stand as near to each other as words do, in ems.
constexpr float kCellGap = 0.22F;
// Most cells of a row and columns of a table, so that no page takes long.
constexpr size_t kMaxCells = 64;

// Holds a mark of prose: 。！？；，.
bool HasStop(std::string_view text) {
  for (const std::string_view mark : {"。", "，", "；", "！", "？"}) {
    if (Contains(text, mark)) return true;
  }
  return false;
}

bool HasLeader(std::string_view text) {
  return Contains(text, "....") || Contains(text, "……") || Contains(text, "····");
}

// What a row looks like by itself.
struct Shape {
  bool data = false;     // a label and numbers
  bool numbers = false;  // numbers alone
  bool words = false;    // may stand in a table all the same
  std::vector<bool> number_at;
};

Shape ShapeOf(const PdfRow& row) {
  Shape shape;
  if (row.size() > kMaxCells) return shape;
  shape.words = true;
  size_t numbers = 0;
  size_t years = 0;
  for (const PdfSegment& segment : row) {
    const bool number = segment.text.size() <= kMaxCellBytes && IsNumberCell(segment.text);
    shape.number_at.push_back(number);
    numbers += number ? 1 : 0;
    years += number && IsYearNumber(segment.text) ? 1 : 0;
    if (segment.text.size() > kMaxCellBytes || HasStop(segment.text) || HasLeader(segment.text))
      shape.words = false;
  }
  if (row.size() == 1 && (IsUnitNote(row[0].text) || IsCaption(row[0].text) ||
                          IsNote(row[0].text) || IsDecoratedPageNumber(row[0].text)))
    shape.words = false;
  if (!shape.words) return shape;
  shape.numbers = numbers == row.size() && years < numbers;
  const bool label = !shape.number_at[0] || IsYearNumber(row[0].text);
  const size_t behind = numbers - (shape.number_at[0] ? 1 : 0);
  const size_t years_behind = years - (shape.number_at[0] && label ? 1 : 0);
  shape.data = label && row.size() >= 2 && behind * 2 + 1 >= row.size() && behind > years_behind;
  return shape;
}

// The mean distance from the mean.
float Spread(const std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto count = static_cast<float>(values.size());
  const float mean = std::accumulate(values.begin(), values.end(), 0.0F) / count;
  float sum = 0;
  for (const float value : values) sum += std::abs(value - mean);
  return sum / count;
}

// Whether the head of the labels has its middle elsewhere than they, whose middles are `centers`.
bool StandsAside(const PdfTable& table, const std::vector<float>& centers, float size) {
  const auto [first, last] = std::minmax_element(centers.begin(), centers.end());
  return std::any_of(table.cells.begin(), table.cells.end(), [&](const PdfCell& cell) {
    if (cell.row >= table.header_rows || cell.column != 0 || cell.column_span > 1) return false;
    const float center = cell.lines[0].center();
    return center < *first - 0.5F * size || center > *last + 0.5F * size;
  });
}

// Cuts numbers off the end of segments where cells stand so near to one another that they are one
// segment: `least` numbers or more.
void CutNumbers(const PdfPage& page, size_t least, PdfRow& row) {
  const auto is_number = [&page](const PdfSegment& segment, size_t at) {
    const PdfWord& word = page.words[segment.words[at]];
    return ScriptOf(segment, word) == PdfScript::kNormal &&
           IsNumberCell(std::string_view(page.text).substr(word.start, word.end - word.start));
  };
  for (size_t at = 0; at < row.size() && row.size() < kMaxCells; ++at) {
    const size_t count = row[at].words.size();
    if (count < 2 || IsCaption(row[at].text) || OutlineDepth(row[at].text) > 0) continue;
    // Words from here on are numbers, each with a gap before it.
    size_t first = count;
    while (first > 1 && count - first < kMaxCells && is_number(row[at], first - 1) &&
           GapBefore(page, row[at], first - 1) > kCellGap * row[at].size) {
      --first;
    }
    const size_t numbers = count - first + (first == 1 && is_number(row[at], 0) ? 1 : 0);
    if (first == count || numbers < least) continue;
    for (size_t cut = count - 1; cut >= first; --cut) {
      row.insert(row.begin() + static_cast<int64_t>(at) + 1, CutSegment(page, cut, &row[at]));
    }
  }
}

float Overlap(float left, float right, float other_left, float other_right) {
  return std::min(right, other_right) - std::max(left, other_left);
}

// A table among rows [first, last); numbers begin in row `data`.
struct Extent {
  size_t first = 0;
  size_t data = 0;
  size_t last = 0;
};

class TableBuilder {
 public:
  TableBuilder(const PdfPage& page, std::vector<PdfRow>& rows, const std::vector<Shape>& shapes)
      : page_(page), rows_(rows), shapes_(shapes) {}

  // The table whose first row of numbers is `data`, not reaching above `free`; nullopt when there
  // is none.
  std::optional<PdfTable> Build(size_t free, size_t data, Extent* extent) {
    extent->data = data;
    extent->last = EndOfRun(data);
    row_distance_ = RowDistance(*extent);
    FindColumns(*extent);
    if (columns_.size() > kMaxCells) return std::nullopt;
    JoinColumnsOfMarks(*extent);
    if (columns_.size() < 2) return std::nullopt;
    extent->first = FindHeader(free, data);
    for (size_t row = extent->first; row < data; ++row) CutHeads(rows_[row]);
    if (!IsTable(*extent)) return std::nullopt;
    TakeTrailingLabels(*extent);
    PdfTable table;
    BuildHeader(*extent, &table);
    BuildBody(*extent, &table);
    table.columns = columns_;
    return table;
  }

 private:
  float Middle(size_t row) const { return MiddleOf(rows_[row]); }
  float Distance(size_t row, size_t below) const { return Middle(below) - Middle(row); }
  bool Near(size_t row, size_t below) const {
    return Distance(row, below) <= kMaxRowDistance * SizeOf(rows_[below]);
  }

  // Words in as many columns as the row of numbers before has: the header of another table.
  bool IsNewHeader(size_t row, size_t data) const {
    return rows_[row].size() >= 2 && rows_[row].size() * 5 >= rows_[data].size() * 3 &&
           std::count(shapes_[row].number_at.begin(), shapes_[row].number_at.end(), true) == 0 &&
           row + 1 < rows_.size() && !shapes_[row + 1].numbers;
  }

  size_t EndOfRun(size_t data) const {
    size_t last = data;  // with numbers
    for (size_t row = data + 1; row < rows_.size() && row - last <= kMaxRowsBetween; ++row) {
      if (!shapes_[row].words || !Near(row - 1, row)) break;
      if (shapes_[row].data || shapes_[row].numbers) {
        last = row;
      } else if (IsNewHeader(row, last)) {
        break;
      }
    }
    return last + 1;
  }

  // How far rows of one line are from one another.
  float RowDistance(const Extent& extent) const {
    float least = std::numeric_limits<float>::max();
    for (size_t row = extent.data; row + 1 < extent.last; ++row) {
      if (shapes_[row].data && shapes_[row + 1].data)
        least = std::min(least, Distance(row, row + 1));
    }
    return least < std::numeric_limits<float>::max() ? least : 1.6F * SizeOf(rows_[extent.data]);
  }

  bool HasNumbers(size_t row) const { return shapes_[row].data || shapes_[row].numbers; }

  // The columns: what the cells of rows with numbers cover of the width.  A text that reaches over
  // several columns of others is left out.
  void FindColumns(const Extent& extent) {
    std::vector<std::pair<size_t, size_t>> cells;  // row and segment
    for (size_t row = extent.data; row < extent.last; ++row) {
      if (!HasNumbers(row)) continue;
      for (size_t at = 0; at < rows_[row].size(); ++at) cells.emplace_back(row, at);
    }
    const auto segment = [this](const std::pair<size_t, size_t>& cell) -> const PdfSegment& {
      return rows_[cell.first][cell.second];
    };
    std::stable_sort(cells.begin(), cells.end(), [&](const auto& a, const auto& b) {
      return segment(a).left < segment(b).left;
    });
    for (int attempt = 0; attempt < 3; ++attempt) {
      columns_.clear();
      std::vector<size_t> column_of(cells.size());
      for (size_t at = 0; at < cells.size(); ++at) {
        const PdfSegment& cell = segment(cells[at]);
        if (columns_.empty() || cell.left - columns_.back().right > kColumnGap * cell.size)
          columns_.push_back({cell.left, cell.right});
        columns_.back().right = std::max(columns_.back().right, cell.right);
        column_of[at] = columns_.size() - 1;
      }
      // Columns in which a row has two cells are held together by a text that is too wide.
      std::vector<std::pair<size_t, size_t>> seen;  // column and row
      for (size_t at = 0; at < cells.size(); ++at)
        seen.emplace_back(column_of[at], cells[at].first);
      std::sort(seen.begin(), seen.end());
      std::vector<bool> crowded(columns_.size(), false);
      bool any = false;
      for (size_t at = 1; at < seen.size(); ++at) {
        if (seen[at] == seen[at - 1]) any = crowded[seen[at].first] = true;
      }
      if (!any) return;
      std::vector<float> widest(columns_.size(), 0);
      for (size_t at = 0; at < cells.size(); ++at) {
        if (!shapes_[cells[at].first].number_at[cells[at].second])
          widest[column_of[at]] = std::max(widest[column_of[at]], segment(cells[at]).width());
      }
      size_t kept = 0;
      for (size_t at = 0; at < cells.size(); ++at) {
        const bool number = shapes_[cells[at].first].number_at[cells[at].second];
        if (crowded[column_of[at]] && !number &&
            segment(cells[at]).width() >= 0.95F * widest[column_of[at]]) {
          continue;
        }
        cells[kept++] = cells[at];
      }
      if (kept == cells.size() || kept == 0) return;
      cells.resize(kept);
    }
  }

  // What stands in place of a number (—, …) may stand beside the numbers of its column: in the
  // middle, or where words begin.  Such a column joins the one beside it that has no cell in its
  // rows.
  void JoinColumnsOfMarks(const Extent& extent) {
    struct Cells {
      bool words = false;
      bool digits = false;
      std::vector<size_t> rows;  // ascending
    };
    std::vector<Cells> cells(columns_.size());
    for (size_t row = extent.data; row < extent.last; ++row) {
      if (!HasNumbers(row)) continue;
      for (size_t at = 0; at < rows_[row].size(); ++at) {
        const PdfSegment& segment = rows_[row][at];
        const auto [first, last] = ColumnsOf(segment);
        for (size_t column = first; column <= last; ++column) {
          cells[column].words |= !shapes_[row].number_at[at];
          cells[column].digits |= segment.text.find_first_of("0123456789") != std::string::npos;
          if (cells[column].rows.empty() || cells[column].rows.back() != row)
            cells[column].rows.push_back(row);
        }
      }
    }
    for (size_t column = columns_.size(); column-- > 1;) {
      if (cells[column].words || cells[column].digits) continue;
      for (const size_t beside : {column + 1, column - 1}) {
        if (beside == 0 || beside >= columns_.size() || !cells[beside].digits) continue;
        std::vector<size_t> shared;
        std::set_intersection(cells[column].rows.begin(), cells[column].rows.end(),
                              cells[beside].rows.begin(), cells[beside].rows.end(),
                              std::back_inserter(shared));
        if (!shared.empty()) continue;
        const size_t left = std::min(column, beside);
        columns_[left].right = columns_[left + 1].right;
        columns_.erase(columns_.begin() + static_cast<int64_t>(left) + 1);
        std::vector<size_t> rows;
        std::merge(cells[column].rows.begin(), cells[column].rows.end(), cells[beside].rows.begin(),
                   cells[beside].rows.end(), std::back_inserter(rows));
        cells[left] = {.words = cells[beside].words, .digits = true, .rows = std::move(rows)};
        cells.erase(cells.begin() + static_cast<int64_t>(left) + 1);
        break;
      }
    }
  }

  // The columns [first, last] that a segment stands in, or the nearest one.
  std::pair<size_t, size_t> ColumnsOf(const PdfSegment& segment) const {
    size_t first = columns_.size();
    size_t last = 0;
    size_t nearest = 0;
    float least = std::numeric_limits<float>::max();
    for (size_t column = 0; column < columns_.size(); ++column) {
      const PdfTable::Column& c = columns_[column];
      const float overlap = Overlap(segment.left, segment.right, c.left, c.right);
      const float narrow = std::min(segment.width(), c.right - c.left);
      if (overlap > 0.2F * narrow && overlap > 0) {
        first = std::min(first, column);
        last = column;
      }
      const float distance = std::abs(segment.center() - (c.left + c.right) / 2);
      if (distance < least) {
        least = distance;
        nearest = column;
      }
    }
    return first < columns_.size() ? std::pair(first, last) : std::pair(nearest, nearest);
  }

  // The first row of the header above row `data`.
  size_t FindHeader(size_t free, size_t data) const {
    size_t first = data;
    const float label_right = columns_[0].right;
    for (size_t row = data; row > free && data - row < kMaxHeaderRows;) {
      --row;
      if (!shapes_[row].words || HasNumbers(row)) break;
      if (!Near(row, row + 1) && !(row + 1 == data && HeadsColumns(row))) break;
      if (std::any_of(rows_[row].begin(), rows_[row].end(), [](const PdfSegment& segment) {
            return IsUnitNote(segment.text) || IsCaption(segment.text);
          })) {
        break;
      }
      if (rows_[row].size() >= 2) {
        first = row;
        continue;
      }
      // One text alone: above the columns of numbers, or the words of a tall cell that stand
      // between rows of the header or in the middle of a line of it.
      const PdfSegment& only = rows_[row][0];
      if (OutlineDepth(only.text) > 0) break;
      const bool above_numbers = only.left > label_right;
      const bool between = row > free && row - 1 < data && rows_[row - 1].size() >= 2 &&
                           !HasNumbers(row - 1) && shapes_[row - 1].words && Near(row - 1, row);
      const bool tight = first < data && Distance(row, row + 1) < kTight * row_distance_;
      if (above_numbers || (between && first < data) || (tight && ColumnsOf(only).second == 0)) {
        first = row;
        continue;
      }
      break;
    }
    // A text alone is no header.
    while (first < data && rows_[first].size() == 1 && !(rows_[first][0].left > label_right))
      ++first;
    return first;
  }

  // Whether a head stands above each column.  Such a row may stand further off: where a row of the
  // table is cut by the end of a page, its empty rest stands below the head of the next page.
  bool HeadsColumns(size_t row) const {
    constexpr float kFarHead = 5.0F;  // in sizes of the text
    if (rows_[row].size() != columns_.size() || columns_.size() < 3) return false;
    for (size_t at = 0; at < columns_.size(); ++at) {
      if (ColumnsOf(rows_[row][at]) != std::pair(at, at)) return false;
    }
    return Distance(row, row + 1) <= kFarHead * SizeOf(rows_[row + 1]);
  }

  // Cuts heads of columns that stand so near to one another that they are one segment, between
  // words that stand above different columns.
  void CutHeads(PdfRow& row) const {
    for (size_t at = 0; at < row.size() && row.size() < kMaxCells; ++at) {
      size_t known = 0;  // the last word above a single column, and that column
      size_t column = columns_.size();
      for (size_t word = 0; word < row[at].words.size(); ++word) {
        const std::optional<size_t> above = ColumnAbove(row[at], word);
        if (!above.has_value()) continue;
        if (column < *above) {
          size_t cut = known + 1;
          for (size_t gap = cut; gap <= word; ++gap) {
            if (GapBefore(page_, row[at], gap) > GapBefore(page_, row[at], cut)) cut = gap;
          }
          if (GapBefore(page_, row[at], cut) > kCellGap * row[at].size) {
            row.insert(row.begin() + static_cast<int64_t>(at) + 1,
                       CutSegment(page_, cut, &row[at]));
            break;
          }
        }
        known = word;
        column = *above;
      }
    }
  }

  // The column that a word of a segment stands above.
  std::optional<size_t> ColumnAbove(const PdfSegment& segment, size_t word) const {
    const PdfWord& words = page_.words[segment.words[word]];
    const float left = page_.edges[words.first_edge];
    const float right = page_.edges[words.first_edge + words.characters];
    std::optional<size_t> above;
    for (size_t column = 0; column < columns_.size(); ++column) {
      if (Overlap(left, right, columns_[column].left, columns_[column].right) <= 0) continue;
      if (above.has_value()) return std::nullopt;
      above = column;
    }
    return above;
  }

  bool IsTable(const Extent& extent) const {
    size_t data = 0;
    bool decimal = false;
    bool ascending = true;
    std::string_view before;
    for (size_t row = extent.data; row < extent.last; ++row) {
      if (!shapes_[row].data) continue;
      ++data;
      const std::string_view number = rows_[row].back().text;
      decimal |= number.find_first_of(".%,") != std::string_view::npos;
      ascending &=
          before.size() < number.size() || (before.size() == number.size() && before <= number);
      before = number;
    }
    size_t header = 0;  // most cells of a row of it
    for (size_t row = extent.first; row < extent.data; ++row)
      header = std::max(header, rows_[row].size());
    if (header >= 2) return data >= 1;
    // Without a header a list of titles and pages, or the words of a chart, look alike.
    if (columns_.size() == 2) return data >= 3 && decimal && !(ascending && data < 5);
    return data >= 2;
  }

  // The last lines of the label of the last row.
  void TakeTrailingLabels(Extent& extent) const {
    while (extent.last < rows_.size()) {
      const size_t row = extent.last;
      if (!shapes_[row].words || rows_[row].size() != 1 || HasNumbers(row)) return;
      const PdfSegment& label = rows_[row][0];
      if (ColumnsOf(label).second != 0 || label.left < columns_[0].left - label.size) return;
      if (label.right > columns_[0].right + label.size) return;
      const float distance = Distance(row - 1, row);
      if (distance > kTight * row_distance_ &&
          (distance > 1.05F * row_distance_ || !GoesOnLabel(row - 1, row))) {
        return;
      }
      ++extent.last;
    }
  }

  // A header cell in the making.
  struct HeaderCell {
    size_t first = 0;  // columns [first, last]
    size_t last = 0;
    size_t last_row = 0;
    int32_t level = 0;  // row of the header
    bool tall = false;  // as tall as the header
    PdfCell cell;
    float center = 0;

    float top() const { return cell.lines.front().top; }
    float bottom() const { return cell.lines.back().bottom; }
    float middle() const { return (top() + bottom()) / 2; }
  };

  void BuildHeader(const Extent& extent, PdfTable* table) const {
    std::vector<HeaderCell> cells;
    for (size_t row = extent.first; row < extent.data; ++row) {
      for (const PdfSegment& segment : rows_[row]) {
        const auto [first, last] = ColumnsOf(segment);
        // The next line of the cell above, when nothing else stands between.
        HeaderCell* above = nullptr;
        for (HeaderCell& cell : cells) {
          if (cell.first <= last && first <= cell.last &&
              (above == nullptr || cell.last_row > above->last_row))
            above = &cell;
        }
        if (above != nullptr && above->last_row < row && above->first == first &&
            above->last == last && IsNextLine(*above, row, segment)) {
          above->cell.lines.push_back(segment);
          above->last_row = row;
          continue;
        }
        HeaderCell cell;
        cell.first = first;
        cell.last = last;
        cell.last_row = row;
        cell.cell.lines = {segment};
        cell.center = segment.center();
        cells.push_back(std::move(cell));
      }
    }
    if (cells.empty()) return;
    const int32_t levels = FindLevels(cells);
    for (int32_t level = 0; level + 1 < levels; ++level) Widen(level, cells);
    table->header_rows = levels;
    for (HeaderCell& cell : cells) {
      cell.cell.column = static_cast<int32_t>(cell.first);
      cell.cell.column_span = static_cast<int32_t>(cell.last - cell.first + 1);
      // Down to where one of its columns goes on; a cell that shares them with no other is as tall
      // as the header.
      int32_t above = 0;
      int32_t below = levels;
      for (const HeaderCell& other : cells) {
        if (&other == &cell || other.first > cell.last || cell.first > other.last) continue;
        if (other.level > cell.level) below = std::min(below, other.level);
        if (other.level <= cell.level) above = cell.level;
      }
      cell.cell.row = above;
      cell.cell.row_span = std::max(below - above, 1);
    }
    // Two in one place are one.
    std::stable_sort(cells.begin(), cells.end(), [](const HeaderCell& a, const HeaderCell& b) {
      return std::pair(a.cell.row, a.cell.column) < std::pair(b.cell.row, b.cell.column);
    });
    for (HeaderCell& cell : cells) {
      if (!table->cells.empty() && table->cells.back().row == cell.cell.row &&
          table->cells.back().column + table->cells.back().column_span > cell.cell.column) {
        std::move(cell.cell.lines.begin(), cell.cell.lines.end(),
                  std::back_inserter(table->cells.back().lines));
        continue;
      }
      table->cells.push_back(std::move(cell.cell));
    }
    table->row_count = table->header_rows;
  }

  // Whether `segment` of `row` is a line of the cell above it.
  bool IsNextLine(const HeaderCell& above, size_t row, const PdfSegment& segment) const {
    const PdfSegment& last = above.cell.lines.back();
    if (LeavesBracketOpen(last.text)) return true;
    // Lines of a cell are set below one another.
    const bool aligned = std::abs(last.center() - segment.center()) < 0.6F * segment.size ||
                         std::abs(last.left - segment.left) < 0.3F * segment.size ||
                         std::abs(last.right - segment.right) < 0.3F * segment.size;
    if (!aligned) return false;
    const float distance = segment.middle() - last.middle();
    // Lines that are set tight, or of a cell beside which the others have a line in the middle.
    return distance < kTight * row_distance_ ||
           (row - above.last_row > 1 && distance < 1.5F * segment.size);
  }

  // Says in which row of the header each cell stands, and returns how many rows it has.
  static int32_t FindLevels(std::vector<HeaderCell>& cells) {
    float top = cells.front().top();
    float bottom = cells.front().bottom();
    for (const HeaderCell& cell : cells) {
      top = std::min(top, cell.top());
      bottom = std::max(bottom, cell.bottom());
    }
    std::vector<HeaderCell*> order;
    for (HeaderCell& cell : cells) {
      // In the middle of the header, and nothing above or below it: as tall as the header.
      cell.tall = std::abs(cell.middle() - (top + bottom) / 2) < 0.35F * cell.cell.lines[0].size &&
                  std::none_of(cells.begin(), cells.end(), [&cell](const HeaderCell& other) {
                    return &other != &cell && other.first <= cell.last && cell.first <= other.last;
                  });
      if (!cell.tall) order.push_back(&cell);
    }
    if (order.empty()) return 1;
    std::stable_sort(order.begin(), order.end(), [](const HeaderCell* a, const HeaderCell* b) {
      return a->middle() < b->middle();
    });
    int32_t level = 0;
    float end = order.front()->bottom();  // of the level
    for (HeaderCell* const cell : order) {
      if (cell->middle() > end) {
        ++level;
        end = cell->bottom();
      }
      end = std::max(end, cell->bottom());
      cell->level = level;
    }
    return level + 1;
  }

  // Lets the cells of a row of the header reach over the columns that the cells below them stand
  // in: those that are nearest to each, and at both ends of the row those that leave it in the
  // middle.
  void Widen(int32_t level, std::vector<HeaderCell>& cells) const {
    // What stands below, and where its middle is.
    std::vector<bool> free(columns_.size(), false);
    std::vector<float> centers(columns_.size());
    for (size_t column = 0; column < columns_.size(); ++column)
      centers[column] = (columns_[column].left + columns_[column].right) / 2;
    std::vector<HeaderCell*> row;  // that have cells below them
    for (HeaderCell& cell : cells) {
      if (cell.tall || cell.level <= level) continue;
      for (size_t column = cell.first; column <= cell.last; ++column) free[column] = true;
      if (cell.first == cell.last) centers[cell.first] = cell.center;
    }
    for (HeaderCell& cell : cells) {
      if (cell.tall || cell.level != level) continue;
      bool spans = false;
      for (size_t column = cell.first; column <= cell.last; ++column) spans |= free[column];
      if (spans) row.push_back(&cell);
      for (size_t column = cell.first; column <= cell.last; ++column) free[column] = false;
    }
    // The labels of the rows stand below no other header.
    free[0] = false;
    std::sort(row.begin(), row.end(),
              [](const HeaderCell* a, const HeaderCell* b) { return a->first < b->first; });
    for (size_t at = 0; at < row.size(); ++at) {
      HeaderCell& cell = *row[at];
      const auto distance = [&](size_t first, size_t last) {
        const float bonus = 0.5F * cell.cell.lines[0].size * static_cast<float>(last - first);
        return std::abs((centers[first] + centers[last]) / 2 - cell.center) - bonus;
      };
      size_t first = cell.first;
      size_t last = cell.last;
      const auto nearer = [&](size_t column, const HeaderCell& other) {
        return std::abs(centers[column] - cell.center) <= std::abs(centers[column] - other.center);
      };
      while (first > 0 && free[first - 1] && (at == 0 || nearer(first - 1, *row[at - 1]))) --first;
      while (last + 1 < columns_.size() && free[last + 1] &&
             (at + 1 == row.size() || nearer(last + 1, *row[at + 1]))) {
        ++last;
      }
      size_t best_first = at == 0 ? cell.first : first;
      size_t best_last = at + 1 == row.size() ? cell.last : last;
      for (size_t left = first; left <= cell.first; ++left) {
        for (size_t right = cell.last; right <= last; ++right) {
          if ((at > 0 && left != first) || (at + 1 < row.size() && right != last)) continue;
          if (distance(left, right) >= distance(best_first, best_last)) continue;
          best_first = left;
          best_last = right;
        }
      }
      cell.first = best_first;
      cell.last = best_last;
      for (size_t column = best_first; column <= best_last; ++column) free[column] = false;
    }
  }

  // The rows below the header.
  void BuildBody(const Extent& extent, PdfTable* table) const {
    std::vector<std::vector<size_t>> body;  // the lines of each row
    std::vector<size_t> waiting;            // lines of the row to come
    for (size_t row = extent.data; row < extent.last; ++row) {
      const bool first = row == extent.data;
      const bool last = row + 1 == extent.last;
      if (HasNumbers(row)) {
        waiting.push_back(row);
        body.push_back(std::exchange(waiting, {}));
        continue;
      }
      const float above = first ? std::numeric_limits<float>::max() : Distance(row - 1, row);
      const float below = last ? std::numeric_limits<float>::max() : Distance(row, row + 1);
      const bool tight_above = above < kTight * row_distance_;
      const bool tight_below = below < kTight * row_distance_;
      const bool nearer_above = tight_above && (!tight_below || above <= below) && !body.empty();
      const bool of_next =
          waiting.empty() ? tight_below && !nearer_above : tight_above || tight_below;
      if (of_next) {
        waiting.push_back(row);
      } else if (nearer_above || (!tight_below && !body.empty() && GoesOnLabel(row - 1, row))) {
        body.back().push_back(row);
      } else {
        body.push_back({row});
      }
    }
    for (const size_t row : waiting) body.push_back({row});
    for (const std::vector<size_t>& lines : body) AddRow(lines, table);
  }

  // Whether the label of `row` is full and goes on in the row below it.
  bool GoesOnLabel(size_t row, size_t below) const {
    if (rows_[below].size() != 1 || shapes_[row].numbers) return false;
    const PdfSegment& label = rows_[row][0];
    const PdfSegment& rest = rows_[below][0];
    if (LeavesBracketOpen(label.text)) return true;
    return label.right > columns_[0].right - 1.2F * label.size && label.characters > 6 &&
           std::abs(rest.left - label.left) < 0.5F * label.size && OutlineDepth(rest.text) == 0 &&
           !rest.text.starts_with("其中") && !rest.text.starts_with("#");
  }

  void AddRow(const std::vector<size_t>& lines, PdfTable* table) const {
    std::vector<PdfCell> cells;
    for (const size_t line : lines) {
      for (const PdfSegment& segment : rows_[line]) {
        auto [first, last] = ColumnsOf(segment);
        // The head of a section stands in the first column, however long it is.
        if (rows_[line].size() == 1 && first == 0) last = 0;
        const auto shared = std::find_if(cells.begin(), cells.end(), [&](const PdfCell& cell) {
          return cell.column <= static_cast<int32_t>(last) &&
                 static_cast<int32_t>(first) < cell.column + cell.column_span;
        });
        if (shared != cells.end()) {
          shared->lines.push_back(segment);
          continue;
        }
        PdfCell cell;
        cell.row = table->row_count;
        cell.column = static_cast<int32_t>(first);
        cell.column_span = static_cast<int32_t>(last - first + 1);
        cell.lines = {segment};
        cells.push_back(std::move(cell));
      }
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const PdfCell& a, const PdfCell& b) { return a.column < b.column; });
    std::move(cells.begin(), cells.end(), std::back_inserter(table->cells));
    ++table->row_count;
  }

  const PdfPage& page_;
  std::vector<PdfRow>& rows_;
  const std::vector<Shape>& shapes_;
  std::vector<PdfTable::Column> columns_;
  float row_distance_ = 0;
};

// The words of the header, cell by cell.
std::string HeaderWords(const PdfTable& table) {
  std::string words;
  for (const PdfCell& cell : table.cells) {
    if (cell.row >= table.header_rows) break;
    for (const PdfSegment& line : cell.lines) words += line.text;
    words += '\t';
  }
  return words;
}

}  // namespace

std::vector<PdfItem> FindPdfTables(const PdfPage& page, std::vector<PdfRow> rows,
                                   const core::Cancellation* cancellation) {
  std::vector<Shape> shapes;
  shapes.reserve(rows.size());
  for (PdfRow& row : rows) {
    CutNumbers(page, /*least=*/2, row);
    // In a row with numbers one is enough.
    if (std::any_of(row.begin(), row.end(), [](const PdfSegment& segment) {
          return segment.text.size() <= kMaxCellBytes && IsNumberCell(segment.text);
        })) {
      CutNumbers(page, /*least=*/1, row);
    }
    shapes.push_back(ShapeOf(row));
  }
  std::vector<PdfItem> items;
  size_t free = 0;  // the first row that no item has yet
  for (size_t row = 0; row < rows.size();) {
    if (core::Stopped(cancellation)) return items;
    if (!shapes[row].data) {
      ++row;
      continue;
    }
    Extent extent;
    std::optional<PdfTable> table = TableBuilder(page, rows, shapes).Build(free, row, &extent);
    if (!table.has_value()) {
      // None of the rows of this run makes a table.
      row = extent.last;
      continue;
    }
    for (; free < extent.first; ++free) items.emplace_back(std::move(rows[free]));
    items.emplace_back(*std::move(table));
    row = free = extent.last;
  }
  for (; free < rows.size(); ++free) items.emplace_back(std::move(rows[free]));
  return items;
}

bool GoesOn(const PdfTable& table, const PdfTable& next) {
  if (table.columns.size() != next.columns.size()) return false;
  if (next.header_rows > 0) return HeaderWords(table) == HeaderWords(next);
  for (size_t column = 0; column < table.columns.size(); ++column) {
    const PdfTable::Column& a = table.columns[column];
    const PdfTable::Column& b = next.columns[column];
    if (Overlap(a.left, a.right, b.left, b.right) <= 0) return false;
  }
  return true;
}

void AppendRows(PdfTable next, PdfTable& table) {
  const int32_t shift = table.row_count - next.header_rows;
  for (PdfCell& cell : next.cells) {
    if (cell.row < next.header_rows) continue;
    cell.row += shift;
    table.cells.push_back(std::move(cell));
  }
  table.row_count += next.row_count - next.header_rows;
}

void IndentLabels(PdfTable* table) {
  std::vector<float> lefts;       // of the first lines
  std::vector<float> line_lefts;  // of all
  std::vector<float> centers;
  float size = 0;
  const auto is_label = [table](const PdfCell& cell) {
    return cell.row >= table->header_rows && cell.column == 0;
  };
  for (const PdfCell& cell : table->cells) {
    if (!is_label(cell)) continue;
    lefts.push_back(cell.lines[0].left);
    size = std::max(size, cell.lines[0].size);
    for (const PdfSegment& line : cell.lines) {
      line_lefts.push_back(line.left);
      centers.push_back(line.center());
    }
  }
  // Labels in the middle of their column begin anywhere.  Short parts that are indented below a
  // long total have one middle as well, but not that of the head above them.
  if (Spread(centers) < 0.6F * Spread(line_lefts) && !StandsAside(*table, centers, size)) return;
  std::sort(lefts.begin(), lefts.end());
  std::vector<float> steps;
  for (const float left : lefts) {
    if (steps.empty() || left - steps.back() > 0.6F * size) steps.push_back(left);
  }
  constexpr size_t kMaxSteps = 4;
  if (steps.size() > kMaxSteps) return;
  for (PdfCell& cell : table->cells) {
    if (!is_label(cell)) continue;
    for (size_t step = 1; step < steps.size(); ++step)
      cell.indent += cell.lines[0].left > steps[step] - 0.1F * size ? 1 : 0;
  }
}

}  // namespace crossfoot::document
