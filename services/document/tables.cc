#include "services/document/tables.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cancellation.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line.h"
#include "services/document/line_shape.h"
#include "services/lexicon/layout.h"

namespace crossfoot::document {
namespace {

using lexicon::Layout;
using lexicon::LayoutRole;

// Longest label of a table that is printed one cell a line.  In bytes; forty Chinese characters.
constexpr size_t kMaxLabelBytes = 120;
// Most text cells and number cells of its rows.
constexpr int32_t kMaxTextCells = 3;
constexpr int32_t kMaxNumberCells = 16;
// Rows that show a pattern when there is no header.
constexpr int32_t kRowsWithoutHeader = 3;

// What a line can be in a table printed one cell a line.
enum class CellLine : uint8_t { kText, kNumber, kOther };

// Holds a mark of prose: 。！？；，.
bool HasStop(std::string_view text) {
  for (size_t at = 0; at + 2 < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte != 0xE3 && byte != 0xEF) continue;
    const char32_t c = CodePointAt(text, at).value;
    if (c == U'。' || c == U'，' || c == U'；' || c == U'！' || c == U'？') return true;
  }
  return false;
}

CellLine ShapeOf(const Draft& draft, const Line& line) {
  if (line.markup != Markup::kNone) return CellLine::kOther;
  const std::string_view text = draft.TextOf(line.range);
  if (text.size() > kMaxLabelBytes) return CellLine::kOther;
  if (IsNumberCell(text)) return CellLine::kNumber;
  return HasStop(text) ? CellLine::kOther : CellLine::kText;
}

// Words that the first column of a statistical table is headed with.
bool IsFirstHeader(std::string_view text) {
  if (text.size() > 36) return false;
  const std::string bare = WithoutBlanks(text);
  if (Layout::BuiltIn().Is(LayoutRole::kLabelHeader, bare)) return true;
  return bare.starts_with("指标") && !Contains(bare, "值");
}

// Words in the head of a column of numbers.
bool IsNumberHeader(std::string_view text) {
  const std::string bare = WithoutBlanks(text);
  if (IsYearNumber(bare)) return true;
  return Layout::BuiltIn().Holds(LayoutRole::kNumberHeaderPart, bare);
}

// A label cut after its first one or two characters, or inside a bracket: 农 / 业.
bool ContinuesLabel(std::string_view first, std::string_view second) {
  const int32_t first_count = CountCodePoints(first);
  const int32_t second_count = CountCodePoints(second);
  if (first_count <= 2 && second_count <= 2 && first_count + second_count <= 3 && first != "其中") {
    return true;
  }
  const size_t open = std::max(first.rfind("（") + 1, first.rfind('(') + 1);
  const size_t close = std::max(first.rfind("）") + 1, first.rfind(')') + 1);
  return open > close && (Contains(second, "）") || Contains(second, ")"));
}

// A table found among lines [first, last).
struct FoundTable {
  size_t first;
  size_t last;
  DraftTable table;
};

// Lines of cells with the numbers of each group "texts, then numbers".
struct Group {
  size_t first;  // line of the first text
  int32_t text_count;
  int32_t number_count;
};

// Finds tables in a run of lines that are all cells.
class CellRunParser {
 public:
  CellRunParser(const Draft& draft, const std::vector<Line>& lines)
      : draft_(draft), lines_(lines) {}

  // Reads lines [first, last), whose shapes are `shapes`[first …], and appends the tables to
  // `found`.
  void Parse(const std::vector<CellLine>& shapes, size_t first, size_t last,
             std::vector<FoundTable>* found) {
    groups_.clear();
    size_t at = first;
    while (at < last && shapes[at] == CellLine::kNumber) ++at;
    while (at < last) {
      Group group = {at, 0, 0};
      while (at < last && shapes[at] == CellLine::kText) ++at, ++group.text_count;
      while (at < last && shapes[at] == CellLine::kNumber) ++at, ++group.number_count;
      if (group.number_count == 0) break;
      groups_.push_back(group);
    }
    for (size_t group = 0; group < groups_.size();) {
      const size_t end = EndOfPattern(group);
      // The first group may belong to something else.
      if (!Build(group, end, found)) Build(group + 1, end, found);
      group = end;
    }
  }

 private:
  std::string_view Text(size_t line) const { return draft_.TextOf(lines_[line].range); }

  // A group that begins a new table: its numbers are years, or a unit note or a first header stands
  // among its texts.
  bool StartsTable(const Group& group) const {
    if (HoldsYears(group)) return true;
    for (int32_t index = 0; index + 1 < group.text_count; ++index) {
      const std::string_view text = Text(group.first + index);
      if (IsUnitNote(text) || (group.text_count > group.number_count && IsFirstHeader(text))) {
        return true;
      }
    }
    return false;
  }

