// crossfoot-pdf-annotator: reads a crossfoot/interchange/v1/pdf_annotation.proto from the standard
// input and writes the PDF with its words marked to the standard output, which must be a file.  It
// gives up all rights first (sandbox.h): what is wrong with a document can cost this process and
// nothing else.
//
//   crossfoot-pdf-annotator ADDRESS_SPACE_BYTES CPU_SECONDS MAX_BYTES < request > copy.pdf
//
// Exit status: 0 when all was written; 1 when there is no sandbox, the document cannot be opened or
// a page that is to be marked is not there; 2 for bad arguments.

#include <iconv.h>
#include <poppler.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>

#include "crossfoot/interchange/v1/pdf_annotation.pb.h"
#include "services/document/pdf/sandbox.h"

namespace {

using crossfoot::interchange::v1::PdfAnnotation;
using crossfoot::interchange::v1::PdfBox;
using crossfoot::interchange::v1::PdfHighlight;

bool ParsePositive(std::string_view text, int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value > 0;
}

// One of 0xRRGGBB, as poppler has it.
guint16 Channel(uint32_t color, int shift) {
  return static_cast<guint16>(((color >> shift) & 0xFF) * 257);
}

// Marks words of `page`.
void Add(const PdfHighlight& highlight, PopplerDocument* document, PopplerPage* page) {
  double width = 0;
  double height = 0;
  poppler_page_get_size(page, &width, &height);
  GArray* const quadrilaterals = g_array_new(FALSE, FALSE, sizeof(PopplerQuadrilateral));
  PopplerRectangle whole = {width, height, 0, 0};
  for (const PdfBox& box : highlight.boxes()) {
    // poppler counts from the lower edge.
    const double top = height - static_cast<double>(box.top());
    const double bottom = height - static_cast<double>(box.bottom());
    const auto left = static_cast<double>(box.left());
    const auto right = static_cast<double>(box.right());
    const PopplerQuadrilateral corners = {
        {left, top}, {right, top}, {left, bottom}, {right, bottom}};
    g_array_append_val(quadrilaterals, corners);
    whole = {std::min(whole.x1, left), std::min(whole.y1, bottom), std::max(whole.x2, right),
             std::max(whole.y2, top)};
  }
  PopplerAnnot* const annotation =
      poppler_annot_text_markup_new_highlight(document, &whole, quadrilaterals);
  PopplerColor color = {Channel(highlight.color(), 16), Channel(highlight.color(), 8),
                        Channel(highlight.color(), 0)};
  poppler_annot_set_color(annotation, &color);
  poppler_annot_set_contents(annotation, highlight.contents().c_str());
  poppler_annot_markup_set_label(POPPLER_ANNOT_MARKUP(annotation), "Crossfoot");
  poppler_page_add_annot(page, annotation);
  g_object_unref(annotation);
  g_array_free(quadrilaterals, TRUE);
}

// Whether all was written.
bool Annotate(const PdfAnnotation& request) {
  GBytes* const bytes = g_bytes_new_static(request.document().data(), request.document().size());
  PopplerDocument* const document = poppler_document_new_from_bytes(bytes, nullptr, nullptr);
  if (document == nullptr) return false;
  for (const PdfHighlight& highlight : request.highlights()) {
    if (highlight.page() < 1 || highlight.page() > poppler_document_get_n_pages(document))
      return false;
    PopplerPage* const page = poppler_document_get_page(document, highlight.page() - 1);
    if (page == nullptr) return false;
    Add(highlight, document, page);
    g_object_unref(page);
  }
  // poppler leaves the end of it in a stream of its own.
  return poppler_document_save_to_fd(document, STDOUT_FILENO, TRUE, nullptr) != FALSE &&
         std::fflush(nullptr) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  crossfoot::document::SandboxLimits limits;
  if (argc != 4 || !ParsePositive(argv[1], limits.address_space_bytes) ||
      !ParsePositive(argv[2], limits.cpu_seconds) || !ParsePositive(argv[3], limits.file_bytes)) {
    return 2;
  }
  // What poppler converts remarks with; a conversion that stays open keeps its code loaded.
  static const iconv_t conversion = iconv_open("UTF-16BE", "UTF-8");
  static_cast<void>(conversion);
  if (!crossfoot::document::EnterSandbox(limits)) return 1;
  PdfAnnotation request;
  // Nothing is left to tidy up, and what a document did to the heap must not matter any more.
  _exit(request.ParseFromFileDescriptor(STDIN_FILENO) && Annotate(request) ? 0 : 1);
}
