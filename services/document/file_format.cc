#include "services/document/file_format.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::document {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kCompoundMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
// How far a PDF's header may be from the start.
constexpr size_t kPdfHeaderReach = 1024;

// Where a mark stands and the format that it is of.
struct Magic {
  std::string_view bytes;
  std::string_view media_type;
};
constexpr Magic kOtherFormats[] = {
    {"{\\rtf"sv, "application/rtf"},
    {"\x89PNG\r\n\x1A\n"sv, "image/png"},
    {"\xFF\xD8\xFF"sv, "image/jpeg"},
    {"GIF87a"sv, "image/gif"},
    {"GIF89a"sv, "image/gif"},
    {"II*\0"sv, "image/tiff"},
    {"MM\0*"sv, "image/tiff"},
    {"\x1F\x8B\x08"sv, "application/gzip"},
    {"7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"},
    {"Rar!\x1A\x07"sv, "application/vnd.rar"},
};

// Streams of a compound file that tell what it is, by their names in its directory.
constexpr Magic kCompoundStreams[] = {
    {"WordDocument", "application/msword"},
    {"Workbook", "application/vnd.ms-excel"},
    {"Book", "application/vnd.ms-excel"},
    {"PowerPoint Document", "application/vnd.ms-powerpoint"},
};

const Magic* OtherFormat(std::string_view bytes) {
  for (const Magic& magic : kOtherFormats) {
    if (bytes.starts_with(magic.bytes)) return &magic;
  }
  return nullptr;
}

// Whether the directory of a compound file names a stream: in UTF-16, ended by a NUL.
bool NamesStream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide += c;
    wide += '\0';
  }
  wide.append(2, '\0');
  return bytes.find(wide) != std::string_view::npos;
}

absl::Status Unsupported(std::string_view uri, std::string_view media_type,
                         std::string_view advice) {
  return core::MakeError(core::ErrorReason::kFormatUnsupported,
                         absl::StrCat(core::ToAbsl(uri), " is ", core::ToAbsl(media_type),
                                      ", which is not read; ", core::ToAbsl(advice)),
                         {{"format", std::string(media_type)}});
}

}  // namespace

FileFormat DetectFileFormat(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return FileFormat::kZip;
  if (bytes.starts_with(kCompoundMagic)) return FileFormat::kCompound;
  if (OtherFormat(bytes) != nullptr) return FileFormat::kOther;
  if (bytes.starts_with("%PDF-1.") || bytes.starts_with("%PDF-2.")) return FileFormat::kPdf;
  // A text may speak of the header; a PDF with something before it has bytes that no text has.
  const size_t header = bytes.substr(0, kPdfHeaderReach).find("\n%PDF-1.");
  if (header != std::string_view::npos && bytes.find("%%EOF", header) != std::string_view::npos &&
      bytes.find("endobj", header) != std::string_view::npos) {
    return FileFormat::kPdf;
  }
  return FileFormat::kText;
}

absl::Status RefuseFormat(std::string_view uri, std::string_view bytes) {
  if (const Magic* const other = OtherFormat(bytes)) {
    return RefuseMediaType(uri, other->media_type);
  }
  if (NamesStream(bytes, "EncryptedPackage")) {
    return core::MakeError(
        core::ErrorReason::kDocumentEncrypted,
        absl::StrCat(core::ToAbsl(uri), " is protected by a password; save it without one"));
  }
  for (const Magic& stream : kCompoundStreams) {
    if (NamesStream(bytes, stream.bytes))
      return Unsupported(uri, stream.media_type, "save it as DOCX or XLSX");
  }
  return Unsupported(uri, "application/x-ole-storage", "save it as DOCX or XLSX");
}

absl::Status RefuseMediaType(std::string_view uri, std::string_view media_type) {
  return Unsupported(uri, media_type, "send text, HTML, CSV, PDF, DOCX or XLSX");
}

}  // namespace crossfoot::document
