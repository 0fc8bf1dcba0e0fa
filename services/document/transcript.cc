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

// As most cells are: nothing in it is invalid, or folded to something else.
bool IsPrintableAscii(std::string_view words) {
  return std::all_of(words.begin(), words.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
}

}  // namespace

core::TextRange TranscriptWriter::AppendWords(std::string_view words, Script script) {
  const auto start = static_cast<int32_t>(transcript_.text.size());
  if (full_ || words.empty()) return {start, start};
  if (static_cast<int64_t>(transcript_.text.size() + words.size()) > max_bytes_) {
    full_ = true;
    return {start, start};
  }
  Draft& draft = transcript_.reading.draft;
  if (script == Script::kNormal && IsPrintableAscii(words)) {
    transcript_.text.append(words);
    draft.AppendCopied(words, start);
    return {start, static_cast<int32_t>(transcript_.text.size())};
  }
  for (std::string_view rest = words; !rest.empty();) {
    const size_t valid = FindInvalidUtf8(rest);
    transcript_.text.append(rest.substr(0, valid));
    if (valid == rest.size()) break;
    transcript_.text.append(kReplacementCharacter);
    rest.remove_prefix(valid + 1);
  }
  std::replace_if(transcript_.text.begin() + start, transcript_.text.end(), IsControl, ' ');
  const auto end = static_cast<int32_t>(transcript_.text.size());
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

void TranscriptWriter::BeginTable(size_t cell_count) {
  table_ = DraftTable();
  table_.cells.reserve(cell_count);
  transcript_.places.Reserve(cell_count);
  transcript_.reading.draft.ReservePieces(cell_count);
  table_start_ = line_start_ = transcript_.reading.draft.size();
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

}  // namespace crossfoot::document
