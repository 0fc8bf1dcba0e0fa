#include "tools/error_page/error_page.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/error.h"

namespace crossfoot::error_page {
namespace {

using google::protobuf::EnumDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::SourceCodeInfo;
using ::testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

std::vector<Reason> PublishedReasons() {
  const absl::StatusOr<std::vector<Reason>> reasons =
      ReadReasons(ReadFile("proto/crossfoot/v1/error_reason.binpb"));
  EXPECT_TRUE(reasons.ok()) << reasons.status();
  return reasons.ok() ? *reasons : std::vector<Reason>();
}

// A set with one reason under `comment`.
std::string SetOf(const std::string& comment) {
  FileDescriptorSet set;
  FileDescriptorProto* file = set.add_file();
  file->set_name("crossfoot/v1/error_reason.proto");
  EnumDescriptorProto* reasons = file->add_enum_type();
  reasons->add_value()->set_name("ERROR_REASON_UNSPECIFIED");
  reasons->add_value()->set_name("ERROR_REASON_SERVER_BUSY");
  SourceCodeInfo::Location* location = file->mutable_source_code_info()->add_location();
  location->add_path(FileDescriptorProto::kEnumTypeFieldNumber);
  location->add_path(0);
  location->add_path(EnumDescriptorProto::kValueFieldNumber);
  location->add_path(1);
  location->set_leading_comments(comment);
  return set.SerializeAsString();
}

std::string ProblemOf(const std::string& comment) {
  const absl::StatusOr<std::vector<Reason>> reasons = ReadReasons(SetOf(comment));
  EXPECT_EQ(core::ReasonOf(reasons.status()), core::ErrorReason::kDataInvalid);
  return std::string(reasons.status().message());
}

TEST(ErrorPageTest, PublishedReasonsAreThoseOfTheProgramWithTheSameCodes) {
  std::map<std::string, absl::StatusCode> published;
  for (const Reason& reason : PublishedReasons()) published[reason.name] = reason.code;

  // A value outside the enum is called INTERNAL, so the list ends at the first of these.
  std::map<std::string, absl::StatusCode> known;
  for (int i = 0;; ++i) {
    const auto reason = static_cast<core::ErrorReason>(i);
    const std::string name(core::ToString(reason));
    if (name == "INTERNAL" && reason != core::ErrorReason::kInternal) break;
    known[name] = core::MakeError(reason, "").code();
  }
  EXPECT_EQ(published, known) << "core/error.cc and error_reason.proto differ";
}

TEST(ErrorPageTest, PageIsUpToDate) {
  EXPECT_EQ(WritePage(PublishedReasons()), ReadFile("docs/errors.md")) << "run make docs";
}

TEST(ErrorPageTest, ReadsTheParts) {
  const absl::StatusOr<std::vector<Reason>> reasons = ReadReasons(SetOf(
      " The server is busy.  It says so\n before it reads.  RESOURCE_EXHAUSTED with RetryInfo;\n"
      " metadata \"limit\": which of its limits, and its value.  Retry with back-off.\n"));
  ASSERT_TRUE(reasons.ok()) << reasons.status();
  ASSERT_EQ(reasons->size(), 1);
  const Reason& reason = reasons->front();
  EXPECT_EQ(reason.name, "SERVER_BUSY");
  EXPECT_EQ(reason.meaning, "The server is busy. It says so before it reads.");
  EXPECT_EQ(reason.code, absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(reason.code_name, "RESOURCE_EXHAUSTED");
  EXPECT_EQ(reason.details, "RetryInfo");
  EXPECT_EQ(reason.metadata, "metadata \"limit\": which of its limits, and its value");
  EXPECT_EQ(reason.retry, "Retry with back-off.");
  EXPECT_THAT(WritePage(*reasons),
              HasSubstr("\n## SERVER_BUSY\n\nThe server is busy. It says so before it "
                        "reads.\n\n* Status: RESOURCE_EXHAUSTED\n"
                        "* Details: RetryInfo\n"
                        "* Metadata: \"limit\": which of its limits, and its value\n"
                        "* Retry: with back-off.\n"));
}

TEST(ErrorPageTest, RefusesCommentsWithoutTheirParts) {
  EXPECT_THAT(ProblemOf(""), HasSubstr("ERROR_REASON_SERVER_BUSY: the comment names no status"));
  EXPECT_THAT(ProblemOf(" Busy.  BUSY; no metadata.\n"), HasSubstr("names no status code"));
  EXPECT_THAT(ProblemOf(" ABORTED; no metadata.\n"), HasSubstr("does not say what"));
  EXPECT_THAT(ProblemOf(" Busy.  ABORTED with RetryInfo.\n"), HasSubstr("which metadata there is"));
  EXPECT_THAT(ProblemOf(" Busy.  ABORTED; \"limit\".\n"), HasSubstr("no \"metadata\""));
  EXPECT_THAT(ProblemOf(" Busy.  ABORTED; no metadata.  Never.\n"), HasSubstr("something else"));
}

TEST(ErrorPageTest, RefusesSetsWithoutTheReasons) {
  EXPECT_EQ(core::ReasonOf(ReadReasons("no set").status()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(core::ReasonOf(ReadReasons("").status()), core::ErrorReason::kDataInvalid);
}

}  // namespace
}  // namespace crossfoot::error_page
