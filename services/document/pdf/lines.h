#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_LINES_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_LINES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/cancellation.h"
#include "services/document/pdf/page.h"

// From words to lines: which words stand beside one another, in which order the columns of a page
// are read, and which pieces stand on one line.

namespace crossfoot::document {

// Words that follow one another on a line without a wide gap: a cell of a table, a line of a
// column.
struct PdfSegment {
  int32_t page = 0;            // index
  std::vector<int32_t> words;  // of the page, from left to right; not empty
  float left = 0;
  float right = 0;
  float top = 0;  // of the words of the main size, as all that follows
  float bottom = 0;
  float size = 0;
  bool bold = false;       // all of them
  std::string text;        // normalised, with blanks between words where they are read
  int32_t characters = 0;  // of the words

  float middle() const { return (top + bottom) / 2; }
  float center() const { return (left + right) / 2; }
  float width() const { return right - left; }
};

// How `word` of a segment stands to its main words: as a sign above the line, below it, or in it.
enum class PdfScript { kNormal, kSuperscript, kSubscript };
PdfScript ScriptOf(const PdfSegment& segment, const PdfWord& word);

// Whether a blank is read between two neighbours of a line: never beside an East Asian character,
// unless the gap is one.
bool ReadsBlank(char32_t before, char32_t after, float gap, float size);

// The segments of page `index`, from left to right.  Words that stand askew, one character a step,
// as a watermark does, are left out when they are larger than `body_size`.
std::vector<PdfSegment> FindSegments(const PdfPage& page, int32_t index, float body_size,
                                     const core::Cancellation* cancellation);

// How far word `word` of a segment, not the first one, stands from the one before it.
float GapBefore(const PdfPage& page, const PdfSegment& segment, size_t word);

// Cuts a segment before that word and returns the rest.
PdfSegment CutSegment(const PdfPage& page, size_t word, PdfSegment* segment);

// Segments on one line of a column, from left to right.
using PdfRow = std::vector<PdfSegment>;

// Top and bottom, the middle, and the largest font size of a row that is not empty.
float MiddleOf(const PdfRow& row);
float SizeOf(const PdfRow& row);

// Groups segments into rows, from the top down.
std::vector<PdfRow> GroupRows(std::vector<PdfSegment> segments);

// Cuts a page into columns and what stands above, between and below them, in reading order; each
// element is read from the top down on its own.
//
// A recursive cut at the white space of the projection on the page's width (XY-cut: Nagy and Seth,
// "Hierarchical representation of optically scanned documents", 1984), with one change: pieces that
// cross a gutter, such as titles, cut the columns on both sides of it into bands.  Columns of
// tables are not cut.
std::vector<std::vector<PdfSegment>> CutColumns(std::vector<PdfSegment> segments);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_LINES_H_
