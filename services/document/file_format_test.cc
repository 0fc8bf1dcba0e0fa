#include "services/document/file_format.h"

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::document {
namespace {

using std::string_view_literals::operator""sv;

// A compound file whose directory names `stream`.
std::string CompoundFile(std::string_view stream) {
  std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  bytes.append(504, '\0');
  for (const char c : stream) {
    bytes += c;
    bytes += '\0';
  }
  bytes.append(64, '\0');
  return bytes;
}

std::string FormatOf(const absl::Status& status) {
  const auto metadata = core::MetadataOf(status);
  const auto format = metadata.find("format");
  return format == metadata.end() ? "" : format->second;
}

TEST(FileFormatTest, GoesByContent) {
  EXPECT_EQ(DetectFileFormat(""), FileFormat::kText);
  EXPECT_EQ(DetectFileFormat("收入12亿元"), FileFormat::kText);
  EXPECT_EQ(DetectFileFormat("PK是什么"), FileFormat::kText);
  EXPECT_EQ(DetectFileFormat("PK\x03\x04..."), FileFormat::kZip);
  EXPECT_EQ(DetectFileFormat("%PDF-1.7\n"), FileFormat::kPdf);
  EXPECT_EQ(DetectFileFormat("\x89PNG\r\n\x1A\n...."), FileFormat::kOther);
  EXPECT_EQ(DetectFileFormat(CompoundFile("WordDocument")), FileFormat::kCompound);
}

TEST(FileFormatTest, TakesAPdfBehindOtherBytes) {
  EXPECT_EQ(DetectFileFormat("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\nendobj\n%%EOF"),
            FileFormat::kPdf);
  EXPECT_EQ(DetectFileFormat("PDF 的文件头：\n%PDF-1.4"), FileFormat::kText);
}

TEST(FileFormatTest, SaysWhatIsNotRead) {
  const absl::Status book = RefuseMediaType("a.epub", "application/epub+zip");
  EXPECT_EQ(core::ReasonOf(book), core::ErrorReason::kFormatUnsupported);
  EXPECT_EQ(FormatOf(book), "application/epub+zip");
  const absl::Status rtf = RefuseFormat("a.doc", "{\\rtf1\\ansi}");
  EXPECT_EQ(core::ReasonOf(rtf), core::ErrorReason::kFormatUnsupported);
  EXPECT_EQ(FormatOf(rtf), "application/rtf");
  EXPECT_EQ(rtf.message(),
            "a.doc is application/rtf, which is not read; send text, HTML, CSV, PDF, DOCX or XLSX");
  EXPECT_EQ(FormatOf(RefuseFormat("a", CompoundFile("WordDocument"))), "application/msword");
  EXPECT_EQ(FormatOf(RefuseFormat("a", CompoundFile("Workbook"))), "application/vnd.ms-excel");
  EXPECT_EQ(FormatOf(RefuseFormat("a", CompoundFile("Else"))), "application/x-ole-storage");
  EXPECT_EQ(FormatOf(RefuseFormat("a", "II*\0...."sv)), "image/tiff");
}

TEST(FileFormatTest, KnowsOfficeFilesWithAPassword) {
  const absl::Status status = RefuseFormat("a.xlsx", CompoundFile("EncryptedPackage"));
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDocumentEncrypted);
}

}  // namespace
}  // namespace crossfoot::document
