#ifndef CROSSFOOT_TESTS_SERVICE_REQUESTS_H_
#define CROSSFOOT_TESTS_SERVICE_REQUESTS_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "crossfoot/v1/document_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "grpcpp/grpcpp.h"

// What tests ask a server, and what they read from its refusals.

namespace crossfoot::testing {

// A context with a deadline, so that no test hangs.
std::unique_ptr<grpc::ClientContext> Within(
    std::chrono::milliseconds timeout = std::chrono::seconds(30));

// The reason in the details of a failed call; empty: none.
std::string ReasonOf(const grpc::Status& status);

// A consistent report of about `bytes` bytes whose figures fill it.
std::string ReportOfBytes(size_t bytes);

v1::ValidateDocumentRequest ValidationOf(const std::string& content);

// The messages of an upload of `content` without the last one, and that one.
std::vector<v1::UploadDocumentRequest> UploadOf(const std::string& uri, const std::string& content);
v1::UploadDocumentRequest EndOfUpload(const std::string& content);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_REQUESTS_H_
