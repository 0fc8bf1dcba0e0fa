// One wrong figure breaks every relation that it takes part in; the reader is told once.

#include <gtest/gtest.h>

#include <memory>
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

}  // namespace
}  // namespace crossfoot::validation
