#include "services/document/annotator.h"

#include "services/document/file_format.h"
#include "services/document/office/docx_annotator.h"
#include "services/document/office/ooxml.h"
#include "services/document/office/xlsx_annotator.h"
#include "services/document/pdf/pdf_annotator.h"

namespace crossfoot::document {

bool CanAnnotate(const core::Document& document) { return !document.original.empty(); }

absl::StatusOr<std::string> AnnotateDocument(const core::Document& document,
                                             const std::vector<Remark>& remarks,
                                             const AnnotatorOptions& options) {
  switch (DetectFileFormat(document.original)) {
    case FileFormat::kPdf:
      return AnnotatePdf(document, remarks, options.pdf_annotator);
    case FileFormat::kZip: {
      absl::StatusOr<OfficePackage> package = OfficePackage::Open(
          document.uri, document.original, {.max_document_bytes = options.max_document_bytes});
      if (!package.ok()) return package.status();
      return package->kind() == OfficePackage::Kind::kDocx
                 ? AnnotateDocx(*package, document, remarks)
                 : AnnotateXlsx(*package, document, remarks);
    }
    default:
      return RefuseMediaType(document.uri, "text/plain");
  }
}

}  // namespace crossfoot::document
