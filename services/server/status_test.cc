#include "services/server/status.h"

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
  EXPECT_EQ(details.details_size(), 1);
  if (details.details_size() == 1) {
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
  for (int value = 0; value <= static_cast<int>(core::ErrorReason::kInternal); ++value) {
    const absl::Status status = core::MakeError(static_cast<core::ErrorReason>(value), "x");
    EXPECT_EQ(static_cast<int>(ToGrpcStatus(status).error_code()), static_cast<int>(status.code()));
  }
}

TEST(StatusTest, AStatusWithoutAReasonIsADefect) {
  const grpc::Status status = ToGrpcStatus(absl::NotFoundError("x"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(InfoOf(status).reason(), "INTERNAL");
}

TEST(StatusTest, BusyIsAReasonOfTheApi) {
  const grpc::Status status = ServerBusyStatus(64);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const google::rpc::ErrorInfo info = InfoOf(status);
  EXPECT_EQ(info.metadata().at("max_in_flight"), "64");
  v1::ErrorReason reason;
  EXPECT_TRUE(v1::ErrorReason_Parse("ERROR_REASON_" + info.reason(), &reason));
}

TEST(StatusTest, MessagesAreMadeUtf8) {
  const grpc::Status status =
      ToGrpcStatus(core::MakeError(core::ErrorReason::kInternal, "\xff.txt"));
  EXPECT_EQ(status.error_message(), "\uFFFD.txt");
  EXPECT_EQ(InfoOf(status).reason(), "INTERNAL");
}

}  // namespace
}  // namespace crossfoot::server
