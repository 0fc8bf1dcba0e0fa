#ifndef CROSSFOOT_SERVICES_DOCUMENT_TRANSCRIPT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_TRANSCRIPT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/place.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/line.h"
#include "services/document/tables.h"

namespace crossfoot::document {

// What the reader of a format that is no text makes of a source.
struct Transcript {
  std::string
      text;  // the words as they are read: a paragraph or row on each line, tabs between cells
  core::PlaceMap places;
  Reading reading;  // of `text`
};

// Writes a transcript front to back:
//
//   TranscriptWriter writer(uri, max_bytes);
//   writer.places().AddRun(writer.AppendWords("收入12亿元"), "document", 1, 1);
//   writer.EndLine({});
//   writer.BeginTable();
//   writer.BeginCell({.row = 0, .column = 0});
//   writer.places().AddCell(writer.AppendWords("12"), "Sheet1", 1, 1);
//   writer.EndCell();
//   writer.EndTable();
//   Transcript transcript = std::move(writer).Finish();
//
// Words come in any bytes: what is not UTF-8 becomes U+FFFD.
class TranscriptWriter {
 public:
  // The transcript ends at `max_bytes`; what comes then is left out, see `status`.  `uri` names the
  // document in messages.
  TranscriptWriter(std::string_view uri, int64_t max_bytes) : uri_(uri), max_bytes_(max_bytes) {}

  // Where the characters stand among those beside them.
  enum class Script { kNormal, kSuperscript, kSubscript };

  // Appends words to the line or cell that is open and returns their range of the text, which is
  // empty when nothing was appended.  Line breaks and tabs in them become blanks.
  core::TextRange AppendWords(std::string_view words, Script script = Script::kNormal);

  // Ends a paragraph.  One without words is left out.
  struct LineStyle {
    Markup markup = Markup::kNone;  // not kTable
    int32_t level = 0;              // of kHeading: 1 to 6
  };
  void EndLine(const LineStyle& style);

  // Cells come in row-major order.  As of DraftCell.
  struct CellStyle {
    int32_t row = 0;
    int32_t column = 0;
    int32_t row_span = 1;
    int32_t column_span = 1;
    bool header = false;
    int32_t indent = 0;  // levels known from the format; blanks before the words add to it
  };
  // Between BeginTable and EndTable all words stand in cells, about `cell_count` of them.  EndTable
  // leaves a table without words out; one of a single column becomes lines (tables.h).
  void BeginTable(size_t cell_count = 0);
  void BeginCell(const CellStyle& style) {
    if (!table_.cells.empty()) Separate(table_.cells.back().row == style.row ? '\t' : '\n');
    line_start_ = transcript_.reading.draft.size();
    DraftCell& cell = table_.cells.emplace_back();
    cell.row = style.row;
    cell.column = style.column;
    cell.row_span = std::max(style.row_span, 1);
    cell.column_span = std::max(style.column_span, 1);
    cell.header = style.header;
    cell.indent = style.indent;
    table_.row_count = std::max(table_.row_count, cell.row + 1);
    table_.column_count = std::max(table_.column_count, cell.column + cell.column_span);
  }
  void EndCell() {
    DraftCell& cell = table_.cells.back();
    const core::TextRange whole = {line_start_, transcript_.reading.draft.size()};
    cell.range = TrimBlanks(transcript_.reading.draft.text(), whole);
    if (cell.range.start > whole.start)
      cell.indent += IndentLevels(transcript_.reading.draft, whole.start, cell.range);
    line_start_ = whole.end;
  }
  void EndTable();

  core::PlaceMap& places() { return transcript_.places; }

  // kDocumentTooLarge once words were left out.  Readers ask now and then, and stop.
  absl::Status status() const;

  // Call once, when the last line or table is ended.
  Transcript Finish() &&;

 private:
  void Separate(char separator) { transcript_.text += separator; }

  std::string uri_;
  int64_t max_bytes_;
  bool full_ = false;
  Transcript transcript_;
  int32_t line_start_ = 0;  // of the open line or cell, in the draft
  DraftTable table_;
  int32_t table_start_ = 0;  // in the draft
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_TRANSCRIPT_H_
