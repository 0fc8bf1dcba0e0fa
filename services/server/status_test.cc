#include "services/server/status.h"

#include <optional>

#include "core/error.h"
#include "crossfoot/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace crossfoot::server {
namespace {

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), status.error_code());
  EXPECT_EQ(details.message(), status.error_message());
  google::rpc::ErrorInfo info;
  EXPECT_GE(details.details_size(), 1);
  if (details.details_size() >= 1) {
    EXPECT_TRUE(details.details(0).UnpackTo(&info));
  }
  EXPECT_EQ(info.domain(), "crossfoot.dev");
  return info;
}

TEST(StatusTest, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_EQ(ToGrpcStatus(absl::OkStatus()).error_details(), "");
}

TEST(StatusTest, PacksReasonAndMetadata) {
  const grpc::Status status = ToGrpcStatus(core::MakeError(
      core::ErrorReason::kEncodingInvalid, "a.txt: byte 7 is not UTF-8", {{"offset", "7"}}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "a.txt: byte 7 is not UTF-8");
  const google::rpc::ErrorInfo info = InfoOf(status);
  EXPECT_EQ(info.reason(), "ENCODING_INVALID");
  EXPECT_EQ(info.metadata().at("offset"), "7");
}

TEST(StatusTest, CodesAreKept) {
  for (int value = 0; value <= static_cast<int>(core::ErrorReason::kTextLayerMissing); ++value) {
    const absl::Status status = core::MakeError(static_cast<core::ErrorReason>(value), "x");
    EXPECT_EQ(static_cast<int>(ToGrpcStatus(status).error_code()), static_cast<int>(status.code()));
  }
}

TEST(StatusTest, AStatusWithoutAReasonIsADefect) {
  const grpc::Status status = ToGrpcStatus(absl::NotFoundError("x"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(InfoOf(status).reason(), "INTERNAL");
}

// The second of the details; nullopt when there is none of that sort.
template <typename Detail>
std::optional<Detail> DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  Detail detail;
  if (!details.ParseFromString(status.error_details()) || details.details_size() != 2 ||
      !details.details(1).UnpackTo(&detail)) {
    return std::nullopt;
  }
  return detail;
}

TEST(StatusTest, CarriesTheDetailsOfItsSort) {
  const auto bad = DetailOf<google::rpc::BadRequest>(ToGrpcStatus(core::MakeError(
      core::ErrorReason::kArgumentInvalid, "page_size: below zero", {{"field", "page_size"}})));
  ASSERT_TRUE(bad.has_value());
  ASSERT_EQ(bad->field_violations_size(), 1);
  EXPECT_EQ(bad->field_violations(0).field(), "page_size");
  EXPECT_EQ(bad->field_violations(0).description(), "page_size: below zero");
  const auto resource = DetailOf<google::rpc::ResourceInfo>(ToGrpcStatus(
      core::MakeError(core::ErrorReason::kRuleNotFound, "no rule", {{"name", "rules/x"}})));
  ASSERT_TRUE(resource.has_value());
  EXPECT_EQ(resource->resource_type(), "crossfoot.dev/Rule");
  EXPECT_EQ(resource->resource_name(), "rules/x");
  const auto document = DetailOf<google::rpc::ResourceInfo>(ToGrpcStatus(
      core::MakeError(core::ErrorReason::kDocumentExists, "taken", {{"name", "documents/x"}})));
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->resource_type(), "crossfoot.dev/Document");
  for (const core::ErrorReason reason :
       {core::ErrorReason::kServerBusy, core::ErrorReason::kStoreUnavailable}) {
    const auto retry =
        DetailOf<google::rpc::RetryInfo>(ToGrpcStatus(core::MakeError(reason, "busy")));
    ASSERT_TRUE(retry.has_value());
    EXPECT_GT(retry->retry_delay().nanos(), 0);
  }
  EXPECT_FALSE(DetailOf<google::rpc::BadRequest>(
      ToGrpcStatus(core::MakeError(core::ErrorReason::kDocumentEmpty, "empty"))));
}

TEST(StatusTest, TellsWhenAQuotaIsThereAgain) {
  const google::rpc::Status status = ToRpcStatus(core::MakeError(
      core::ErrorReason::kQuotaExceeded, "used up",
      {{"quota", "calls_per_minute"}, {"client", "ci"}, {"retry_after_ms", "1500"}}));
  ASSERT_EQ(status.details_size(), 3);
  google::rpc::QuotaFailure failure;
  ASSERT_TRUE(status.details(1).UnpackTo(&failure));
  EXPECT_EQ(failure.violations(0).subject(), "clients/ci");
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(status.details(2).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 500'000'000);
}

TEST(StatusTest, MessagesAreMadeUtf8) {
  const grpc::Status status =
      ToGrpcStatus(core::MakeError(core::ErrorReason::kInternal, "\xff.txt"));
  EXPECT_EQ(status.error_message(), "\uFFFD.txt");
  EXPECT_EQ(InfoOf(status).reason(), "INTERNAL");
}

}  // namespace
}  // namespace crossfoot::server
