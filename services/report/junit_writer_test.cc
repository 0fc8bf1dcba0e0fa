#include "services/report/junit_writer.h"

#include <string>

#include "absl/status/statusor.h"
#include "core/check.h"
#include "core/finding.h"
#include "core/verdict.h"
#include "crossfoot/v1/document_error.pb.h"
#include "gtest/gtest.h"
#include "services/report/language.h"
#include "services/report/run_report.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using testing::MakeContradiction;
using validation::Validation;

RunReportOptions English() {
  return {.language = Language::kEnglish, .working_directory = "/tree"};
}

std::string Finish(RunReport& report) {
  const absl::StatusOr<std::string> text = report.Finish();
  EXPECT_TRUE(text.ok()) << text.status();
  return text.value_or("");
}

std::string TextOf(const Validation& validation, const RunReportOptions& options = English()) {
  const auto report = MakeJUnitReport(options);
  report->Add(validation);
  return Finish(*report);
}

TEST(JUnitWriterTest, ARuleIsATest) {
  Validation validation = MakeContradiction("/tree/a.txt");
  core::Check holds = validation.checks[0];
  holds.rule_id = "holds";
  holds.verdict = core::Verdict::kWithinRounding;
  validation.checks.push_back(holds);
  holds.rule_id = "open";
  holds.verdict = core::Verdict::kUndetermined;
  validation.checks.push_back(holds);
  EXPECT_EQ(TextOf(validation), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="crossfoot" tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="a.txt" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="a.txt" name="parts-sum-to-total" file="a.txt" line="2">
      <failure type="error" message="the parts do not add up to the total">/tree/a.txt:2:10: error: the parts do not add up to the total [parts-sum-to-total]
    其中，东部地区完成2187亿元，中部地区129.1亿元，西部地区150亿元，东北地区5.78亿元。
                      ^~~~~~~~          ^~~~~~~~~          ^~~~~~~          ^~~~~~~~
  relation: 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿
  printed: [2462.5亿, 2463.5亿] CNY
  implied: [2470.825亿, 2472.935亿] CNY
  off by: 7.325亿 CNY
  suspect: 2187亿元 (/tree/a.txt:2:10)
  repair: 2187亿元 → 2178 (digits swapped)
/tree/a.txt:1:14: note: 2463亿元 全国 数据服务总收入
</failure>
    </testcase>
    <testcase classname="a.txt" name="holds" file="a.txt"/>
    <testcase classname="a.txt" name="open" file="a.txt">
      <skipped message="no check came to a verdict"/>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(JUnitWriterTest, WhatIsBelowTheThresholdIsOutput) {
  Validation validation = MakeContradiction("a.txt");
  validation.findings[0].severity = core::Severity::kWarning;
  const std::string passed = TextOf(validation);
  EXPECT_NE(passed.find(" failures=\"0\""), std::string::npos) << passed;
  EXPECT_EQ(passed.find("<failure"), std::string::npos) << passed;
  EXPECT_NE(passed.find(" line=\"2\">\n      <system-out>a.txt:2:10: warning: "), std::string::npos)
      << passed;
  RunReportOptions options = English();
  options.fail_on = core::Severity::kWarning;
  const std::string failed = TextOf(validation, options);
  EXPECT_NE(failed.find("<failure type=\"warning\""), std::string::npos) << failed;
  EXPECT_EQ(failed.find("<system-out>"), std::string::npos) << failed;
  options.fail_on = core::Severity::kUnspecified;
  EXPECT_EQ(TextOf(MakeContradiction("a.txt"), options).find("<failure"), std::string::npos);
}

TEST(JUnitWriterTest, OneCauseFailsOneTest) {
  Validation validation = MakeContradiction("a.txt");
  core::Check merged = validation.checks[0];
  merged.rule_id = "merged";
  validation.checks.push_back(merged);
  validation.findings[0].checks.push_back(1);
  const std::string text = TextOf(validation);
  EXPECT_NE(text.find("name=\"merged\" file=\"a.txt\">\n      <skipped message=\"told with the "
                      "finding of parts-sum-to-total\"/>"),
            std::string::npos)
      << text;
}

TEST(JUnitWriterTest, FindingsOfARuleFailOneTest) {
  Validation validation = MakeContradiction("a.txt");
  validation.findings.push_back(validation.findings[0]);
  validation.findings[1].message_en = "the other one";
  const std::string text = TextOf(validation);
  EXPECT_NE(text.find(" tests=\"1\" failures=\"1\""), std::string::npos) << text;
  EXPECT_EQ(text.find("<failure", text.find("<failure") + 1), std::string::npos) << text;
  EXPECT_NE(text.find(": error: the other one "), std::string::npos) << text;
}

TEST(JUnitWriterTest, AFileThatCouldNotBeCheckedIsAnError) {
  const auto report = MakeJUnitReport(English());
  v1::DocumentError error;
  error.set_reason("FILE_NOT_FOUND");
  error.set_message("No such \"file\"");
  report->AddFailure("a&b.txt", error);
  Validation clean = MakeContradiction("clean.txt");
  clean.checks.clear();
  clean.findings.clear();
  report->Add(clean);
  EXPECT_EQ(Finish(*report), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="crossfoot" tests="1" failures="0" errors="1" skipped="0">
  <testsuite name="a&amp;b.txt" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="a&amp;b.txt" name="read" file="a&amp;b.txt">
      <error type="FILE_NOT_FOUND" message="No such &quot;file&quot;"/>
    </testcase>
  </testsuite>
  <testsuite name="clean.txt" tests="0" failures="0" errors="0" skipped="0"/>
</testsuites>
)");
}

TEST(JUnitWriterTest, NothingBreaksTheXml) {
  const auto report = MakeJUnitReport(English());
  v1::DocumentError error;
  error.set_message("x");
  report->AddFailure("\x01<\n\xFF\uFFFE\uFFFF\uFFFD>", error);
  EXPECT_NE(
      Finish(*report).find("<testsuite name=\"\uFFFD&lt;&#10;\uFFFD\uFFFD\uFFFD\uFFFD&gt;\" tests"),
      std::string::npos);
}

}  // namespace
}  // namespace crossfoot::report
