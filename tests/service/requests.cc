#include "tests/service/requests.h"

#include "core/sha256.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/service/contradiction.h"

namespace crossfoot::testing {

std::unique_ptr<grpc::ClientContext> Within(std::chrono::milliseconds timeout) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + timeout);
  return context;
}

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (details.ParseFromString(status.error_details()) && details.details_size() >= 1)
    details.details(0).UnpackTo(&info);
  return info.reason();
}

std::string ReportOfBytes(size_t bytes) {
  std::string report;
  while (report.size() < bytes) report += kConsistentReport;
  return report;
}

v1::ValidateDocumentRequest ValidationOf(const std::string& content) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("report.txt");
  request.mutable_document()->set_content(content);
  request.mutable_options()->set_reference_date("2024-03-31");
  return request;
}

std::vector<v1::UploadDocumentRequest> UploadOf(const std::string& uri,
                                                const std::string& content) {
  std::vector<v1::UploadDocumentRequest> messages(1);
  messages[0].mutable_create()->mutable_document()->set_uri(uri);
  constexpr size_t kChunkBytes = 64 << 10;
  for (size_t at = 0; at < content.size(); at += kChunkBytes)
    messages.emplace_back().set_chunk(content.substr(at, kChunkBytes));
  return messages;
}

v1::UploadDocumentRequest EndOfUpload(const std::string& content) {
  v1::UploadDocumentRequest message;
  message.set_sha256(core::Sha256Hex(content));
  return message;
}

}  // namespace crossfoot::testing
