// Every form of a report says where a finding is in a document that has no lines.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "services/report/code_quality_writer.h"
#include "services/report/explanation.h"
#include "services/report/html_writer.h"
#include "services/report/junit_writer.h"
#include "services/report/language.h"
#include "services/report/run_report.h"
#include "services/report/sarif_writer.h"
#include "services/report/spreadsheet_writer.h"
#include "services/report/text_writer.h"
#include "services/report/workflow_command_writer.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

// A report with a contradiction that stands in one cell of a workbook.
Validation WorkbookWithContradiction() {
  Validation validation = testing::MakeContradiction("a.xlsx");
  core::Document& document = validation.document;
  const auto end = static_cast<int32_t>(document.source.size());
  document.places.AddCell({0, end}, "表1", 7, 2);
  return validation;
}

std::string TextOf(std::unique_ptr<RunReport> report) {
  report->Add(WorkbookWithContradiction());
  const absl::StatusOr<std::string> text = report->Finish();
  EXPECT_TRUE(text.ok()) << text.status();
  return text.value_or("");
}

void ExpectPlace(const std::string& text, const std::string& place) {
  EXPECT_NE(text.find(place), std::string::npos) << text;
  EXPECT_EQ(text.find("2:10"), std::string::npos) << text;  // the line of the transcript
}

const RunReportOptions kOptions = {.language = Language::kEnglish, .working_directory = "/tree"};

TEST(PlacesTest, InText) {
  const std::string text = FindingsToText(WorkbookWithContradiction(), {});
  ExpectPlace(text, "a.xlsx#表1!B7: error: ");
  ExpectPlace(text, "2187亿元（a.xlsx#表1!B7）");
  ExpectPlace(ExplanationToText(WorkbookWithContradiction(), {}), "a.xlsx#表1!B7: f1");
}

TEST(PlacesTest, InWhatProgramsRead) {
  ExpectPlace(TextOf(MakeJUnitReport(kOptions)), "a.xlsx#表1!B7");
  EXPECT_EQ(TextOf(MakeJUnitReport(kOptions)).find(" line="), std::string::npos);
  ExpectPlace(TextOf(MakeWorkflowCommandReport(kOptions)), "::表1!B7: the parts do not add up");
  EXPECT_EQ(TextOf(MakeWorkflowCommandReport(kOptions)).find(",line="), std::string::npos);
  ExpectPlace(TextOf(MakeCodeQualityReport(kOptions)), "表1!B7: the parts do not add up");
}

TEST(PlacesTest, InSarif) {
  const std::string text = TextOf(MakeSarifReport(kOptions));
  ExpectPlace(text, "表1!B7: the parts do not add up");
  EXPECT_NE(text.find("\"startLine\": 1"), std::string::npos);
  EXPECT_EQ(text.find("\"startLine\": 2"), std::string::npos);
  EXPECT_EQ(text.find("byteOffset"), std::string::npos);  // of the transcript, which nobody has
}

TEST(PlacesTest, InThePage) {
  ExpectPlace(TextOf(std::make_unique<HtmlPage>(Language::kEnglish)), "表1!B7");
}

TEST(PlacesTest, InSpreadsheets) {
  const std::string table = FiguresToSpreadsheet(WorkbookWithContradiction());
  ExpectPlace(table, ",表1!B7\r\n");
}

}  // namespace
}  // namespace crossfoot::report
