#include "services/document/pdf/reader/read_pages.h"

#include <iconv.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/document/characters.h"

namespace crossfoot::document::pdf_reader {
namespace {

using interchange::v1::PdfFailure;
using interchange::v1::PdfPage;
using interchange::v1::PdfText;
using interchange::v1::PdfWord;

// What the names of bold fonts hold; SimHei, STHeiti and 黑体 are what Chinese headings are set in.
constexpr std::string_view kBoldNames[] = {"Bold",   "bold",  "Black", "Heavy",
                                           "SimHei", "Heiti", "黑体"};

PdfText Failure(PdfFailure::Reason reason) {
  PdfText part;
  part.mutable_failure()->set_reason(reason);
  return part;
}

// The code points of UTF-16, as poppler gives words; a lone surrogate is U+FFFD.
std::vector<char32_t> CodePoints(const poppler::ustring& text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const char32_t unit = text[at];
    if (at == 0 && unit == 0xFEFF) continue;  // iconv's mark of the byte order
    const bool pair = unit >= 0xD800 && unit < 0xDC00 && at + 1 < text.size() &&
                      text[at + 1] >= 0xDC00 && text[at + 1] < 0xE000;
    if (pair) {
      points.push_back(0x10000 + ((unit - 0xD800) << 10) + (text[at + 1] - 0xDC00));
      ++at;
    } else {
      points.push_back(unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    }
  }
  return points;
}

void AddWord(const poppler::text_box& box, PdfPage& page) {
  // Only what runs from left to right: all else is a watermark or stands sideways.
  if (box.rotation() != 0 || box.get_wmode() == poppler::text_box::vertical_wmode) return;
  const std::vector<char32_t> points = CodePoints(box.text());
  const poppler::rectf whole = box.bbox();
  if (points.empty()) return;
  const size_t count = points.size();
  // poppler has a box for each code point; should it have another number of them, the word is cut
  // evenly.
  const bool known = box.char_bbox(count - 1).width() > 0 && box.char_bbox(count).width() == 0;
  for (size_t at = 0; at < count; ++at) {
    const double even =
        whole.left() + whole.width() * static_cast<double>(at) / static_cast<double>(count);
    page.add_edges(static_cast<float>(known ? box.char_bbox(at).left() : even));
    AppendUtf8(points[at], page.mutable_text());
  }
  page.add_edges(static_cast<float>(whole.right()));
  PdfWord& word = *page.add_words();
  word.set_characters(static_cast<int32_t>(count));
  word.set_top(static_cast<float>(whole.top()));
  word.set_bottom(static_cast<float>(whole.bottom()));
  word.set_size(static_cast<float>(box.get_font_size()));
  const std::string font = box.get_font_name();
  word.set_bold(std::any_of(std::begin(kBoldNames), std::end(kBoldNames),
                            [&](std::string_view name) { return Contains(font, name); }));
}

void ReadPage(const poppler::page& source, PdfPage& page) {
  const poppler::rectf rectangle = source.page_rect(poppler::crop_box);
  const poppler::page::orientation_enum orientation = source.orientation();
  const bool turned =
      orientation == poppler::page::landscape || orientation == poppler::page::seascape;
  page.set_width(static_cast<float>(turned ? rectangle.height() : rectangle.width()));
  page.set_height(static_cast<float>(turned ? rectangle.width() : rectangle.height()));
  for (const poppler::text_box& box : source.text_list(poppler::page::text_list_include_font))
    AddWord(box, page);
}

}  // namespace

void LoadLibraries() {
  // poppler converts every word between these two; a conversion that stays open keeps their code
  // loaded.
  static const iconv_t to = iconv_open("UTF-16", "UTF-8");
  static const iconv_t from = iconv_open("UTF-8", "UTF-16");
  static_cast<void>(to);
  static_cast<void>(from);
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
}

void ReadPages(const std::string& bytes, int32_t max_pages,
               const std::function<bool(const PdfText&)>& write) {
  if (bytes.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
    write(Failure(PdfFailure::REASON_TOO_LARGE));
    return;
  }
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr || document->is_locked()) {
    write(Failure(document == nullptr ? PdfFailure::REASON_DAMAGED : PdfFailure::REASON_ENCRYPTED));
    return;
  }
  const int page_count = document->pages();
  if (page_count <= 0 || page_count > max_pages) {
    write(Failure(page_count <= 0 ? PdfFailure::REASON_DAMAGED : PdfFailure::REASON_TOO_LARGE));
    return;
  }
  PdfText part;
  part.mutable_document()->set_page_count(page_count);
  if (!write(part)) return;
  for (int index = 0; index < page_count; ++index) {
    part.Clear();
    const std::unique_ptr<poppler::page> page(document->create_page(index));
    // A page that is lost leaves the others.
    if (page != nullptr) {
      ReadPage(*page, *part.mutable_page());
    } else {
      part.mutable_page();
    }
    if (!write(part)) return;
  }
  part.mutable_end();
  write(part);
}

}  // namespace crossfoot::document::pdf_reader
