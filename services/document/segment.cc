#include "services/document/segment.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/document.h"
#include "core/error.h"
#include "core/source_map.h"
#include "services/document/blocks.h"
#include "services/document/csv.h"
#include "services/document/file_format.h"
#include "services/document/html/html.h"
#include "services/document/html/tag_stripper.h"
#include "services/document/line.h"
#include "services/document/office/docx.h"
#include "services/document/office/ooxml.h"
#include "services/document/office/xlsx.h"
#include "services/document/pdf/pdf.h"
#include "services/document/plain_text.h"
#include "services/document/tables.h"
#include "services/document/text_decoder.h"
#include "services/document/transcript.h"
#include "services/lexicon/layout.h"

namespace crossfoot::document {
namespace {

// Reads a file that is text.
absl::StatusOr<Reading> ReadText(const std::string& uri, std::string source,
                                 const SegmentOptions& options, core::Document& document) {
  const core::Cancellation* const cancellation = options.cancellation;
  absl::StatusOr<DecodedText> decoded =
      DecodeText(uri, std::move(source), options.max_document_bytes, cancellation);
  if (core::Stopped(cancellation)) return cancellation->status();
  if (!decoded.ok()) return decoded.status();
  document.source = std::move(decoded->text);
  document.encoding = std::move(decoded->encoding);
  const SourceFormat format = DetectFormat(document.source);
  if (format == SourceFormat::kPlain) {
    if (const std::optional<char> delimiter = DetectDelimiter(document.source))
      return ReadCsv(document.source, *delimiter, cancellation);
    return ReadPlainText(document.source, cancellation);
  }
  return ReadHtml(uri, document.source, format, cancellation);
}

// Takes what was read from a format that is no text.
absl::StatusOr<Reading> TakeTranscript(absl::StatusOr<Transcript> transcript,
                                       core::Document& document) {
  if (!transcript.ok()) return transcript.status();
  document.source = std::move(transcript->text);
  document.places = std::move(transcript->places);
  return std::move(transcript->reading);
}

absl::StatusOr<Transcript> ReadOffice(const std::string& uri, const std::string& source,
                                      const SegmentOptions& options) {
  absl::StatusOr<OfficePackage> package = OfficePackage::Open(
      uri, source,
      {.max_document_bytes = options.max_document_bytes, .cancellation = options.cancellation});
  if (!package.ok()) return package.status();
  return package->kind() == OfficePackage::Kind::kDocx ? ReadDocx(*package) : ReadXlsx(*package);
}

}  // namespace

absl::StatusOr<core::Document> SegmentDocument(std::string uri, std::string source,
                                               const SegmentOptions& options) {
  const core::Cancellation* const cancellation = options.cancellation;
  if (const absl::Status& words = lexicon::Layout::BuiltInStatus(); !words.ok()) return words;
  core::Document document;
  absl::StatusOr<Reading> reading;
  switch (DetectFileFormat(source)) {
    case FileFormat::kText:
      reading = ReadText(uri, std::move(source), options, document);
      break;
    case FileFormat::kPdf:
      reading = TakeTranscript(
          ReadPdf(uri, source, options.pdf_reader, options.max_document_bytes, cancellation),
          document);
      break;
    case FileFormat::kZip:
      reading = TakeTranscript(ReadOffice(uri, source, options), document);
      break;
    case FileFormat::kCompound:
    case FileFormat::kOther:
      return RefuseFormat(uri, source);
  }
  if (core::Stopped(cancellation)) return cancellation->status();
  if (!reading.ok()) return reading.status();
  if (reading->lines.empty()) {
    return core::MakeError(
        core::ErrorReason::kDocumentEmpty,
        absl::StrCat(uri, " has no words, only white space or mark-up; send the report's text"));
  }
  if (!document.places.empty()) document.original = std::move(source);
  FindTables(&*reading, cancellation);
  document.uri = std::move(uri);
  document.line_index = core::LineIndex(document.source);
  BuildBlocks(*reading, &document, cancellation);
  if (core::Stopped(cancellation)) return cancellation->status();
  return document;
}

}  // namespace crossfoot::document
