#include "services/server/grpc_call.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "crossfoot/v1/figure.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/util/message_differencer.h"

namespace crossfoot::server {
namespace {

using google::protobuf::util::MessageDifferencer;

// A response with so many figures, one inside the other as a stream has it.
v1::ValidateDocumentsResponse ResponseOf(int figures) {
  v1::ValidateDocumentsResponse response;
  response.set_id("7");
  v1::ValidateDocumentResponse& inner = *response.mutable_response();
  inner.mutable_document()->set_uri("a.txt");
  inner.mutable_summary()->set_figures(figures);
  for (int i = 0; i < figures; ++i) {
    v1::Figure& figure = *inner.add_figures();
    figure.set_id(absl::StrCat("f", i));
    figure.set_indicator("软件业务收入");
    figure.mutable_span()->set_content(absl::StrCat(i, "亿元"));
  }
  (*inner.mutable_error()->mutable_metadata())["limit"] = "figures";
  return response;
}

struct Serialized {
  absl::Status status;
  grpc::ByteBuffer bytes;
};

Serialized SerializeOnArena(const v1::ValidateDocumentsResponse& response,
                            const core::Cancellation* cancellation) {
  google::protobuf::Arena arena;
  auto* const message =
      google::protobuf::Arena::CreateMessage<v1::ValidateDocumentsResponse>(&arena);
  *message = response;
  Serialized result;
  result.status = Serialize(message, cancellation, &result.bytes);
  return result;
}

TEST(GrpcCallTest, WhatIsSerializedIsTheMessage) {
  for (const int figures : {0, 10, 40'000}) {
    const v1::ValidateDocumentsResponse response = ResponseOf(figures);
    Serialized serialized = SerializeOnArena(response, nullptr);
    ASSERT_TRUE(serialized.status.ok());
    EXPECT_EQ(serialized.bytes.Length(), response.ByteSizeLong());
    v1::ValidateDocumentsResponse parsed;
    ASSERT_TRUE(Deserialize(&serialized.bytes, &parsed).ok());
    EXPECT_TRUE(MessageDifferencer::Equals(parsed, response)) << figures;
  }
}

TEST(GrpcCallTest, ALargeMessageIsGivenUpInTheMiddle) {
  core::Cancellation cancellation;
  const v1::ValidateDocumentsResponse response = ResponseOf(40'000);
  ASSERT_GT(response.ByteSizeLong(), size_t{1} << 20);
  EXPECT_TRUE(SerializeOnArena(response, &cancellation).status.ok());
  cancellation.Cancel();
  const Serialized given_up = SerializeOnArena(response, &cancellation);
  EXPECT_EQ(core::ReasonOf(given_up.status), core::ErrorReason::kCancelled);
  EXPECT_FALSE(given_up.bytes.Valid());
}

TEST(GrpcCallTest, BytesThatAreNoMessageAreRefused) {
  const grpc::Slice slice(std::string("\xff\xff\xff"));
  grpc::ByteBuffer bytes(&slice, 1);
  v1::ValidateDocumentsResponse parsed;
  EXPECT_EQ(core::ReasonOf(Deserialize(&bytes, &parsed)), core::ErrorReason::kArgumentInvalid);
}

}  // namespace
}  // namespace crossfoot::server
