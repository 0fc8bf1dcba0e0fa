#include "services/report/json_writer.h"

#include <string>

#include "core/cancellation.h"
#include "core/error.h"
#include "crossfoot/v1/document.pb.h"
#include "crossfoot/v1/document_error.pb.h"
#include "crossfoot/v1/figure.pb.h"
#include "crossfoot/v1/summary.pb.h"
#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

TEST(JsonWriterTest, WritesOneLineWithCamelCaseNames) {
  v1::Figure figure;
  figure.set_id("f1");
  figure.mutable_span()->set_start_byte(0);
  figure.mutable_span()->set_content("2\n3\"亿元");
  figure.set_kind(v1::FIGURE_KIND_GROWTH_RATE);
  figure.set_ref_area("全国");
  EXPECT_EQ(ToJsonLine(figure).value(),
            R"({"id":"f1","span":{"startByte":0,"content":"2\n3\"亿元"},)"
            R"("kind":"FIGURE_KIND_GROWTH_RATE","refArea":"全国"})");
}

TEST(JsonWriterTest, WritesIndentedLines) {
  v1::Document document;
  document.set_uri("a.txt");
  EXPECT_EQ(ToPrettyJson(document).value(), "{\n \"uri\": \"a.txt\"\n}");
}

TEST(JsonWriterTest, WritesEveryFieldThatCannotBeAbsent) {
  EXPECT_EQ(ToFullJson(v1::DocumentError()).value(),
            "{\n \"reason\": \"\",\n \"message\": \"\",\n \"metadata\": {}\n}");
  // All of its counts are declared `optional`.
  EXPECT_EQ(ToFullJson(v1::Summary()).value(), "{}");
}

TEST(JsonWriterTest, IsGivenUpInTheMiddle) {
  v1::Figure figure;
  figure.mutable_span()->set_content(std::string(100'000, 'x'));
  core::Cancellation cancellation;
  EXPECT_EQ(ToJsonLine(figure, &cancellation), ToJsonLine(figure));
  cancellation.Cancel();
  EXPECT_EQ(core::ReasonOf(ToJsonLine(figure, &cancellation).status()),
            core::ErrorReason::kCancelled);
}

}  // namespace
}  // namespace crossfoot::report
