#ifndef CROSSFOOT_SERVICES_DOCUMENT_SEGMENT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_SEGMENT_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "core/document.h"

namespace crossfoot::document {

struct SegmentOptions {
  // Larger inputs are refused.  In bytes.
  int64_t max_document_bytes = int64_t{16} << 20;
  // The program that reads PDF (pdf/process.h), as a path; empty: PDF is refused.
  std::string pdf_reader = {};
  // Gives the work up.  Not owned; may be null.
  const core::Cancellation* cancellation = nullptr;
};

// bytes → Document: tells the formats apart by content, decodes, normalises with a source map, and
// cuts into blocks, tables, articles and sentences.  Linear in the size of `source` in
// time and memory; no recursion on its depth.
//
// Errors: kDocumentEmpty, kDocumentTooLarge, kEncodingInvalid, kBinaryContent, kNestingTooDeep,
// kDocumentEncrypted, kDocumentDamaged, kFormatUnsupported, kTextLayerMissing, kInternal,
// kCancelled, kDeadlineExceeded (core/error.h).
absl::StatusOr<core::Document> SegmentDocument(std::string uri, std::string source,
                                               const SegmentOptions& options = {});

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_SEGMENT_H_
