#include "services/report/sarif_writer.h"

#include <string>

#include "absl/status/statusor.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/verdict.h"
#include "crossfoot/interchange/v1/sarif.pb.h"
#include "crossfoot/v1/document_error.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/report/language.h"
#include "services/report/run_report.h"
#include "services/report/version.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using interchange::v1::SarifLog;
using interchange::v1::SarifResult;
using interchange::v1::SarifRule;
using testing::MakeContradiction;
using validation::Validation;

v1::Rule Describe(const std::string& rule_id) {
  v1::Rule rule;
  rule.set_name("rules/" + rule_id);
  rule.set_rule_pack("rulePacks/totals");
  rule.set_title("Parts sum to the total");
  rule.set_rationale("Parts that are *all* parts.");
  rule.set_severity(v1::SEVERITY_WARNING);
  v1::RuleExample* example = rule.add_examples();
  example->set_title("wrong");
  example->set_text("1\n2");
  example->set_hit(true);
  return rule;
}

RunReportOptions English() {
  return {.language = Language::kEnglish, .working_directory = "/tree", .describe_rule = &Describe};
}

// What `report` comes to, and the message that reads as it.
std::string Finish(RunReport& report, SarifLog& log) {
  const absl::StatusOr<std::string> text = report.Finish();
  EXPECT_TRUE(text.ok()) << text.status();
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(*text, &log).ok()) << *text;
  return *text;
}

SarifLog LogOf(const Validation& validation, const RunReportOptions& options = English()) {
  const auto report = MakeSarifReport(options);
  report->Add(validation);
  SarifLog log;
  Finish(*report, log);
  return log;
}

TEST(SarifWriterTest, ARunWithoutFindingsSaysSo) {
  const auto report = MakeSarifReport(English());
  Validation clean = MakeContradiction("a.txt");
  clean.findings.clear();
  report->Add(clean);
  SarifLog log;
  EXPECT_EQ(Finish(*report, log), R"({
 "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
 "version": "2.1.0",
 "runs": [
  {
   "tool": {
    "driver": {
     "name": "Crossfoot",
     "semanticVersion": ")" + std::string(kVersion) +
                                      R"(",
     "informationUri": "https://crossfoot.dev",
     "language": "en",
     "rules": []
    }
   },
   "automationDetails": {
    "id": "crossfoot/"
   },
   "invocations": [
    {
     "executionSuccessful": true,
     "toolExecutionNotifications": []
    }
   ],
   "columnKind": "unicodeCodePoints",
   "language": "en",
   "results": []
  }
 ]
}
)");
}

TEST(SarifWriterTest, AResultStandsAtTheFigureToBlame) {
  const SarifLog log = LogOf(MakeContradiction("/tree/a b.txt"));
  const SarifResult& result = log.runs(0).results(0);
  EXPECT_EQ(result.rule_id(), "parts-sum-to-total");
  EXPECT_EQ(result.rule_index(), 0);
  EXPECT_EQ(result.level(), "error");
  EXPECT_EQ(result.partial_fingerprints().primary_location_line_hash(), "0123456789abcdef:1");
  ASSERT_EQ(result.locations_size(), 1);
  const auto& place = result.locations(0).physical_location();
  EXPECT_EQ(place.artifact_location().uri(), "a%20b.txt");
  EXPECT_EQ(place.region().start_line(), 2);
  EXPECT_EQ(place.region().start_column(), 10);
  EXPECT_EQ(place.region().end_line(), 2);
  EXPECT_EQ(place.region().end_column(), 16);
  EXPECT_EQ(place.region().snippet().text(), "2187亿元");
  const std::string& source = testing::ContradictionText();
  EXPECT_EQ(source.substr(place.region().byte_offset(), place.region().byte_length()), "2187亿元");
}

TEST(SarifWriterTest, TheMessageBeginsWithATitleAndLinksToTheOperands) {
  const SarifLog log = LogOf(MakeContradiction("a.txt"));
  const SarifResult& result = log.runs(0).results(0);
  EXPECT_EQ(result.message().text(),
            "the parts do not add up to the total.\n"
            "relation: 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿\n"
            "printed: [2462.5亿, 2463.5亿] CNY\n"
            "implied: [2470.825亿, 2472.935亿] CNY\n"
            "off by: 7.325亿 CNY\n"
            "suspect: 2187亿元 (a.txt:2:10)\n"
            "repair: 2187亿元 → 2178 (digits swapped)\n"
            "figures: total [2463亿元](1), part [129.1亿元](2), part [150亿元](3), "
            "part [5.78亿元](4)");
  ASSERT_EQ(result.related_locations_size(), 4);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(result.related_locations(i).id(), i + 1);
  EXPECT_EQ(result.related_locations(0).message().text(), "total 2463亿元 全国 数据服务总收入");
  EXPECT_EQ(result.related_locations(0).physical_location().region().start_line(), 1);
}

