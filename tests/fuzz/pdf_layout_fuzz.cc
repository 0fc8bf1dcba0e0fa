// Words at any place of any pages, and what is read of them.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "core/source_map.h"
#include "services/document/blocks.h"
#include "services/document/pdf/layout.h"
#include "services/document/pdf/page.h"
#include "services/document/tables.h"
#include "services/document/transcript.h"
#include "tests/fuzz/fuzz.h"

namespace {

using crossfoot::document::PdfPage;
using crossfoot::document::PdfWord;

// What words are made of: what layout tells apart.
constexpr std::string_view kCharacters[] = {
    "1", "2",  "0",  ".",  "%",  "-",  "a",  "b",  "增", "长", "亿", "元", "。", "，", "（", "）",
    "—", "表", "注", "：", "单", "位", "一", "、", "…",  "\t", "0",  "5",  ",",  "#",  "其", "中"};

// Six bytes a word: where it stands, its size, its length and where its characters begin.
constexpr size_t kWordBytes = 6;

std::vector<PdfPage> ToPages(const uint8_t* data, size_t size) {
  std::vector<PdfPage> pages;
  for (size_t at = 0; at + kWordBytes <= size; at += kWordBytes) {
    if (pages.empty() || data[at] == 0xFF) {
      pages.emplace_back().width = 595;
      pages.back().height = 842;
    }
    PdfPage& page = pages.back();
    PdfWord word;
    word.start = static_cast<int32_t>(page.text.size());
    word.first_edge = static_cast<int32_t>(page.edges.size());
    word.characters = data[at + 4] % 24 + 1;
    word.size = static_cast<float>(data[at + 2] % 32 + 1);
    word.top = static_cast<float>(data[at + 1]) * 3.3F;
    word.bottom = word.top + static_cast<float>(data[at + 3] % 24 + 1);
    word.bold = data[at + 3] >= 0x80;
    float left = static_cast<float>(data[at]) * 2.3F;
    for (int32_t character = 0; character < word.characters; ++character) {
      page.edges.push_back(left);
      page.text += kCharacters[(data[at + 5] + character * 7) % std::size(kCharacters)];
      left += data[at + 2] >= 0x80 ? word.size / 2 : word.size;
    }
    page.edges.push_back(left);
    word.end = static_cast<int32_t>(page.text.size());
    page.words.push_back(word);
  }
  return pages;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::vector<PdfPage> pages = ToPages(data, size);
  const auto lay_out = [&pages] {
    auto transcript = crossfoot::document::LayOutPages("fuzz", pages, /*max_bytes=*/1 << 20);
    CROSSFOOT_FUZZ_CHECK(transcript.ok());
    crossfoot::core::Document document;
    document.source = std::move(transcript->text);
    document.places = std::move(transcript->places);
    document.line_index = crossfoot::core::LineIndex(document.source);
    crossfoot::document::FindTables(&transcript->reading);
    crossfoot::document::BuildBlocks(transcript->reading, &document);
    return document;
  };
  const crossfoot::core::Document document = lay_out();
  crossfoot::fuzz::CheckDocument(document);
  CROSSFOOT_FUZZ_CHECK(document.DebugString() == lay_out().DebugString());
  // What is read stands on a page, in boxes.
  for (const crossfoot::core::Sentence& sentence : document.sentences) {
    const auto place = document.PlaceOf(document.SpanOf(sentence.range));
    CROSSFOOT_FUZZ_CHECK(place.has_value() && place->page >= 1 &&
                         place->page <= static_cast<int32_t>(pages.size()) &&
                         !place->boxes.empty());
  }
  return 0;
}
