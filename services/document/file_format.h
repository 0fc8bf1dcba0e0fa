#ifndef CROSSFOOT_SERVICES_DOCUMENT_FILE_FORMAT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_FILE_FORMAT_H_

#include <string_view>

#include "absl/status/status.h"

namespace crossfoot::document {

// What a file is by its bytes; its name says nothing.
enum class FileFormat {
  kText,  // plain text, Markdown, HTML, CSV: whatever is none of the others
  kPdf,   // "%PDF-" in the first KiB, as readers of PDF take it
  kZip,   // DOCX, XLSX and other archives
  // What is recognised in order to be refused.
  kCompound,  // Office before 2007, and any Office file with a password (Microsoft's [MS-CFB])
  kOther,     // pictures, RTF, other archives
};
FileFormat DetectFileFormat(std::string_view bytes);

// Why a file of kCompound or kOther cannot be read: kDocumentEncrypted or kFormatUnsupported with
// its media type as "format".  `uri` names it in the message.
absl::Status RefuseFormat(std::string_view uri, std::string_view bytes);

// kFormatUnsupported with `media_type` as "format": the same message for an archive that is neither
// DOCX nor XLSX.
absl::Status RefuseMediaType(std::string_view uri, std::string_view media_type);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_FILE_FORMAT_H_