  // Its numbers are years, the head of a time series.
  bool HoldsYears(const Group& group) const {
    const size_t first = group.first + group.text_count;
    for (int32_t index = 0; index < group.number_count; ++index) {
      if (!IsYearNumber(Text(first + index))) return false;
    }
    return group.number_count >= 2 && group.text_count >= 1;
  }

  // End of the groups from `begin` on that have the same count of numbers.
  size_t EndOfPattern(size_t begin) const {
    const int32_t numbers = groups_[begin].number_count;
    size_t end = begin + 1;
    while (end < groups_.size() && !StartsTable(groups_[end])) {
      // A row that lost a number, among rows that did not.
      const bool lost = groups_[end].number_count < numbers && end + 1 < groups_.size() &&
                        groups_[end + 1].number_count == numbers &&
                        groups_[end - 1].number_count == numbers && end > begin + 1;
      if (groups_[end].number_count != numbers && !lost) break;
      ++end;
    }
    return end;
  }

  // How many text cells the rows have: what most groups after the first one have.
  int32_t TextCells(size_t begin, size_t end) const {
    std::array<int32_t, kMaxTextCells + 1> counts = {};
    for (size_t group = begin + 1; group < end; ++group) {
      if (groups_[group].text_count <= kMaxTextCells) ++counts[groups_[group].text_count];
    }
    int32_t best = 0;
    for (int32_t count = 1; count <= kMaxTextCells; ++count) {
      if (counts[count] > (best == 0 ? 0 : counts[best])) best = count;
    }
    return best;
  }

  bool Build(size_t begin, size_t end, std::vector<FoundTable>* found) const {
    if (end < begin + 2) return false;
    const int32_t numbers = groups_[begin].number_count;
    if (numbers > kMaxNumberCells) return false;
    const int32_t texts = TextCells(begin, end);
    if (texts == 0) return false;
    const Group& head = groups_[begin];
    const bool years = HoldsYears(head);
    int32_t header_first = -1;  // index among the texts of the first group
    const int32_t header_count = years ? texts : texts + numbers;
    if (years) {
      if (head.text_count < texts) return false;
      header_first = head.text_count - texts;
    } else {
      header_first = FindHeader(head, texts, numbers);
    }
    const bool has_header = header_first >= 0;
    if (!has_header) {
      const auto rows = static_cast<int32_t>(end - begin);
      if (rows < kRowsWithoutHeader + (numbers == 1 ? 2 : 0)) return false;
      if (numbers == 1 && !HasDecimal(begin, end)) return false;
      if (head.text_count < texts) return false;
    }
    FoundTable result;
    DraftTable& table = result.table;
    table.column_count = texts + numbers;
    const int32_t table_start = has_header ? header_first : head.text_count - texts;
    result.first = head.first + table_start;
    const Group& tail = groups_[end - 1];
    result.last = tail.first + tail.text_count + tail.number_count;
    if (has_header) {
      for (int32_t column = 0; column < header_count; ++column) {
        AddCell(head.first + header_first + column, column, true, &table);
      }
      if (years) {
        for (int32_t column = 0; column < numbers; ++column) {
          AddCell(head.first + head.text_count + column, texts + column, true, &table);
        }
      }
      ++table.row_count;
    }
    for (size_t index = years ? begin + 1 : begin; index < end; ++index) {
      const Group& group = groups_[index];
      const int32_t skipped = index == begin && has_header ? header_first + header_count
                              : index == begin             ? head.text_count - texts
                                                           : 0;
      if (group.number_count < numbers) {
        AddLostRow(group, &table);
      } else if (!AddRow(group, skipped, texts, &table)) {
        return false;
      }
    }
    found->push_back(std::move(result));
    return true;
  }

  bool HasDecimal(size_t begin, size_t end) const {
    for (size_t group = begin; group < end; ++group) {
      const size_t first = groups_[group].first + groups_[group].text_count;
      for (size_t line = first; line < first + groups_[group].number_count; ++line) {
        if (Text(line).find_first_of(".%,") != std::string_view::npos) return true;
      }
    }
    return false;
  }

  // Where the header begins among the texts of the first group: the texts that are as many as the
  // columns, before the label of the first row and perhaps before lines that head a section.  -1
  // when there is none.
  int32_t FindHeader(const Group& head, int32_t texts, int32_t numbers) const {
    const int32_t latest = head.text_count - texts - (texts + numbers);
    if (latest < 0) return -1;
    for (int32_t index = latest; index >= std::max(latest - 3, 0); --index) {
      if (IsFirstHeader(Text(head.first + index))) return index;
    }
    for (int32_t index = latest; index >= std::max(latest - 3, 0); --index) {
      if (index > 0 && IsUnitNote(Text(head.first + index - 1))) return index;
    }
    for (int32_t column = texts; column < texts + numbers; ++column) {
      if (!IsNumberHeader(Text(head.first + latest + column))) return -1;
    }
    return latest;
  }

