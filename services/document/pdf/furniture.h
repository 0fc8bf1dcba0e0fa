#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_FURNITURE_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_FURNITURE_H_

#include <cstddef>
#include <vector>

#include "services/document/pdf/lines.h"

namespace crossfoot::document {

// What of a page is not its text.
struct PdfFurniture {
  std::vector<PdfSegment> heads;  // running heads and feet that no page before has, top down
};

// Takes page numbers, running heads and running feet out of the segments of pages, by page.  A head
// or foot stands at the edge of two pages or more with the same words, figures apart, in the same
// place, and away from the text.
std::vector<PdfFurniture> TakeFurniture(const std::vector<float>& heights,
                                        std::vector<std::vector<PdfSegment>>& pages);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_FURNITURE_H_
