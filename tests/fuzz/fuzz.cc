#include "tests/fuzz/fuzz.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

namespace crossfoot::fuzz {
namespace {

bool OnBorder(std::string_view text, int32_t at) {
  return at == static_cast<int32_t>(text.size()) || (static_cast<uint8_t>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

void Stop(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
  std::abort();
}

const lexicon::Lexicon& Words() {
  static const lexicon::Lexicon& words = *[] {
    auto loaded = lexicon::Lexicon::Load();
    CROSSFOOT_FUZZ_CHECK(loaded.ok());
    return std::move(*loaded).release();
  }();
  return words;
}

void CheckRange(std::string_view text, core::TextRange range) {
  CROSSFOOT_FUZZ_CHECK(range.start >= 0 && range.start <= range.end);
  CROSSFOOT_FUZZ_CHECK(range.end <= static_cast<int32_t>(text.size()));
  CROSSFOOT_FUZZ_CHECK(OnBorder(text, range.start) && OnBorder(text, range.end));
}

void CheckSpan(const core::Document& document, core::TextSpan span) {
  CheckRange(document.source, document.SourceRangeOf(span.start_byte, span.end_byte));
}

void CheckDocument(const core::Document& document) {
  // The places of the text and of the source only grow.
  int32_t text_end = 0, source_end = 0;
  const auto check = [&](core::TextRange range) {
    CheckRange(document.text, range);
    const core::TextSpan span = document.SpanOf(range);
    CheckSpan(document, span);
    CROSSFOOT_FUZZ_CHECK(span.line >= 1 && span.column >= 1);
    CROSSFOOT_FUZZ_CHECK(range.start >= text_end && span.start_byte >= source_end);
    text_end = range.end;
    source_end = span.start_byte;
  };
  int32_t sentence = 0, article = 0;
  for (size_t b = 0; b < document.blocks.size(); ++b) {
    const core::Block& block = document.blocks[b];
    CheckRange(document.text, block.range);
    CROSSFOOT_FUZZ_CHECK(block.range.start >= text_end);
    CROSSFOOT_FUZZ_CHECK(block.article >= article && block.article < document.article_count);
    article = block.article;
    if (block.table >= 0) {
      CROSSFOOT_FUZZ_CHECK(block.table < static_cast<int32_t>(document.tables.size()));
      const core::Table& table = document.tables[block.table];
      CheckRange(document.text, table.caption);
      CheckRange(document.text, table.unit_note);
      for (const core::Cell& cell : table.cells) {
        CROSSFOOT_FUZZ_CHECK(cell.row >= 0 && cell.row < table.row_count);
        CROSSFOOT_FUZZ_CHECK(cell.column >= 0 && cell.column < table.column_count);
        CROSSFOOT_FUZZ_CHECK(cell.row_span >= 1 && cell.column_span >= 1);
        if (cell.range.empty()) continue;
        CROSSFOOT_FUZZ_CHECK(block.range.Contains(cell.range));
        check(cell.range);
      }
      text_end = block.range.end;
    }
    CROSSFOOT_FUZZ_CHECK(block.sentence_count == 0 || block.first_sentence == sentence);
    for (int32_t i = 0; i < block.sentence_count; ++i, ++sentence) {
      CROSSFOOT_FUZZ_CHECK(sentence < static_cast<int32_t>(document.sentences.size()));
      CROSSFOOT_FUZZ_CHECK(document.sentences[sentence].block == static_cast<int32_t>(b));
      CROSSFOOT_FUZZ_CHECK(block.range.Contains(document.sentences[sentence].range));
      check(document.sentences[sentence].range);
    }
  }
  CROSSFOOT_FUZZ_CHECK(sentence == static_cast<int32_t>(document.sentences.size()));
}

}  // namespace crossfoot::fuzz
