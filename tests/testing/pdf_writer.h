#ifndef CROSSFOOT_TESTS_TESTING_PDF_WRITER_H_
#define CROSSFOOT_TESTS_TESTING_PDF_WRITER_H_

#include <string>
#include <string_view>
#include <vector>

namespace crossfoot::testing {

// Words on a page of PDF.
struct PdfText {
  float x = 0;        // left edge, in points
  float y = 0;        // baseline, from the upper edge of the page
  float size = 12;    // of the font, in points
  std::string words;  // UTF-8, of the Basic Multilingual Plane
  float degrees = 0;  // by which they are turned, counterclockwise
};

struct PdfPageContent {
  std::vector<PdfText> texts;
  int rotation = 0;  // of the page as it is shown: 0, 90, 180, 270
};

// A PDF with these pages of A4, with the font of Chinese readers, STSong, which is not embedded.
std::string WritePdf(const std::vector<PdfPageContent>& pages);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_PDF_WRITER_H_
