#ifndef CROSSFOOT_SERVICES_METHOD_DOCUMENTS_H_
#define CROSSFOOT_SERVICES_METHOD_DOCUMENTS_H_

#include <cstddef>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "crossfoot/v1/document_service.pb.h"
#include "google/protobuf/empty.pb.h"
#include "services/method/call.h"

// What the methods of DocumentService do.  Errors are those that document_service.proto lists.

namespace crossfoot::method {

absl::StatusOr<v1::Document> CreateDocument(const Call& call,
                                            const v1::CreateDocumentRequest& request);

// Puts the messages of an upload together.  Not thread-safe.
class Upload {
 public:
  // No document grows larger than `max_document_bytes`.
  explicit Upload(int64_t max_document_bytes) : max_document_bytes_(max_document_bytes) {}

  // Takes the next message: the first says what is created, the last one what its bytes add up to,
  // the others have them.  kArgumentInvalid, kDocumentTooLarge; the upload is then over.
  absl::Status Add(v1::UploadDocumentRequest message);

  // What CreateDocument is to be called with when all messages were taken.  kArgumentInvalid when
  // the last one is missing.
  absl::StatusOr<v1::CreateDocumentRequest> Finish() &&;

 private:
  const int64_t max_document_bytes_;
  std::optional<v1::CreateDocumentRequest> request_;
  bool complete_ = false;
};

absl::StatusOr<v1::Document> GetDocument(const Call& call, const v1::GetDocumentRequest& request);

absl::StatusOr<v1::ListDocumentsResponse> ListDocuments(const Call& call,
                                                        const v1::ListDocumentsRequest& request);

absl::StatusOr<google::protobuf::Empty> DeleteDocument(const Call& call,
                                                       const v1::DeleteDocumentRequest& request);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_DOCUMENTS_H_