  void AddCell(size_t line, int32_t column, bool header, DraftTable* table) const {
    DraftCell cell;
    cell.range = lines_[line].range;
    cell.row = table->row_count;
    cell.column = column;
    cell.header = header;
    if (column == 0) cell.indent = (lines_[line].indent + 1) / 2;
    table->cells.push_back(cell);
  }

  // Adds a row that lost a number.  Nobody can say which column it is missing from, so label and
  // numbers become one cell, whose numbers are no figures.
  void AddLostRow(const Group& group, DraftTable* table) const {
    AddCell(group.first, 0, false, table);
    const size_t last = group.first + group.text_count + group.number_count - 1;
    table->cells.back().range.end = lines_[last].range.end;
    ++table->row_count;
  }

  // Adds the row that `group` prints, and rows of one cell for the lines that head a section before
  // it.
  bool AddRow(const Group& group, int32_t skipped, int32_t texts, DraftTable* table) const {
    const int32_t count = group.text_count - skipped;
    if (count < 1) return false;
    int32_t index = 0;
    // Missing text cells are those behind the label.
    const int32_t extra = std::max(count - texts, 0);
    bool joined = false;
    if (extra == 1 || extra == 2) {
      const size_t line = group.first + skipped + extra - 1;
      joined = ContinuesLabel(Text(line), Text(line + 1));
    }
    const int32_t sections = joined ? extra - 1 : extra;
    for (; index < sections; ++index) {
      AddCell(group.first + skipped + index, 0, false, table);
      ++table->row_count;
    }
    int32_t column = 0;
    if (joined) {
      AddCell(group.first + skipped + index, 0, false, table);
      table->cells.back().rest = lines_[group.first + skipped + index + 1].range;
      index += 2;
      column = 1;
    }
    for (; index < count; ++index, ++column) {
      AddCell(group.first + skipped + index, column, false, table);
    }
    for (int32_t number = 0; number < group.number_count; ++number) {
      AddCell(group.first + group.text_count + number, texts + number, false, table);
    }
    ++table->row_count;
    return true;
  }

