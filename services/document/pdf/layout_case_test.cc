// Runs one case file: what stands where on pages, and the DebugString of the document.
//
//   page 595 842              a page of this width and height, in points
//   57 100 12 一、综合         left edge, baseline and size in points, and the words
//   r540 100 12b 2023年        r: the right edge; c: the middle; b behind the size: bold
//
// East Asian characters are as wide as the size, all others half of it.

#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "services/document/blocks.h"
#include "services/document/characters.h"
#include "services/document/pdf/layout.h"
#include "services/document/pdf/page.h"
#include "services/document/tables.h"
#include "services/document/transcript.h"
#include "tests/testing/case_main.h"

namespace crossfoot::testing {
namespace {

using document::PdfPage;
using document::PdfWord;

float WidthOf(char32_t c, float size) { return document::IsEastAsian(c) ? size : size / 2; }

void AddWords(const std::string& line, PdfPage& page) {
  std::istringstream stream(line);
  std::string x, size_word, words;
  float baseline = 0;
  stream >> x >> baseline >> size_word >> std::ws;
  std::getline(stream, words);
  const float size = std::strtof(size_word.c_str(), nullptr);
  float width = 0;
  for (size_t at = 0; at < words.size();) {
    const document::CodePoint c = document::CodePointAt(words, at);
    width += WidthOf(c.value, size);
    at += c.size_bytes;
  }
  const bool right = x[0] == 'r';
  const bool center = x[0] == 'c';
  float left = std::strtof(x.c_str() + (right || center ? 1 : 0), nullptr);
  left -= right ? width : center ? width / 2 : 0;
  PdfWord word;
  const auto end_word = [&] {
    word.end = static_cast<int32_t>(page.text.size());
    if (word.characters > 0) {
      page.edges.push_back(left);
      page.words.push_back(word);
    }
    word = {.start = word.end,
            .first_edge = static_cast<int32_t>(page.edges.size()),
            .top = baseline - 0.88F * size,
            .bottom = baseline + 0.22F * size,
            .size = size,
            .bold = size_word.back() == 'b'};
  };
  word.end = static_cast<int32_t>(page.text.size());
  end_word();
  for (size_t at = 0; at < words.size();) {
    const document::CodePoint c = document::CodePointAt(words, at);
    if (c.value == ' ') {
      end_word();
    } else {
      page.edges.push_back(left);
      page.text.append(words, at, c.size_bytes);
      ++word.characters;
    }
    left += WidthOf(c.value, size);
    at += c.size_bytes;
  }
  end_word();
}

}  // namespace

std::string ActualOf(std::string input) {
  std::vector<PdfPage> pages;
  std::istringstream lines(input);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    if (line.starts_with("page ")) {
      std::istringstream size(line.substr(5));
      size >> pages.emplace_back().width >> pages.back().height;
    } else {
      AddWords(line, pages.back());
    }
  }
  absl::StatusOr<document::Transcript> transcript =
      document::LayOutPages("case", pages, /*max_bytes=*/1 << 20);
  if (!transcript.ok()) return transcript.status().ToString() + "\n";
  core::Document document;
  document.source = std::move(transcript->text);
  document.line_index = core::LineIndex(document.source);
  document::FindTables(&transcript->reading);
  document::BuildBlocks(transcript->reading, &document);
  return document.DebugString();
}

}  // namespace crossfoot::testing
