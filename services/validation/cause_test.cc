// One wrong figure breaks every relation that it takes part in; the reader is told once.

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "services/validation/pipeline.h"

namespace crossfoot::validation {
namespace {

Validation Check(const std::string& text) {
  absl::StatusOr<std::unique_ptr<Pipeline>> pipeline = Pipeline::Create();
  EXPECT_TRUE(pipeline.ok()) << pipeline.status();
  absl::StatusOr<Validation> validation = (*pipeline)->Validate("report", text, {});
  EXPECT_TRUE(validation.ok()) << validation.status();
  return *std::move(validation);
}

std::string Trade(const std::string& exports, const std::string& imports) {
  return "前4个月，我国进出口总值13.81万亿元，增长5.7%。其中，出口" + exports +
         "万亿元，增长4.9%；进口" + imports + "万亿元，增长6.8%。";
}

TEST(CauseTest, AgreeingReportHasNoFinding) {
  EXPECT_TRUE(Check(Trade("7.81", "6")).findings.empty());
}

TEST(CauseTest, OneCauseIsOneFindingWithItsProofs) {
  const Validation validation = Check(
      "2023年全国数据服务收入1000亿元，同比增长7.6%。东部地区数据服务收入582亿元，同比增长5.6%，"
      "占全国数据服务收入的52.8%。中部地区数据服务收入119.1亿元，同比增长25.7%"
      "，占全国数据服务收入的"
      "11.9%。西部地区数据服务收入300亿元，同比增长6%，占全国数据服务收入的30%"
      "。东北地区数据服务收入"
      "52.9亿元，同比增长2%，占全国数据服务收入的5.3%。");
  ASSERT_EQ(validation.findings.size(), 1u);
  const core::Finding& finding = validation.findings[0];
  EXPECT_GE(finding.checks.size(), 2u) << "the sum and the share both prove it";
  ASSERT_GE(finding.suspect, 0);
  EXPECT_EQ(validation.figures[finding.suspect].content, "582亿元");
  ASSERT_EQ(finding.repairs.size(), 1u);
  EXPECT_EQ(finding.repairs[0].content, "528");
}

TEST(CauseTest, TwoCausesAreTwoFindings) {
  const Validation validation = Check(
      Trade("8.71", "6") + "\n2023年末，全省共有医院743家，其中公立医院385家，民营医院538家。");
  ASSERT_EQ(validation.findings.size(), 2u);
}

TEST(CauseTest, TheSuspectsValuesAreToldWhereItStandsAmongTheParts) {
  const Validation validation = Check(Trade("8.71", "6.00"));
  ASSERT_EQ(validation.findings.size(), 1u);
  const core::Finding& finding = validation.findings[0];
  ASSERT_GE(finding.suspect, 0);
  EXPECT_EQ(validation.figures[finding.suspect].content, "8.71万亿元");
  ASSERT_TRUE(finding.admissible.has_value());
  // 13.81 less 6.00, each to its last digit.
  EXPECT_EQ(finding.admissible->ToString(), "[7800000000000, 7820000000000]");
}

// Two misprints in one sum: neither mends it alone, and the shares say what each was.
TEST(CauseTest, TwoMisprintsInOneCheckAreFoundTogether) {
  const Validation validation = Check(
      "2023年全国数据服务收入1000亿元。东部地区数据服务收入582亿元，占全国数据服务收入的52.8%。"
      "中部地区数据服务收入191亿元，占全国数据服务收入的11.9%。西部地区数据服务收入300亿元，"
      "占全国数据服务收入的30.0%。东北地区数据服务收入53亿元，占全国数据服务收入的5.3%。");
  ASSERT_EQ(validation.findings.size(), 2u);
  std::set<std::string> repairs;
  for (const core::Finding& finding : validation.findings) {
    ASSERT_EQ(finding.repairs.size(), 1u);
    repairs.insert(validation.figures[finding.suspect].content + " " + finding.repairs[0].content);
  }
  EXPECT_EQ(repairs, (std::set<std::string>{"582亿元 528", "191亿元 119"}));
}

}  // namespace
}  // namespace crossfoot::validation
