#include "core/document.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "core/source_map.h"
#include "core/string_view.h"
#include "core/text_span.h"

namespace crossfoot::core {
namespace {

std::string_view KindName(BlockKind kind) {
  switch (kind) {
    case BlockKind::kHeading:
      return "HEADING";
    case BlockKind::kParagraph:
      return "PARAGRAPH";
    case BlockKind::kListItem:
      return "LIST_ITEM";
    case BlockKind::kCaption:
      return "CAPTION";
    case BlockKind::kTable:
      return "TABLE";
    case BlockKind::kNote:
      return "NOTE";
    case BlockKind::kFurniture:
      return "FURNITURE";
  }
  return "UNKNOWN";
}

// "[3,9) 12..21@1:5 words": where `range` stands in the text, where in the source, and what it
// says.
void AppendRange(const Document& document, TextRange range, std::string* out) {
  absl::StrAppend(out, " [", range.start, ",", range.end, ") ",
                  DebugString(document.SpanOf(range)));
  if (!range.empty()) absl::StrAppend(out, " ", ToAbsl(document.TextOf(range)));
  out->push_back('\n');
}

void AppendTable(const Document& document, const Table& table, std::string* out) {
  absl::StrAppend(out, "  ", table.row_count, "x", table.column_count, "\n");
  if (!table.caption.empty()) {
    out->append("  caption");
    AppendRange(document, table.caption, out);
  }
  if (!table.unit_note.empty()) {
    out->append("  unit_note");
    AppendRange(document, table.unit_note, out);
  }
  for (const Cell& cell : table.cells) {
    absl::StrAppend(out, "  cell ", cell.row, ",", cell.column);
    if (cell.row_span != 1 || cell.column_span != 1) {
      absl::StrAppend(out, " span ", cell.row_span, ",", cell.column_span);
    }
    if (cell.header) out->append(" header");
    if (cell.indent != 0) absl::StrAppend(out, " indent ", cell.indent);
    AppendRange(document, cell.range, out);
  }
}

}  // namespace

TextSpan Document::SpanOf(TextRange range) const {
  const TextRange original = source_map.OriginalOf(range);
  const LineIndex::Position position = line_index.Locate(source, original.start);
  return {encoding.OriginalOf(original.start), encoding.OriginalOf(original.end), position.line,
          position.column};
}

std::optional<TextRange> Document::RangeOf(const TextSpan& span) const {
  const std::optional<TextRange> range =
      source_map.RangeOf(SourceRangeOf(span.start_byte, span.end_byte));
  if (!range.has_value() || SpanOf(*range) != span) return std::nullopt;
  return range;
}

std::string Document::DebugString() const {
  std::string out;
  int32_t article = -1;
  for (size_t index = 0; index < blocks.size(); ++index) {
    const Block& block = blocks[index];
    if (block.article != article) {
      article = block.article;
      absl::StrAppend(&out, "article ", article, "\n");
    }
    absl::StrAppend(&out, ToAbsl(KindName(block.kind)));
    if (block.level != 0) absl::StrAppend(&out, " ", block.level);
    absl::StrAppend(&out, " [", block.range.start, ",", block.range.end, ")\n");
    if (block.table >= 0) AppendTable(*this, tables[block.table], &out);
    for (int32_t sentence = 0; sentence < block.sentence_count; ++sentence) {
      out.append("  sentence");
      AppendRange(*this, sentences[block.first_sentence + sentence].range, &out);
    }
  }
  return out;
}

}  // namespace crossfoot::core
