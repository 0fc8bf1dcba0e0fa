#include "core/error.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace crossfoot::core {
namespace {

const std::vector<std::pair<ErrorReason, absl::StatusCode>>& AllReasons() {
  static const auto& reasons = *new std::vector<std::pair<ErrorReason, absl::StatusCode>>{
      {ErrorReason::kDocumentEmpty, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kDocumentTooLarge, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kEncodingInvalid, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kBinaryContent, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kNestingTooDeep, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kArgumentInvalid, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kFileNotFound, absl::StatusCode::kNotFound},
      {ErrorReason::kFileUnreadable, absl::StatusCode::kFailedPrecondition},
      {ErrorReason::kDataInvalid, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kCancelled, absl::StatusCode::kCancelled},
      {ErrorReason::kInternal, absl::StatusCode::kInternal},
      {ErrorReason::kRuleNotFound, absl::StatusCode::kNotFound},
      {ErrorReason::kServerBusy, absl::StatusCode::kResourceExhausted},
      {ErrorReason::kDeadlineExceeded, absl::StatusCode::kDeadlineExceeded},
      {ErrorReason::kTooManyFigures, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kDocumentNotFound, absl::StatusCode::kNotFound},
      {ErrorReason::kDocumentExists, absl::StatusCode::kAlreadyExists},
      {ErrorReason::kRequestIdReused, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kStoreUnavailable, absl::StatusCode::kUnavailable},
      {ErrorReason::kStoreFull, absl::StatusCode::kResourceExhausted},
      {ErrorReason::kCredentialsMissing, absl::StatusCode::kUnauthenticated},
      {ErrorReason::kCredentialsInvalid, absl::StatusCode::kUnauthenticated},
      {ErrorReason::kPermissionDenied, absl::StatusCode::kPermissionDenied},
      {ErrorReason::kQuotaExceeded, absl::StatusCode::kResourceExhausted},
      {ErrorReason::kStreamStalled, absl::StatusCode::kAborted},
      {ErrorReason::kMethodNotFound, absl::StatusCode::kNotFound},
      {ErrorReason::kDocumentEncrypted, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kDocumentDamaged, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kFormatUnsupported, absl::StatusCode::kInvalidArgument},
      {ErrorReason::kTextLayerMissing, absl::StatusCode::kInvalidArgument},
  };
  return reasons;
}

TEST(ErrorTest, NamesLeadBack) {
  EXPECT_EQ(ParseErrorReason("STORE_FULL"), ErrorReason::kStoreFull);
  EXPECT_EQ(ParseErrorReason(ToString(ErrorReason::kInternal)), ErrorReason::kInternal);
  EXPECT_EQ(ParseErrorReason(""), std::nullopt);
  EXPECT_EQ(ParseErrorReason("store_full"), std::nullopt);
}

TEST(ErrorTest, EveryReasonComesBackWithItsCode) {
  std::set<std::string_view> names;
  for (const auto& [reason, code] : AllReasons()) {
    const absl::Status status = MakeError(reason, "what is wrong");
    EXPECT_EQ(status.code(), code) << ToString(reason);
    EXPECT_EQ(ReasonOf(status), reason) << ToString(reason);
    EXPECT_TRUE(names.insert(ToString(reason)).second) << ToString(reason);
  }
  EXPECT_EQ(ToString(ErrorReason::kDocumentTooLarge), "DOCUMENT_TOO_LARGE");
}

TEST(ErrorTest, KeepsMessageAndMetadata) {
  const std::map<std::string, std::string> metadata = {
      {"offset", "12"}, {"file", "报告.txt"}, {"empty", ""}, {"nul", std::string("a\0b", 3)}};
  const absl::Status status =
      MakeError(ErrorReason::kEncodingInvalid, "byte 12 is not UTF-8", metadata);
  EXPECT_EQ(status.message(), "byte 12 is not UTF-8");
  EXPECT_EQ(MetadataOf(status), metadata);
}

TEST(ErrorTest, OtherStatusesHaveNoReason) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), std::nullopt);
  EXPECT_EQ(ReasonOf(absl::InternalError("elsewhere")), std::nullopt);
  EXPECT_TRUE(MetadataOf(absl::InternalError("elsewhere")).empty());
}

}  // namespace
}  // namespace crossfoot::core
