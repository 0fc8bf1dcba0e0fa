#include "tests/testing/pdf_writer.h"

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace crossfoot::testing {
namespace {

constexpr float kHeight = 842;

// UTF-16, big-endian, in hexadecimal digits.
std::string HexOf(std::string_view words) {
  std::string bytes;
  for (size_t at = 0; at < words.size();) {
    const auto lead = static_cast<unsigned char>(words[at]);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
    unsigned value = size == 1 ? lead : size == 2 ? lead & 0x1FU : lead & 0x0FU;
    for (size_t next = 1; next < size && at + next < words.size(); ++next)
      value = value << 6 | (static_cast<unsigned char>(words[at + next]) & 0x3FU);
    bytes += static_cast<char>(value >> 8);
    bytes += static_cast<char>(value & 0xFF);
    at += size;
  }
  return absl::BytesToHexString(bytes);
}

std::string ContentOf(const PdfPageContent& page) {
  std::string content;
  for (const PdfText& text : page.texts) {
    const double turn = text.degrees * M_PI / 180;
    absl::StrAppendFormat(&content, "BT /F1 %.4f Tf %.4f %.4f %.4f %.4f %.4f %.4f Tm <%s> Tj ET\n",
                          text.size, std::cos(turn), std::sin(turn), -std::sin(turn),
                          std::cos(turn), text.x, kHeight - text.y, HexOf(text.words));
  }
  return content;
}

}  // namespace

std::string WritePdf(const std::vector<PdfPageContent>& pages) {
  // Objects 1 to 5 are the catalog, the tree of pages and the font; then come two for each page.
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "",
      "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
      "/DescendantFonts [4 0 R] >>",
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
      "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 [500] 2 95 500] "
      "/FontDescriptor 5 0 R >>",
      "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
      "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"};
  std::string kids;
  for (const PdfPageContent& page : pages) {
    const size_t number = objects.size() + 1;
    absl::StrAppend(&kids, number, " 0 R ");
    objects.push_back(absl::StrCat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate ",
                                   page.rotation, " /Resources << /Font << /F1 3 0 R >> >> ",
                                   "/Contents ", number + 1, " 0 R >>"));
    const std::string content = ContentOf(page);
    objects.push_back(
        absl::StrCat("<< /Length ", content.size(), " >>\nstream\n", content, "endstream"));
  }
  objects[1] = absl::StrCat("<< /Type /Pages /Kids [", kids, "] /Count ", pages.size(), " >>");
  std::string pdf = "%PDF-1.5\n";
  std::string table = absl::StrCat("xref\n0 ", objects.size() + 1, "\n0000000000 65535 f \n");
  for (size_t at = 0; at < objects.size(); ++at) {
    absl::StrAppendFormat(&table, "%010d 00000 n \n", pdf.size());
    absl::StrAppend(&pdf, at + 1, " 0 obj\n", objects[at], "\nendobj\n");
  }
  const size_t start = pdf.size();
  absl::StrAppend(&pdf, table, "trailer\n<< /Size ", objects.size() + 1,
                  " /Root 1 0 R >>\nstartxref\n", start, "\n%%EOF\n");
  return pdf;
}

}  // namespace crossfoot::testing
