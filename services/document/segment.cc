#include "services/document/segment.h"

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
#include "services/document/html.h"
#include "services/document/line.h"
#include "services/document/plain_text.h"
#include "services/document/tables.h"
#include "services/document/tag_stripper.h"
#include "services/document/text_decoder.h"
#include "services/lexicon/layout.h"

namespace crossfoot::document {

absl::StatusOr<core::Document> SegmentDocument(std::string uri, std::string source,
                                               const SegmentOptions& options) {
  const core::Cancellation* const cancellation = options.cancellation;
  if (const absl::Status& words = lexicon::Layout::BuiltInStatus(); !words.ok()) return words;
  absl::StatusOr<DecodedText> decoded =
      DecodeText(uri, std::move(source), options.max_document_bytes, cancellation);
  if (core::Stopped(cancellation)) return cancellation->status();
  if (!decoded.ok()) return decoded.status();
  source = std::move(decoded->text);
  const SourceFormat format = DetectFormat(source);
  Reading reading;
  if (format == SourceFormat::kPlain) {
    reading = ReadPlainText(source, cancellation);
  } else {
    absl::StatusOr<Reading> html = ReadHtml(uri, source, format, cancellation);
    if (!html.ok()) return html.status();
    reading = *std::move(html);
  }
  if (core::Stopped(cancellation)) return cancellation->status();
  if (reading.lines.empty()) {
    return core::MakeError(
        core::ErrorReason::kDocumentEmpty,
        absl::StrCat(uri, " has no words, only white space or mark-up; send the report's text"));
  }
  FindTables(&reading, cancellation);
  core::Document document;
  document.uri = std::move(uri);
  document.source = std::move(source);
  document.encoding = std::move(decoded->encoding);
  document.line_index = core::LineIndex(document.source);
  BuildBlocks(reading, &document, cancellation);
  if (core::Stopped(cancellation)) return cancellation->status();
  return document;
}

}  // namespace crossfoot::document
