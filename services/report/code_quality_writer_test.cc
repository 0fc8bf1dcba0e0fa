#include "services/report/code_quality_writer.h"

#include <set>
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

RunReportOptions English() {
  return {.language = Language::kEnglish, .working_directory = "/tree"};
}

std::string Finish(RunReport& report) {
  const absl::StatusOr<std::string> text = report.Finish();
  EXPECT_TRUE(text.ok()) << text.status();
  return text.value_or("");
}

TEST(CodeQualityWriterTest, AFindingIsAnEntry) {
  const auto report = MakeCodeQualityReport(English());
  report->Add(MakeContradiction("./a.txt"));
  // printf 'a.txt\0000123456789abcdef\0001' | sha256sum
  EXPECT_EQ(Finish(*report),
            R"([
{"description":"the parts do not add up to the total","check_name":"parts-sum-to-total",)"
            R"("fingerprint":)"
            R"("3b837d77cbf940d078157f03bdacfce6630d773c2c4fe8c9442ae9c259cd7aa1",)"
            R"("severity":"major","location":{"path":"a.txt",)"
            R"("lines":{"begin":2,"end":2}}}
]
)");
}

TEST(CodeQualityWriterTest, FilesThatCouldNotBeCheckedBlock) {
  const auto report = MakeCodeQualityReport(English());
  v1::DocumentError error;
  error.set_reason("FILE_NOT_FOUND");
  error.set_message("gone");
  report->AddFailure("/tree/\xFF.txt", error);
  const std::string text = Finish(*report);
  EXPECT_EQ(text.rfind("[\n{\"description\":\"gone\",\"check_name\":\"FILE_NOT_FOUND\",", 0), 0u)
      << text;
  EXPECT_NE(text.find("\"severity\":\"blocker\",\"location\":{\"path\":\"\uFFFD.txt\","
                      "\"lines\":{\"begin\":1,\"end\":1}}}\n]\n"),
            std::string::npos)
      << text;
}

TEST(CodeQualityWriterTest, FingerprintsAreUnique) {
  const auto report = MakeCodeQualityReport(English());
  Validation validation = MakeContradiction("a.txt");
  validation.findings.push_back(validation.findings[0]);
  validation.findings[1].severity = core::Severity::kWarning;
  report->Add(validation);
  validation.document.uri = "b.txt";
  report->Add(validation);
  const std::string text = Finish(*report);
  const std::string key = "\"fingerprint\":\"";
  std::set<std::string> fingerprints;
  for (size_t at = 0; (at = text.find(key, at)) != std::string::npos; at += key.size())
    fingerprints.insert(text.substr(at + key.size(), 64));
  EXPECT_EQ(fingerprints.size(), 4u) << text;
  EXPECT_NE(text.find("\"severity\":\"minor\""), std::string::npos) << text;
}

TEST(CodeQualityWriterTest, NothingFoundIsAnEmptyArray) {
  EXPECT_EQ(Finish(*MakeCodeQualityReport(English())), "[\n]\n");
}

}  // namespace
}  // namespace crossfoot::report