  const Draft& draft_;
  const std::vector<Line>& lines_;
  std::vector<Group> groups_;
};

void FindCellRuns(const Draft& draft, const std::vector<Line>& lines,
                  std::vector<FoundTable>* found) {
  std::vector<CellLine> shapes;
  shapes.reserve(lines.size());
  for (const Line& line : lines) shapes.push_back(ShapeOf(draft, line));
  CellRunParser parser(draft, lines);
  for (size_t first = 0; first < lines.size();) {
    if (shapes[first] == CellLine::kOther) {
      ++first;
      continue;
    }
    size_t last = first;
    bool numbers = false;
    for (; last < lines.size() && shapes[last] != CellLine::kOther; ++last) {
      numbers |= shapes[last] == CellLine::kNumber;
    }
    if (numbers) parser.Parse(shapes, first, last, found);
    first = last;
  }
}

// Cells of a line "| a | b |".
std::vector<core::TextRange> PipeCells(std::string_view text, core::TextRange line) {
  std::vector<core::TextRange> cells;
  int32_t start = line.start;
  if (text[start] == '|') ++start;
  int32_t end = line.end;
  if (end > start && text[end - 1] == '|') --end;
  for (int32_t at = start; at <= end; ++at) {
    if (at < end && text[at] != '|') continue;
    cells.push_back({start, at});
    start = at + 1;
  }
  return cells;
}

// |---|:---:|
bool IsPipeRule(std::string_view line) {
  return Contains(line, "|") && Contains(line, "-") &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

void FindPipeTables(const Draft& draft, const std::vector<Line>& lines,
                    std::vector<FoundTable>* found) {
  for (size_t rule = 0; rule < lines.size(); ++rule) {
    const std::string_view text = draft.TextOf(lines[rule].range);
    if (text.front() != '|' && text.front() != '-' && text.front() != ':') continue;
    if (rule == 0 || !IsPipeRule(text)) continue;
    const auto has_pipe = [&](size_t line) {
      return Contains(draft.TextOf(lines[line].range), "|");
    };
    if (!has_pipe(rule - 1) || (!found->empty() && found->back().last > rule - 1)) continue;
    FoundTable result;
    result.first = rule - 1;
    result.last = rule + 1;
    while (result.last < lines.size() && !lines[result.last].blank_before &&
           has_pipe(result.last)) {
      ++result.last;
    }
    DraftTable& table = result.table;
    for (size_t line = result.first; line < result.last; ++line) {
      if (line == rule) continue;
      int32_t column = 0;
      for (const core::TextRange range : PipeCells(draft.text(), lines[line].range)) {
        DraftCell cell;
        cell.range = TrimBlanks(draft.text(), range);
        cell.row = table.row_count;
        cell.column = column++;
        cell.header = line < rule;
        // One blank behind the pipe is no indent.
        cell.indent = IndentLevels(draft, range.start + 1, cell.range);
        table.cells.push_back(cell);
      }
      table.column_count = std::max(table.column_count, column);
      ++table.row_count;
    }
    rule = result.last - 1;
    // Pipes and dashes with nothing between them are a drawing.
    if (std::any_of(table.cells.begin(), table.cells.end(),
                    [](const DraftCell& cell) { return !cell.range.empty(); }))
      found->push_back(std::move(result));
  }
}

// A cell of an aligned line, with the columns of a screen that it takes.
struct AlignedCell {
  core::TextRange range;
  int32_t start = 0;
  int32_t end = 0;
  int32_t Center() const { return start + end; }  // doubled
};

// Cells that tabs or two blanks and more divide.  A tab divides alone, so that empty cells count.
std::vector<AlignedCell> AlignedCells(std::string_view text, core::TextRange line) {
  std::vector<AlignedCell> cells;
  const bool tabs = text.substr(line.start, line.size()).find('\t') != std::string_view::npos;
  int32_t width = 0;
  int32_t start = line.start;
  int32_t start_width = 0;
  const auto add = [&](int32_t end, int32_t end_width) {
    const core::TextRange range = TrimBlanks(text, {start, end});
    if (range.empty() && !tabs) return;
    cells.push_back({range, start_width, std::max(end_width, start_width + 1)});
  };
  for (int32_t at = line.start; at < line.end;) {
    const bool gap =
        tabs ? text[at] == '\t' : text[at] == ' ' && at + 1 < line.end && text[at + 1] == ' ';
    if (gap) {
      add(at, width);
      if (tabs) {
        ++at;
        width = (width / 8 + 1) * 8;
      } else {
        while (at < line.end && text[at] == ' ') ++at, ++width;
      }
      start = at;
      start_width = width;
      continue;
    }
    const CodePoint c = CodePointAt(text, at);
    width += IsEastAsian(c.value) ? 2 : 1;
    at += c.size_bytes;
  }
  add(line.end, width);
  return cells;
}

// Finds runs of lines with aligned columns: at least two rows of numbers of one count of cells,
// and the rows above them that head the columns.
class AlignedTableParser {
 public:
  AlignedTableParser(const Draft& draft, const std::vector<Line>& lines)
      : draft_(draft), lines_(lines) {}

  void Parse(std::vector<FoundTable>* found) {
    size_t free = 0;  // behind the table before
    for (size_t line = 0; line < lines_.size();) {
      if (!IsRow(line)) {
        ++line;
        continue;
      }
      size_t first = line;
      size_t last = line;
      size_t rows = 0;
      size_t columns = 0;
      while (last < lines_.size() && (IsRow(last) || IsSection(last))) {
        if (IsRow(last)) ++rows;
        columns = std::max(columns, Cells(last).size());
        ++last;
      }
      while (last > first && !IsRow(last - 1)) --last;
      line = last;
      if (rows < 2) continue;
      const size_t data = first;
      for (int32_t above = 0; above < kMaxHeaderLines && first > free && IsHeader(first - 1);
           ++above)
        --first;
      Build(first, data, last, columns, found);
      free = last;
    }
  }

 private:
  static constexpr int32_t kMaxHeaderLines = 3;

  std::vector<AlignedCell> Cells(size_t line) const {
    core::TextRange range = lines_[line].range;
    std::vector<AlignedCell> cells = AlignedCells(draft_.text(), range);
    for (AlignedCell& cell : cells) {
      cell.start += lines_[line].indent;
      cell.end += lines_[line].indent;
    }
    return cells;
  }
  bool IsRow(size_t line) const {
    return lines_[line].markup == Markup::kNone && IsAlignedRow(draft_.TextOf(lines_[line].range));
  }
  // A label without numbers between rows.
  bool IsSection(size_t line) const {
    const std::string_view text = draft_.TextOf(lines_[line].range);
    return lines_[line].markup == Markup::kNone && line + 1 < lines_.size() && IsRow(line + 1) &&
           text.size() <= kMaxLabelBytes && !HasStop(text) && Cells(line).size() == 1 &&
           !lines_[line].blank_before;
  }
  bool IsHeader(size_t line) const {
    const std::string_view text = draft_.TextOf(lines_[line].range);
    if (lines_[line].markup != Markup::kNone || HasStop(text) || IsCaption(text)) return false;
    return Cells(line).size() >= 2 && text.size() <= 2 * kMaxLabelBytes;
  }

  void Build(size_t first, size_t data, size_t last, size_t columns,
             std::vector<FoundTable>* found) const {
    // Where the columns stand: the mean centre of the full rows.
    std::vector<int64_t> centers(columns, 0);
    int64_t full = 0;
    for (size_t line = data; line < last; ++line) {
      const std::vector<AlignedCell> cells = Cells(line);
      if (cells.size() != columns) continue;
      ++full;
      for (size_t column = 0; column < columns; ++column) centers[column] += cells[column].Center();
    }
    if (full == 0) return;
    for (int64_t& center : centers) center /= full;
    FoundTable result;
    result.first = first;
    result.last = last;
    DraftTable& table = result.table;
    table.column_count = static_cast<int32_t>(columns);
    for (size_t line = first; line < last; ++line, ++table.row_count) {
      const std::vector<AlignedCell> cells = Cells(line);
      const bool header = line < data;
      size_t next = 0;  // columns before it are taken
      for (size_t index = 0; index < cells.size(); ++index) {
        if (cells[index].range.empty()) {
          ++next;
          continue;
        }
        size_t column = next;
        size_t span = 1;
        const bool by_order = cells.size() == columns || (index == 0 && !header);
        if (!by_order) {
          const auto distance = [&](size_t at) {
            return std::abs(centers[at] - int64_t{cells[index].Center()});
          };
          while (column + 1 < columns && distance(column + 1) < distance(column)) ++column;
          // A header over several columns takes those that are nearer to it than to the next one.
          if (header && column > 0) {
            const int64_t limit =
                index + 1 < cells.size()
                    ? (int64_t{cells[index].Center()} + cells[index + 1].Center()) / 2
                    : INT64_MAX;
            column = std::max(next, size_t{1});
            while (column + span < columns && centers[column + span] < limit) ++span;
          }
        }
        if (column >= columns) break;
        DraftCell cell;
        cell.range = cells[index].range;
        cell.row = table.row_count;
        cell.column = static_cast<int32_t>(column);
        cell.column_span = static_cast<int32_t>(span);
        cell.header = header;
        if (column == 0) cell.indent = (lines_[line].indent + 1) / 2;
        table.cells.push_back(cell);
        next = column + span;
      }
    }
    found->push_back(std::move(result));
  }

  const Draft& draft_;
  const std::vector<Line>& lines_;
};

// Puts a line for each found table in the place of its lines.
void ReplaceLines(std::vector<FoundTable> found, Reading* reading) {
  if (found.empty()) return;
  std::vector<Line> lines;
  lines.reserve(reading->lines.size());
  size_t next = 0;
  for (FoundTable& table : found) {
    lines.insert(lines.end(), reading->lines.begin() + next, reading->lines.begin() + table.first);
    Line line;
    line.range = {reading->lines[table.first].range.start,
                  reading->lines[table.last - 1].range.end};
    line.blank_before = true;
    line.markup = Markup::kTable;
    line.table = static_cast<int32_t>(reading->tables.size());
    lines.push_back(line);
    reading->tables.push_back(std::move(table.table));
    next = table.last;
  }
  lines.insert(lines.end(), reading->lines.begin() + next, reading->lines.end());
  reading->lines = std::move(lines);
}

// A line that may name the table below it.
bool MayBeCaption(const Draft& draft, const Line& line) {
  const std::string_view text = draft.TextOf(line.range);
  if (line.markup == Markup::kCaption) return true;
  if (line.markup == Markup::kTable || line.markup == Markup::kFurniture || text.size() > 180) {
    return false;
  }
  if (text.ends_with("：") || text.ends_with(":") || Contains(text, "。")) return false;
  return IsCaption(text) ||
         (OutlineDepth(text) == 0 && !EndsClosed(WithoutBlanks(text)) && !IsNote(text) &&
          !IsByline(text)) ||
         (text.ends_with("）") && OutlineDepth(text) == 0 && !Contains(text, "，") &&
          !IsNote(text));
}

void FindCaptions(Reading* reading) {
  const Draft& draft = reading->draft;
  std::vector<Line>& lines = reading->lines;
  for (size_t index = 0; index < lines.size(); ++index) {
    if (lines[index].table < 0) continue;
    DraftTable& table = reading->tables[lines[index].table];
    // An index that the HTML reader stored speaks of the lines before tables were found; it stands
    // right before.
    const bool has_caption = table.caption_line >= 0;
    table.caption_line = -1;
    size_t before = index;
    if (before > 0 && IsUnitNote(draft.TextOf(lines[before - 1].range))) {
      --before;
      table.unit_note_line = static_cast<int32_t>(before);
    }
    if (before > 0 && (has_caption || table.caption_cell < 0) &&
        MayBeCaption(draft, lines[before - 1])) {
      --before;
      table.caption_line = static_cast<int32_t>(before);
    }
    // The unit may also be printed above the title.
    if (table.unit_note_line < 0 && table.caption_line > 0 &&
        IsUnitNote(draft.TextOf(lines[table.caption_line - 1].range))) {
      table.unit_note_line = table.caption_line - 1;
    }
    for (const int32_t line : {table.caption_line, table.unit_note_line}) {
      if (line >= 0 && lines[line].markup == Markup::kNone) lines[line].markup = Markup::kCaption;
    }
  }
}

// What a row of a table holds.
struct RowShape {
  size_t first = 0;  // cells [first, last)
  size_t last = 0;
  size_t lead = 0;  // the first cell with words, or `last`
  int32_t filled = 0;
  int32_t numbers = 0;      // years not counted
  size_t unit_note = 0;     // the first cell that is one, or `last`
  bool any_header = false;  // a cell is marked as a header
  bool headers = true;      // all cells with words are
};

std::vector<RowShape> RowsOf(const Draft& draft, const DraftTable& table) {
  std::vector<RowShape> rows;
  const std::vector<DraftCell>& cells = table.cells;
  for (size_t begin = 0; begin < cells.size();) {
    RowShape& row = rows.emplace_back();
    row.first = begin;
    row.lead = row.unit_note = cells.size();
    size_t end = begin;
    for (; end < cells.size() && cells[end].row == cells[begin].row; ++end) {
      row.any_header |= cells[end].header;
      if (cells[end].range.empty()) continue;
      if (row.filled++ == 0) row.lead = end;
      row.headers &= cells[end].header;
      const std::string_view text = draft.TextOf(cells[end].range);
      if (IsNumberCell(text)) {
        row.numbers += IsYearNumber(text) ? 0 : 1;
      } else if (row.unit_note == cells.size() && IsUnitNote(text)) {
        row.unit_note = end;
      }
    }
    row.last = end;
    row.lead = std::min(row.lead, end);
    row.unit_note = std::min(row.unit_note, end);
    begin = end;
  }
  return rows;
}

// Cuts a table, whose rows are `rows`, where a new header stands below rows of numbers, as in pages
// that print several statistics in one table.  The lines above such a header, its title and unit
// note, go with it.
std::vector<DraftTable> SplitTable(const Draft& draft, const std::vector<RowShape>& rows,
                                   DraftTable table) {
  std::vector<size_t> cuts = {0};  // first rows
  bool data = false;
  for (size_t row = 0; row < rows.size(); ++row) {
    const RowShape& shape = rows[row];
    if (shape.numbers > 0) data = true;
    if (!data || shape.numbers > 0 || shape.filled < 2) continue;
    if (!IsFirstHeader(draft.TextOf(table.cells[shape.lead].range)) && !shape.headers) continue;
    size_t cut = row;
    while (cut > cuts.back() && rows[cut - 1].numbers == 0 && rows[cut - 1].filled <= 2) {
      const RowShape& above = rows[cut - 1];
      if (above.filled > 0 && IsNote(draft.TextOf(table.cells[above.lead].range))) break;
      --cut;
    }
    if (cut > cuts.back()) cuts.push_back(cut);
    data = false;
  }
  std::vector<DraftTable> parts;
  if (cuts.size() == 1) {
    parts.push_back(std::move(table));
    return parts;
  }
  for (size_t index = 0; index < cuts.size(); ++index) {
    const size_t end = index + 1 < cuts.size() ? cuts[index + 1] : rows.size();
    DraftTable part;
    part.column_count = table.column_count;
    if (index == 0) part.caption_line = table.caption_line;
    const int32_t first_row = table.cells[rows[cuts[index]].first].row;
    part.row_count = table.cells[rows[end - 1].first].row - first_row + 1;
    for (size_t cell = rows[cuts[index]].first; cell < rows[end - 1].last; ++cell) {
      DraftCell moved = table.cells[cell];
      moved.row -= first_row;
      moved.row_span = std::min(moved.row_span, part.row_count - moved.row);
      part.cells.push_back(moved);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

// The rows below a header that have no label and no number go on with it: 绝对数, 增长（%）.
void MarkLowerHeaders(const std::vector<RowShape>& rows, int32_t first_row, int32_t last_row,
                      DraftTable* table) {
  constexpr int32_t kMaxHeaderRows = 4;
  for (const RowShape& row : rows) {
    const int32_t number = table->cells[row.first].row;
    if (number <= last_row) continue;
    if (number > last_row + 1 || number >= first_row + kMaxHeaderRows) return;
    if (row.numbers > 0 || row.filled == 0 || table->cells[row.lead].column == 0) return;
    for (size_t cell = row.first; cell < row.last; ++cell) table->cells[cell].header = true;
    last_row = number;
  }
}

// Markdown has one row of head.  A report with several writes the others below the rule, without
// a label.
void ExtendPipeHead(const Draft& draft, DraftTable* table) {
  MarkLowerHeaders(RowsOf(draft, *table), 0, 0, table);
  const auto body = std::find_if(table->cells.begin(), table->cells.end(),
                                 [](const DraftCell& cell) { return !cell.header; });
  SpanHeads(body == table->cells.end() ? table->row_count : body->row, table);
}

// Marks header rows of a table, whose rows are `rows`, and finds a title and a unit note in its own
// cells.
void DescribeTable(const Draft& draft, const std::vector<RowShape>& rows, DraftTable* table) {
  std::vector<DraftCell>& cells = table->cells;
  const auto text = [&](const DraftCell& cell) { return draft.TextOf(cell.range); };
  bool has_header = false;
  for (const RowShape& row : rows) {
    if (table->unit_note_cell < 0 && row.unit_note < row.last)
      table->unit_note_cell = static_cast<int32_t>(row.unit_note);
    if (row.numbers == 0) {
      has_header |= row.any_header;
      continue;
    }
    // A header cell in a row of numbers is its label.
    for (size_t cell = row.first; row.any_header && cell < row.last; ++cell)
      cells[cell].header = false;
  }
  // Title rows: one cell with words, before anything else.
  size_t begin = 0;
  bool searching = true;
  while (searching && begin < cells.size()) {
    size_t end = begin;
    size_t filled = 0;
    size_t title = begin;
    bool numbers = false;
    for (; end < cells.size() && cells[end].row == cells[begin].row; ++end) {
      if (cells[end].range.empty()) continue;
      if (filled++ == 0) title = end;
      numbers |= IsNumberCell(text(cells[end])) && !IsYearNumber(text(cells[end]));
    }
    if (end == cells.size()) return;
    const bool unit_row = table->unit_note_cell >= static_cast<int32_t>(begin) &&
                          table->unit_note_cell < static_cast<int32_t>(end);
    if (filled == 0 || (unit_row && filled <= 2)) {
      if (filled == 2 && table->caption_cell < 0 &&
          static_cast<int32_t>(title) != table->unit_note_cell) {
        table->caption_cell = static_cast<int32_t>(title);
      }
    } else if (filled == 1 && !numbers && table->caption_cell < 0 && cells[title].row_span == 1 &&
               !cells[title].header) {
      table->caption_cell = static_cast<int32_t>(title);
    } else {
      searching = false;
      if (has_header || numbers) return;
      // The first full row without numbers is the header, with the rows that its tall cells reach
      // into.
      const int32_t first_row = cells[begin].row;
      int32_t last_row = first_row;
      for (size_t cell = begin; cell < end; ++cell) {
        last_row = std::max(last_row, first_row + cells[cell].row_span - 1);
      }
      last_row = std::min(last_row, first_row + 3);
      for (size_t cell = begin; cell < cells.size() && cells[cell].row <= last_row; ++cell) {
        const std::string_view words = text(cells[cell]);
        const bool number = IsNumberCell(words) && !IsYearNumber(words) && words.size() > 1;
        if (cells[cell].row > first_row && number) break;
        cells[cell].header = true;
      }
      MarkLowerHeaders(rows, first_row, last_row, table);
    }
    begin = end;
  }
}

}  // namespace

void SpanHeads(int32_t head_rows, DraftTable* table) {
  std::vector<DraftCell>& cells = table->cells;
  const auto columns = static_cast<size_t>(table->column_count);
  std::vector<bool> below(columns, false);  // where the row below has words, or a head goes on
  auto end = std::partition_point(cells.begin(), cells.end(),
                                  [&](const DraftCell& cell) { return cell.row < head_rows; });
  while (end != cells.begin()) {
    const auto begin = std::partition_point(
        cells.begin(), end, [&](const DraftCell& cell) { return cell.row < std::prev(end)->row; });
    std::vector<bool> filled(columns, false);
    DraftCell* head = nullptr;  // that may go on
    for (auto cell = begin; cell != end; ++cell) {
      const auto column = static_cast<size_t>(cell->column);
      const bool words = !cell->range.empty();
      filled[column] = words || (head != nullptr && below[column]);
      if (words) {
        head = column > 0 && below[column] ? &*cell : nullptr;
      } else if (filled[column]) {
        ++head->column_span;
        cell->column_span = 0;
      } else {
        head = nullptr;
      }
    }
    below = std::move(filled);
    end = begin;
  }
  std::erase_if(cells, [](const DraftCell& cell) { return cell.column_span == 0; });
}

void AppendTable(core::TextRange range, DraftTable table, Reading* reading) {
  const bool filled = std::any_of(table.cells.begin(), table.cells.end(),
                                  [](const DraftCell& cell) { return !cell.range.empty(); });
  if (!filled) return;
  if (table.column_count <= 1) {
    for (const DraftCell& cell : table.cells) {
      if (cell.range.empty()) continue;
      Line line;
      line.range = cell.range;
      line.blank_before = true;
      AppendLine(reading->draft, line, false, &reading->lines);
    }
    return;
  }
  const std::vector<RowShape> rows = RowsOf(reading->draft, table);
  std::vector<DraftTable> parts = SplitTable(reading->draft, rows, std::move(table));
  for (size_t index = 0; index < parts.size(); ++index) {
    DraftTable& part = parts[index];
    DescribeTable(reading->draft, parts.size() == 1 ? rows : RowsOf(reading->draft, part), &part);
    Line line;
    line.range = range;
    for (const DraftCell& cell : part.cells) {
      if (cell.range.empty()) continue;
      if (index > 0 && line.range == range) line.range.start = cell.range.start;
      if (index + 1 < parts.size()) line.range.end = cell.range.end;
    }
    line.blank_before = true;
    line.markup = Markup::kTable;
    line.table = static_cast<int32_t>(reading->tables.size());
    reading->lines.push_back(line);
    reading->tables.push_back(std::move(part));
  }
}

bool IsAlignedRow(std::string_view line) {
  if (line.size() > 4096 ||
      (line.find("  ") == std::string_view::npos && line.find('\t') == std::string_view::npos)) {
    return false;
  }
  const std::vector<AlignedCell> cells = AlignedCells(line, {0, static_cast<int32_t>(line.size())});
  if (cells.size() < 2 || cells.front().range.empty()) return false;
  const auto text = [&](const AlignedCell& cell) {
    return line.substr(cell.range.start, cell.range.size());
  };
  if (IsNumberCell(text(cells.front())) && !IsYearNumber(text(cells.front()))) return false;
  if (HasStop(text(cells.front())) || text(cells.front()).size() > kMaxLabelBytes) return false;
  size_t numbers = 0;
  size_t words = 0;
  for (size_t index = 1; index < cells.size(); ++index) {
    const std::string_view cell = text(cells[index]);
    if (cell.empty()) continue;
    if (HasStop(cell)) return false;
    if (IsNumberCell(cell)) {
      ++numbers;
    } else {
      ++words;
    }
  }
  return numbers > 0 && numbers >= words;
}

void FindTables(Reading* reading, const core::Cancellation* cancellation) {
  std::vector<FoundTable> found;
  FindPipeTables(reading->draft, reading->lines, &found);
  for (FoundTable& pipes : found) ExtendPipeHead(reading->draft, &pipes.table);
  ReplaceLines(std::move(found), reading);
  if (core::Stopped(cancellation)) return;
  found.clear();
  AlignedTableParser(reading->draft, reading->lines).Parse(&found);
  ReplaceLines(std::move(found), reading);
  if (core::Stopped(cancellation)) return;
  found.clear();
  FindCellRuns(reading->draft, reading->lines, &found);
  ReplaceLines(std::move(found), reading);
  if (core::Stopped(cancellation)) return;
  FindCaptions(reading);
}

int32_t IndentLevels(const Draft& draft, int32_t start, core::TextRange words) {
  if (words.empty() || start >= words.start) return 0;
  return (draft.WidthOfBlanks({start, words.start}) + 1) / 2;
}

IndentedLabel ReadIndent(const Draft& draft, core::TextRange range) {
  IndentedLabel label;
  label.range = range;
  const std::string_view text = draft.text();
  if (!range.empty() && IsDigit(text[range.start]) && !IsBlank(text[range.end - 1])) return label;
  while (label.range.start < label.range.end && text[label.range.start] == '#') {
    ++label.range.start;
    ++label.indent;
  }
  label.range = TrimBlanks(text, label.range);
  if (!draft.TextOf(label.range).starts_with("其中"))
    return label.range.empty() ? IndentedLabel{range, 0} : label;
  for (const std::string_view word : {"其中：", "其中:", "其中、", "其中"}) {
    if (!draft.TextOf(label.range).starts_with(word)) continue;
    core::TextRange rest = label.range;
    rest.start += static_cast<int32_t>(word.size());
    rest = TrimBlanks(text, rest);
    if (rest.empty()) break;  // 其中 alone heads the rows below
    label.range = rest;
    ++label.indent;
    break;
  }
  if (label.range.empty()) return {range, 0};
  return label;
}

}  // namespace crossfoot::document
