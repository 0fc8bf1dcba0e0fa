#include "services/report/workflow_command_writer.h"

#include <string>

#include "absl/status/statusor.h"
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

std::string Finish(RunReport& report) {
  const absl::StatusOr<std::string> text = report.Finish();
  EXPECT_TRUE(text.ok()) << text.status();
  return text.value_or("");
}

TEST(WorkflowCommandWriterTest, AFindingIsALine) {
  const auto report =
      MakeWorkflowCommandReport({.language = Language::kEnglish, .working_directory = "/tree"});
  report->Add(MakeContradiction("/tree/b/a.txt"));
  EXPECT_EQ(Finish(*report),
            "::error file=b/a.txt,line=2,endLine=2,col=10,endColumn=16,title=parts-sum-to-total::"
            "the parts do not add up to the total%0A"
            "relation: 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿%0A"
            "printed: [2462.5亿, 2463.5亿] CNY%0A"
            "implied: [2470.825亿, 2472.935亿] CNY%0A"
            "off by: 7.325亿 CNY%0A"
            "suspect: 2187亿元 (/tree/b/a.txt:2:10)%0A"
            "repair: 2187亿元 → 2178 (digits swapped)\n");
}

TEST(WorkflowCommandWriterTest, SeveritiesHaveTheirCommands) {
  const auto report = MakeWorkflowCommandReport({.working_directory = "/tree"});
  Validation validation = MakeContradiction("a.txt");
  validation.findings[0].severity = core::Severity::kWarning;
  report->Add(validation);
  validation.findings[0].severity = core::Severity::kInfo;
  report->Add(validation);
  const std::string text = Finish(*report);
  EXPECT_EQ(text.rfind("::warning file=a.txt,", 0), 0u) << text;
  EXPECT_NE(text.find("\n::notice file=a.txt,"), std::string::npos) << text;
}

TEST(WorkflowCommandWriterTest, NothingEndsTheLineOrAProperty) {
  const auto report =
      MakeWorkflowCommandReport({.language = Language::kEnglish, .working_directory = "/tree"});
  Validation validation = MakeContradiction("a:b,c%\r\n::error::.txt");
  validation.findings[0].message_en = "7.6%\n::error::x, y";
  validation.findings[0].suspect = -1;
  validation.findings[0].figures.clear();
  validation.findings[0].checks.clear();
  validation.findings[0].repairs.clear();
  report->Add(validation);
  v1::DocumentError error;
  error.set_reason("FILE_NOT_FOUND");
  error.set_message("100%\n::error::gone");
  report->AddFailure("x,y.txt", error);
  EXPECT_EQ(Finish(*report),
            "::error file=a%3Ab%2Cc%25%0D%0A%3A%3Aerror%3A%3A.txt,title=parts-sum-to-total::"
            "7.6%25 ::error::x, y\n"
            "::error file=x%2Cy.txt,title=FILE_NOT_FOUND::100%25 ::error::gone\n");
}

}  // namespace
}  // namespace crossfoot::report
