#include "services/document/csv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line_shape.h"
#include "services/document/normalizer.h"
#include "services/document/tables.h"

namespace crossfoot::document {
namespace {

// How much of a source is looked at to tell what it is.
constexpr size_t kSampleBytes = size_t{1} << 16;
constexpr size_t kSampleRecords = 500;
// Most columns that are read as such; later fields are left out.
constexpr int32_t kMaxColumns = 1 << 14;
// Most lines above a table.
constexpr int64_t kMostTitles = 5;
// Most rows of a head in which one cell may go on over several columns.
constexpr size_t kMostHeadRows = 6;
// A field with more bytes is prose.
constexpr int32_t kProseFieldBytes = 150;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A field without its quotes.
struct Field {
  int32_t start = 0;
  int32_t end = 0;
  bool quoted = false;  // two quotes in it stand for one

  bool empty() const { return start >= end; }
};

// Cuts a source into records.
class RecordReader {
 public:
  RecordReader(std::string_view source, char delimiter) : source_(source), delimiter_(delimiter) {
    if (source_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    const std::string_view head = source_.substr(at_, 6);
    if (head.starts_with("sep=") && head.size() == 6 && head[4] == delimiter &&
        (head[5] == '\r' || head[5] == '\n')) {
      at_ = source_.find('\n', at_);
      at_ = at_ == std::string_view::npos ? source_.size() : at_ + 1;
    }
  }

  // The next record, blanks around its fields left out; false at the end.
  bool Next(std::vector<Field>& record) {
    record.clear();
    if (at_ >= source_.size()) return false;
    while (ReadField(record)) continue;
    return true;
  }

  bool malformed() const { return malformed_; }
  size_t position() const { return at_; }

 private:
  // Whether another field follows in the record.
  bool ReadField(std::vector<Field>& record) {
    size_t start = at_;
    while (start < source_.size() && source_[start] == ' ') ++start;
    Field field;
    if (start < source_.size() && source_[start] == '"') {
      size_t end = start + 1;
      while (end < source_.size()) {
        if (source_[end] != '"') {
          ++end;
        } else if (end + 1 < source_.size() && source_[end + 1] == '"') {
          end += 2;
        } else {
          break;
        }
      }
      if (end >= source_.size()) malformed_ = true;
      field = {static_cast<int32_t>(start) + 1, static_cast<int32_t>(std::min(end, source_.size())),
               true};
      at_ = std::min(end + 1, source_.size());
      const size_t behind = at_;
      SkipToFieldEnd();
      if (std::any_of(source_.begin() + behind, source_.begin() + at_,
                      [](char c) { return !IsBlank(c); })) {
        malformed_ = true;
      }
    } else {
      SkipToFieldEnd();
      field = {static_cast<int32_t>(start), static_cast<int32_t>(std::max(at_, start)), false};
    }
    // An indent is part of a label; blanks behind a field never are.
    if (!field.quoted && record.empty()) field.start = RecordStart(field);
    while (field.end > field.start && IsBlank(source_[field.end - 1])) --field.end;
    if (static_cast<int32_t>(record.size()) < kMaxColumns) record.push_back(field);
    if (at_ >= source_.size()) return false;
    const char mark = source_[at_++];
    if (mark == delimiter_) return true;
    if (mark == '\r' && at_ < source_.size() && source_[at_] == '\n') ++at_;
    return false;
  }

  int32_t RecordStart(const Field& field) const {
    int32_t start = field.start;
    while (start > 0 && source_[start - 1] == ' ') --start;
    return field.empty() ? field.start : start;
  }

  void SkipToFieldEnd() {
    while (at_ < source_.size() && source_[at_] != delimiter_ && source_[at_] != '\n' &&
           source_[at_] != '\r') {
      ++at_;
    }
  }

  std::string_view source_;
  char delimiter_;
  size_t at_ = 0;
  bool malformed_ = false;
};

size_t CountFilled(const std::vector<Field>& record) {
  return static_cast<size_t>(std::count_if(record.begin(), record.end(),
                                           [](const Field& field) { return !field.empty(); }));
}

std::string_view WordsOf(std::string_view source, const Field& field) {
  const core::TextRange range = TrimBlanks(source, {field.start, field.end});
  return source.substr(range.start, range.size());
}

// Whether a record is the head of a table: words or years, no number. A list such as 出口 1,234.5
// has none, and is no table whatever its commas.
bool IsHead(std::string_view source, const std::vector<Field>& record) {
  return std::all_of(record.begin(), record.end(), [&source](const Field& field) {
    const std::string_view words = WordsOf(source, field);
    if (words.empty() || IsYearNumber(words)) return true;
    if (static_cast<int32_t>(words.size()) > kProseFieldBytes || Contains(words, "。"))
      return false;
    return std::any_of(words.begin(), words.end(), [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || IsAsciiLetter(static_cast<char32_t>(c));
    });
  });
}

// Whether the beginning of `source`, cut by `delimiter`, is a table of numbers.
bool IsTable(std::string_view source, char delimiter) {
  const std::string_view sample = source.substr(0, kSampleBytes);
  RecordReader reader(sample, delimiter);
  std::vector<Field> record;
  std::map<size_t, int64_t> records_by_width;
  int64_t records = 0;
  int64_t fields = 0;
  int64_t numbers = 0;
  int64_t lines = 0;  // without a delimiter, since the last record
  for (size_t count = 0; count < kSampleRecords && reader.Next(record); ++count) {
    // The sample may end within a record.
    if (sample.size() < source.size() && reader.position() >= sample.size()) break;
    const size_t filled = CountFilled(record);
    if (record.size() < 2) {
      lines += static_cast<int64_t>(filled);
      if (records == 0 && lines > kMostTitles) return false;
      continue;
    }
    // Lines may stand above and below the table, never within it.
    if (records > 0 && lines > 0) return false;
    lines = 0;
    if (records == 0 && filled >= 2 && !IsHead(sample, record)) return false;
    if (filled >= 2) {
      for (size_t column = 1; column < record.size(); ++column) {
        if (record[column].empty()) continue;
        const std::string_view words = WordsOf(sample, record[column]);
        // Prose between delimiters is prose.
        if (!record[column].quoted && Contains(words, "。")) return false;
        ++fields;
        numbers += IsNumberCell(words) ? 1 : 0;
      }
    }
    // A title or a unit before the head is no record.
    if (records == 0 && filled < 2) continue;
    ++records;
    ++records_by_width[record.size()];
  }
  if (records < 2 || reader.malformed()) return false;
  const auto widest =
      std::max_element(records_by_width.begin(), records_by_width.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return widest->first >= 2 && widest->second * 10 >= records * 9 && numbers > 0 &&
         numbers * 2 >= fields;
}

class CsvReader {
 public:
  CsvReader(std::string_view source, char delimiter, const core::Cancellation* cancellation)
      : source_(source), reader_(source, delimiter), cancellation_(cancellation) {}

  Reading Read() {
    reading_.draft.Reserve(source_.size());
    std::vector<Field> record;
    size_t count = 0;
    while (reader_.Next(record)) {
      if ((++count & 63) == 0 && core::Stopped(cancellation_)) break;
      // Spreadsheets write commas as far as any row of the sheet goes.
      while (!record.empty() && record.back().empty()) record.pop_back();
      if (record.empty()) {
        FlushTable();
      } else {
        records_.push_back(std::move(record));
      }
    }
    FlushTable();
    return std::move(reading_);
  }

 private:
  // Writes the records since the last empty one.
  void FlushTable() {
    size_t begin = 0;
    size_t end = records_.size();
    while (begin < end && CountFilled(records_[begin]) == 1) AppendLineOf(records_[begin++]);
    while (end > begin && IsClosing(records_[end - 1])) --end;
    if (begin < end) AppendTableOf(begin, end);
    for (; end < records_.size(); ++end) AppendLineOf(records_[end]);
    records_.clear();
  }

  // A note below a table.
  bool IsClosing(const std::vector<Field>& record) const {
    if (CountFilled(record) != 1) return false;
    const std::string_view words = WordsOf(source_, record.front());
    return IsNote(words) || words.size() > kProseFieldBytes || Contains(words, "。");
  }

  void AppendLineOf(const std::vector<Field>& record) {
    for (const Field& field : record) {
      if (field.empty()) continue;
      Line line;
      line.range.start = reading_.draft.size();
      AppendField(field);
      line.range.end = reading_.draft.size();
      line.blank_before = true;
      AppendLine(reading_.draft, line, /*markdown=*/false, &reading_.lines);
    }
  }

  void AppendTableOf(size_t begin, size_t end) {
    const int32_t draft_start = reading_.draft.size();
    const size_t head_end = HeadEnd(begin, end);
    size_t head_width = 0;
    for (size_t row = begin; row < std::min(head_end, begin + kMostHeadRows); ++row)
      head_width = std::max(head_width, records_[row].size());
    DraftTable table;
    table.row_count = static_cast<int32_t>(end - begin);
    for (size_t row = begin; row < end; ++row) {
      if ((row & 63) == 0 && core::Stopped(cancellation_)) return;
      const std::vector<Field>& record = records_[row];
      const bool head = row < std::min(head_end, begin + kMostHeadRows);
      for (size_t column = 0; column < (head ? head_width : record.size()); ++column) {
        const bool empty = column >= record.size() || record[column].empty();
        if (empty && !head) continue;
        DraftCell cell;
        cell.row = static_cast<int32_t>(row - begin);
        cell.column = static_cast<int32_t>(column);
        const int32_t start = reading_.draft.size();
        if (!empty) AppendField(record[column]);
        cell.range = TrimBlanks(reading_.draft.text(), {start, reading_.draft.size()});
        cell.indent = IndentLevels(reading_.draft, start, cell.range);
        table.column_count = std::max(table.column_count, cell.column + 1);
        table.cells.push_back(cell);
      }
    }
    SpanHeads(static_cast<int32_t>(std::min(head_end - begin, kMostHeadRows)), &table);
    AppendTable({draft_start, reading_.draft.size()}, std::move(table), &reading_);
  }

  // The first record that holds a number behind its first field.
  size_t HeadEnd(size_t begin, size_t end) const {
    for (size_t row = begin; row < end; ++row) {
      const std::vector<Field>& record = records_[row];
      for (size_t column = 1; column < record.size(); ++column) {
        const std::string_view words = WordsOf(source_, record[column]);
        if (IsNumberCell(words) && !IsYearNumber(words)) return row;
      }
    }
    return begin;
  }

  void AppendField(const Field& field) {
    Draft& draft = reading_.draft;
    if (!field.quoted) {
      AppendNormalized(source_, field.start, field.end, LineBreaks::kBlank, &draft);
      return;
    }
    for (int32_t at = field.start; at < field.end;) {
      const size_t quote = source_.substr(0, field.end).find("\"\"", at);
      const int32_t end = quote == std::string_view::npos ? field.end : static_cast<int32_t>(quote);
      AppendNormalized(source_, at, end, LineBreaks::kBlank, &draft);
      at = end;
      if (end == field.end) break;
      draft.AppendReplaced("\"", end, end + 2);
      at = end + 2;
    }
  }

  std::string_view source_;
  RecordReader reader_;
  const core::Cancellation* cancellation_;
  Reading reading_;
  std::vector<std::vector<Field>> records_;  // since the last empty one
};

}  // namespace

std::optional<char> DetectDelimiter(std::string_view source) {
  for (const char delimiter : {'\t', ';', ','}) {
    if (source.substr(0, kSampleBytes).find(delimiter) == std::string_view::npos) continue;
    if (IsTable(source, delimiter)) return delimiter;
  }
  return std::nullopt;
}

Reading ReadCsv(std::string_view source, char delimiter, const core::Cancellation* cancellation) {
  return CsvReader(source, delimiter, cancellation).Read();
}

}  // namespace crossfoot::document
