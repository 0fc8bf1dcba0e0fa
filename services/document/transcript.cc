#include "services/document/transcript.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/document/characters.h"
#include "services/document/normalizer.h"
#include "services/document/tables.h"
#include "services/document/text_decoder.h"

namespace crossfoot::document {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

// Control characters stand for blanks, as line breaks and tabs do.
bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }

}  // namespace

core::TextRange TranscriptWriter::AppendWords(std::string_view words, Script script) {
  const auto start = static_cast<int32_t>(transcript_.text.size());
  if (full_ || words.empty()) return {start, start};
  if (static_cast<int64_t>(transcript_.text.size() + words.size()) > max_bytes_) {
    full_ = true;
    return {start, start};
  }
  clean_.clear();
  for (std::string_view rest = words; !rest.empty();) {
    const size_t valid = FindInvalidUtf8(rest);
    clean_.append(rest.substr(0, valid));
    if (valid == rest.size()) break;
    clean_.append(kReplacementCharacter);
    rest.remove_prefix(valid + 1);
  }
  std::replace_if(clean_.begin(), clean_.end(), IsControl, ' ');
  transcript_.text += clean_;
  const auto end = static_cast<int32_t>(transcript_.text.size());
  Draft& draft = transcript_.reading.draft;
  if (script == Script::kNormal) {
    AppendNormalized(transcript_.text, start, end, LineBreaks::kBlank, &draft);
    return {start, end};
  }
  for (int32_t at = start; at < end;) {
    const CodePoint c = CodePointAt(transcript_.text, at);
    const Folding folding = Fold(c.value);
    const char32_t folded = folding.kind == Folding::Kind::kReplace ? folding.replacement : c.value;
    const char32_t scripted = Scripted(folded, script == Script::kSuperscript);
    if (scripted == folded) {
      AppendNormalized(transcript_.text, at, at + c.size_bytes, LineBreaks::kBlank, &draft);
    } else {
      std::string bytes;
      AppendUtf8(scripted, &bytes);
      draft.AppendReplaced(bytes, at, at + c.size_bytes);
    }
    at += c.size_bytes;
  }
  return {start, end};
}

void TranscriptWriter::EndLine(const LineStyle& style) {
  Line line;
  line.range = {line_start_, transcript_.reading.draft.size()};
  line_start_ = line.range.end;
  if (line.range.empty()) return;
  line.blank_before = true;
  line.markup = style.markup;
  line.level = style.level;
  AppendLine(transcript_.reading.draft, line, /*markdown=*/false, &transcript_.reading.lines);
  Separate('\n');
}

void TranscriptWriter::BeginTable() {
  table_ = DraftTable();
  table_start_ = line_start_ = transcript_.reading.draft.size();
}

void TranscriptWriter::BeginCell(const CellStyle& style) {
  if (!table_.cells.empty()) Separate(table_.cells.back().row == style.row ? '\t' : '\n');
  line_start_ = transcript_.reading.draft.size();
  DraftCell cell;
  cell.row = style.row;
  cell.column = style.column;
  cell.row_span = std::max(style.row_span, 1);
  cell.column_span = std::max(style.column_span, 1);
  cell.header = style.header;
  cell.indent = style.indent;
  table_.row_count = std::max(table_.row_count, cell.row + 1);
  table_.column_count = std::max(table_.column_count, cell.column + cell.column_span);
  table_.cells.push_back(cell);
}

void TranscriptWriter::EndCell() {
  DraftCell& cell = table_.cells.back();
  const core::TextRange whole = {line_start_, transcript_.reading.draft.size()};
  cell.range = TrimBlanks(transcript_.reading.draft.text(), whole);
  cell.indent += IndentLevels(transcript_.reading.draft, whole.start, cell.range);
  line_start_ = whole.end;
}

void TranscriptWriter::EndTable() {
  for (DraftCell& cell : table_.cells)
    cell.row_span = std::min(cell.row_span, table_.row_count - cell.row);
  AppendTable({table_start_, transcript_.reading.draft.size()}, std::move(table_),
              &transcript_.reading);
  line_start_ = transcript_.reading.draft.size();
  Separate('\n');
}

absl::Status TranscriptWriter::status() const {
  if (!full_) return absl::OkStatus();
  return core::MakeError(core::ErrorReason::kDocumentTooLarge,
                         absl::StrCat(uri_, " has more than ", max_bytes_,
                                      " bytes of text, the limit; split it or raise the limit"),
                         {{"max_document_bytes", absl::StrCat(max_bytes_)}});
}

Transcript TranscriptWriter::Finish() && { return std::move(transcript_); }

void TranscriptWriter::Separate(char separator) { transcript_.text += separator; }

}  // namespace crossfoot::document
