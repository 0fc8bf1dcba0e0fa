#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_PAGE_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_PAGE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace crossfoot::document {

// A word of a page: characters without a blank between them, on one line.
struct PdfWord {
  int32_t start = 0;  // in the page's text; [start, end), not empty
  int32_t end = 0;
  int32_t first_edge = 0;  // in the page's edges: one for each character, and the right edge
  int32_t characters = 0;  // code points
  float top = 0;           // top < bottom
  float bottom = 0;
  float size = 0;  // of the font; above 0
  bool bold = false;
};

// The words of a page that run from left to right as it is shown, in any order.  Lengths are in
// points from its upper left corner, finite, and edges of a word do not decrease.
struct PdfPage {
  float width = 0;
  float height = 0;
  std::string text;  // of the words, UTF-8
  std::vector<float> edges;
  std::vector<PdfWord> words;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_PAGE_H_
