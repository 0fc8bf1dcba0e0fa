#ifndef CROSSFOOT_CORE_DOCUMENT_H_
#define CROSSFOOT_CORE_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/place.h"
#include "core/source_map.h"
#include "core/text_span.h"

namespace crossfoot::core {

enum class BlockKind {
  kHeading,    // a title or section heading, a line of its own without a full stop
  kParagraph,  // prose, one or more sentences
  kListItem,
  kCaption,    // 图1 …, 表1 …, 单位：亿元, a line that speaks of a picture or table
  kTable,      // its cells are in Document::tables
  kNote,       // 附注, 注：…, a footnote, a source line (来源：…)
  kFurniture,  // navigation, running heads, tables of contents, page numbers, bylines: read, never
               // checked
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  int32_t level = 0;           // of a heading: 1 (title) to 6; 0 otherwise
  TextRange range;             // into Document::text
  int32_t first_sentence = 0;  // index into Document::sentences
  int32_t sentence_count = 0;  // 0 for tables
  int32_t table = -1;          // index into Document::tables, or -1
  int32_t article = 0;         // index of the article it belongs to, from 0
};

struct Sentence {
  TextRange range;    // without surrounding white space, with its closing mark
  int32_t block = 0;  // index into Document::blocks
};

struct Cell {
  TextRange range;     // may be empty
  int32_t row = 0;     // 0-based
  int32_t column = 0;  // 0-based
  int32_t row_span = 1;
  int32_t column_span = 1;
  bool header = false;
  int32_t indent = 0;  // of the cell's text, in levels; 其中, # and spaces make one
};

// A grid of cells, row by row.  `caption` and `unit_note` ("单位：亿元") are ranges of the text
// near the table; empty when there is none.
struct Table {
  int32_t row_count = 0;
  int32_t column_count = 0;
  std::vector<Cell> cells;  // in row-major order; spanned places hold no cell
  TextRange caption;
  TextRange unit_note;
};

// A decoded report.  `text` is UTF-8 with full-width, compatibility and Traditional forms folded,
// tags dropped, entities decoded and broken sentences joined; blocks are separated by "\n".
// `source` is what came in, in UTF-8: byte for byte when it was UTF-8, else decoded, and `encoding`
// maps it to the bytes that came in.  Of a format that is no text (PDF, DOCX, XLSX) it is a
// transcript: the words in reading order, a paragraph or row of a table on each line, and `places`
// says where they stand; "the bytes that came in" are then those of the transcript.
struct Document {
  std::string uri;
  std::string source;
  std::string original;  // the bytes that came in, of a format that is no text; else empty
  EncodingMap encoding;
  PlaceMap places;  // empty for formats that are text
  std::string text;
  SourceMap source_map;
  LineIndex line_index;  // of `source`
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Table> tables;
  int32_t article_count = 0;

  std::string_view TextOf(TextRange range) const {
    return std::string_view(text).substr(range.start, range.size());
  }
  // Where `range` stands in the bytes that came in.
  TextSpan SpanOf(TextRange range) const;
  // The inverse: a range whose `SpanOf` is `span`; nullopt when no range has it.
  std::optional<TextRange> RangeOf(const TextSpan& span) const;
  // The bytes [start_byte, end_byte) of what came in, as a range of `source`.
  TextRange SourceRangeOf(int32_t start_byte, int32_t end_byte) const {
    return {encoding.DecodedOf(start_byte), encoding.DecodedOf(end_byte)};
  }
  // The original words of a span or range, in UTF-8.
  std::string_view ContentOf(const TextSpan& span) const {
    const TextRange range = SourceRangeOf(span.start_byte, span.end_byte);
    return std::string_view(source).substr(range.start, range.size());
  }
  std::string_view ContentOf(TextRange range) const { return ContentOf(SpanOf(range)); }
  // Where a span stands in a format that is no text; nullopt for text.
  std::optional<Place> PlaceOf(const TextSpan& span) const {
    if (places.empty()) return std::nullopt;
    return places.PlaceOf(source, SourceRangeOf(span.start_byte, span.end_byte));
  }
  // Blocks and sentences with ranges, one a line, made for diffs.
  std::string DebugString() const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_DOCUMENT_H_