TEST(SarifWriterTest, SpeaksChinese) {
  const SarifLog log = LogOf(MakeContradiction("a.txt"), {.working_directory = "/tree"});
  EXPECT_EQ(log.runs(0).language(), "zh-CN");
  const std::string& text = log.runs(0).results(0).message().text();
  EXPECT_EQ(text.rfind("分项之和与合计不符。\n关系：", 0), 0u) << text;
  EXPECT_NE(text.find("\n数据：合计 [2463亿元](1)、部分 [129.1亿元](2)、"), std::string::npos)
      << text;
}

TEST(SarifWriterTest, NothingOfAReportReadsAsALink) {
  Validation validation = MakeContradiction("a.txt");
  validation.findings[0].message_en = "see [here](7)\x1b";
  validation.checks[0].roles[0] = "a](8)";
  const SarifLog log = LogOf(validation);
  const std::string& text = log.runs(0).results(0).message().text();
  EXPECT_EQ(text.rfind("see [here] (7) .\n", 0), 0u) << text;
  EXPECT_EQ(text.find("](7)"), std::string::npos);
  EXPECT_EQ(text.find("](8)"), std::string::npos);
}

TEST(SarifWriterTest, CitesEarlierReports) {
  Validation validation = MakeContradiction("a.txt");
  core::Figure figure = validation.figures[0];
  figure.content = "2463亿元";
  validation.cited.push_back({figure, "old/b.txt", {3, 13, 7, 2}});
  figure.content = "2463 亿元 with blanks dropped";
  validation.cited.push_back({figure, "old/b.txt", {3, 13, 7, 2}});
  validation.findings[0].figures = {2, 6, 7};
  const SarifLog log = LogOf(validation);
  const SarifResult& result = log.runs(0).results(0);
  ASSERT_EQ(result.related_locations_size(), 2);
  const auto& place = result.related_locations(0).physical_location();
  EXPECT_EQ(place.artifact_location().uri(), "old/b.txt");
  EXPECT_EQ(place.region().start_line(), 7);
  EXPECT_EQ(place.region().start_column(), 2);
  EXPECT_EQ(place.region().end_column(), 8);
  EXPECT_FALSE(result.related_locations(1).physical_location().region().has_end_line());
  EXPECT_FALSE(result.related_locations(1).physical_location().region().has_end_column());
}

TEST(SarifWriterTest, AFindingWithoutAFigureStandsAtTheStart) {
  Validation validation = MakeContradiction("a.txt");
  validation.findings[0].suspect = -1;
  validation.findings[0].figures.clear();
  const SarifLog log = LogOf(validation);
  const auto& region = log.runs(0).results(0).locations(0).physical_location().region();
  EXPECT_EQ(region.start_line(), 1);
  EXPECT_EQ(region.start_column(), 1);
  EXPECT_FALSE(region.has_byte_offset());
}

TEST(SarifWriterTest, FingerprintsDifferWithinAFile) {
  const auto report = MakeSarifReport(English());
  Validation validation = MakeContradiction("a.txt");
  validation.findings.push_back(validation.findings[0]);
  report->Add(validation);
  validation.document.uri = "b.txt";
  report->Add(validation);
  SarifLog log;
  Finish(*report, log);
  std::string hashes;
  for (const SarifResult& result : log.runs(0).results())
    hashes += result.partial_fingerprints().primary_location_line_hash().substr(16);
  EXPECT_EQ(hashes, ":1:2:1:2");
}

TEST(SarifWriterTest, RulesThatFoundSomethingAreDescribedOnce) {
  const auto report = MakeSarifReport(English());
  Validation validation = MakeContradiction("a.txt");
  report->Add(validation);
  validation.findings[0].rule_id = "other";
  report->Add(validation);
  report->Add(MakeContradiction("b.txt"));
  SarifLog log;
  Finish(*report, log);
  const auto& driver = log.runs(0).tool().driver();
  ASSERT_EQ(driver.rules_size(), 2);
  for (const SarifResult& result : log.runs(0).results())
    EXPECT_EQ(driver.rules(result.rule_index()).id(), result.rule_id());
  const SarifRule& rule = driver.rules(0);
  EXPECT_EQ(rule.short_description().text(), "Parts sum to the total");
  EXPECT_EQ(rule.full_description().text(), "Parts sum to the total. Parts that are *all* parts.");
  EXPECT_EQ(rule.help().text(), "Parts that are *all* parts.\nReports wrong: 1 2");
  EXPECT_EQ(rule.help().markdown(), "Parts that are \\*all\\* parts.\n\n* Reports wrong: 1 2\n");
  EXPECT_EQ(rule.default_configuration().level(), "warning");
  EXPECT_EQ(rule.properties().precision(), "very-high");
  EXPECT_EQ(rule.properties().problem_severity(), "warning");
  EXPECT_EQ(rule.properties().tags(1), "totals");
}

