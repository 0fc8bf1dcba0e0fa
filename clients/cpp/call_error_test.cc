#include "clients/cpp/call_error.h"

#include <string>

#include "core/error.h"
#include "core/string_view.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace crossfoot::client {
namespace {

using core::ErrorReason;

google::rpc::ErrorInfo Info(const std::string& reason,
                            const std::string& domain = "crossfoot.dev") {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(domain);
  (*info.mutable_metadata())["offset"] = "7";
  return info;
}

grpc::Status StatusWith(grpc::StatusCode code, const google::rpc::ErrorInfo& info,
                        int details_code) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(1);
  retry.mutable_retry_delay()->set_nanos(500'000'000);
  google::rpc::Status details;
  details.set_code(details_code);
  details.add_details()->PackFrom(retry);
  details.add_details()->PackFrom(info);
  return grpc::Status(code, "the server's words", details.SerializeAsString());
}

grpc::Status InvalidArgument(const google::rpc::ErrorInfo& info) {
  return StatusWith(grpc::StatusCode::INVALID_ARGUMENT, info, grpc::StatusCode::INVALID_ARGUMENT);
}

TEST(CallErrorTest, KeepsWhatTheServiceSaid) {
  const absl::Status status = FromGrpcStatus(InvalidArgument(Info("ENCODING_INVALID")));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(core::FromAbsl(status.message()), "the server's words");
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kEncodingInvalid);
  EXPECT_EQ(core::MetadataOf(status).at("offset"), "7");
  EXPECT_EQ(RetryDelayOf(status), absl::Milliseconds(1500));
}

TEST(CallErrorTest, AReasonOfANewerVersionIsThereByName) {
  const absl::Status status = FromGrpcStatus(InvalidArgument(Info("TOO_MODERN")));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(core::ReasonOf(status), std::nullopt);
  const google::rpc::ErrorInfo info = ErrorInfoOf(status).value_or(google::rpc::ErrorInfo());
  EXPECT_EQ(info.reason(), "TOO_MODERN");
  EXPECT_EQ(info.metadata().at("offset"), "7");
}

TEST(CallErrorTest, WhatIsNotOfTheServiceHasNoReason) {
  const absl::Status broken =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection refused"));
  EXPECT_EQ(broken.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(core::FromAbsl(broken.message()), "connection refused");
  EXPECT_EQ(core::ReasonOf(broken), std::nullopt);
  EXPECT_EQ(RetryDelayOf(broken), std::nullopt);
  EXPECT_FALSE(ErrorInfoOf(broken).has_value());

  const absl::Status proxy =
      FromGrpcStatus(InvalidArgument(Info("DOCUMENT_EMPTY", "proxy.example.org")));
  EXPECT_EQ(core::ReasonOf(proxy), std::nullopt);
  EXPECT_FALSE(ErrorInfoOf(proxy).has_value());

  const absl::Status changed = FromGrpcStatus(
      StatusWith(grpc::StatusCode::UNAVAILABLE, Info("DOCUMENT_EMPTY"), /*INVALID_ARGUMENT*/ 3));
  EXPECT_EQ(changed.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(core::ReasonOf(changed), std::nullopt);
}

TEST(CallErrorTest, ADocumentOfAStreamHasItsReason) {
  v1::DocumentError error;
  error.set_reason("BINARY_CONTENT");
  error.set_message("a NUL byte");
  (*error.mutable_metadata())["offset"] = "2";
  const absl::Status status = FromDocumentError(error);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kBinaryContent);
  EXPECT_EQ(core::MetadataOf(status).at("offset"), "2");
  EXPECT_EQ(core::FromAbsl(status.message()), "a NUL byte");
  error.set_reason("TOO_MODERN");
  EXPECT_EQ(FromDocumentError(error).code(), absl::StatusCode::kUnknown);
  EXPECT_EQ(ErrorInfoOf(FromDocumentError(error)).value_or(google::rpc::ErrorInfo()).reason(),
            "TOO_MODERN");
}

}  // namespace
}  // namespace crossfoot::client