TEST(SarifWriterTest, ARuleThatNobodyKnowsHasItsName) {
  RunReportOptions options = English();
  options.describe_rule = [](const std::string&) { return v1::Rule(); };
  const SarifLog log = LogOf(MakeContradiction("a.txt"), options);
  const SarifRule& rule = log.runs(0).tool().driver().rules(0);
  EXPECT_EQ(rule.short_description().text(), "parts-sum-to-total");
  EXPECT_EQ(rule.help().text(), "parts-sum-to-total");
  EXPECT_FALSE(rule.has_properties());
}

TEST(SarifWriterTest, LongDescriptionsAreCut) {
  RunReportOptions options = English();
  options.describe_rule = [](const std::string& id) {
    v1::Rule rule = Describe(id);
    std::string title;
    for (int i = 0; i < 1024; ++i) title += "核";
    rule.set_title(title);
    return rule;
  };
  const SarifLog log = LogOf(MakeContradiction("a.txt"), options);
  const SarifRule& rule = log.runs(0).tool().driver().rules(0);
  EXPECT_EQ(rule.short_description().text().size(), 3u * 1024);
  const std::string& full = rule.full_description().text();
  EXPECT_EQ(full.size(), 3u * 1024);
  EXPECT_EQ(full.substr(full.size() - 6), "核…");
}

TEST(SarifWriterTest, FilesThatCouldNotBeCheckedAreNotifications) {
  const auto report = MakeSarifReport(English());
  v1::DocumentError error;
  error.set_reason("FILE_NOT_FOUND");
  error.set_message("No such file or directory");
  report->AddFailure("/tree/大.txt", error);
  report->Add(MakeContradiction("a.txt"));
  error.set_reason("DOCUMENT_EMPTY");
  report->AddFailure("b.txt", error);
  report->AddFailure("c.txt", error);
  SarifLog log;
  Finish(*report, log);
  const auto& run = log.runs(0);
  EXPECT_EQ(run.results_size(), 1);
  EXPECT_FALSE(run.invocations(0).execution_successful());
  ASSERT_EQ(run.invocations(0).tool_execution_notifications_size(), 3);
  const auto& first = run.invocations(0).tool_execution_notifications(0);
  EXPECT_EQ(first.level(), "error");
  EXPECT_EQ(first.message().text(), "No such file or directory");
  EXPECT_EQ(first.descriptor_reference().id(), "FILE_NOT_FOUND");
  EXPECT_EQ(first.locations(0).physical_location().artifact_location().uri(), "%E5%A4%A7.txt");
  EXPECT_FALSE(first.locations(0).physical_location().has_region());
  EXPECT_EQ(run.invocations(0).tool_execution_notifications(2).descriptor_reference().id(),
            "DOCUMENT_EMPTY");
}

TEST(SarifWriterTest, KeepsTheMostSevereAndSaysHowManyAreMissing) {
  const auto report = MakeSarifReport(English(), 2);
  Validation validation = MakeContradiction("a.txt");
  for (const core::Severity severity :
       {core::Severity::kInfo, core::Severity::kWarning, core::Severity::kInfo,
        core::Severity::kInfo, core::Severity::kInfo, core::Severity::kError,
        core::Severity::kWarning}) {
    validation.findings[0].severity = severity;
    report->Add(validation);
  }
  SarifLog log;
  Finish(*report, log);
  const auto& run = log.runs(0);
  ASSERT_EQ(run.results_size(), 2);
  EXPECT_EQ(run.results(0).level(), "error");
  EXPECT_EQ(run.results(1).level(), "warning");
  EXPECT_TRUE(run.invocations(0).execution_successful());
  const auto& notification = run.invocations(0).tool_execution_notifications(0);
  EXPECT_EQ(notification.level(), "warning");
  EXPECT_EQ(notification.message().text(),
            "5 findings are left out, the least severe: a run holds 2.");
}

}  // namespace
}  // namespace crossfoot::report
