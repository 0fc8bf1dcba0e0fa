#include "services/report/finding_details.h"

#include <string>
#include <vector>

#include "core/finding.h"
#include "gtest/gtest.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using testing::MakeContradiction;
using validation::Validation;

std::vector<std::string> Lines(const Validation& validation, Language language) {
  std::vector<std::string> lines;
  for (const Detail& detail : DetailsOf(validation, validation.findings[0], language))
    lines.push_back(ToText(detail, language));
  return lines;
}

TEST(FindingDetailsTest, SaysTheSameInBothLanguages) {
  const Validation validation = MakeContradiction("a.txt");
  EXPECT_EQ(Lines(validation, Language::kChinese),
            (std::vector<std::string>{
                "关系：2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿，印作2463亿",
                "印数：[2462.5亿, 2463.5亿] CNY", "应为：[2470.825亿, 2472.935亿] CNY",
                "相差：7.325亿 CNY", "存疑：2187亿元（a.txt:2:10）",
                "改为：2187亿元 → 2178（相邻两位颠倒）"}));
  EXPECT_EQ(Lines(validation, Language::kEnglish),
            (std::vector<std::string>{
                "relation: 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿",
                "printed: [2462.5亿, 2463.5亿] CNY", "implied: [2470.825亿, 2472.935亿] CNY",
                "off by: 7.325亿 CNY", "suspect: 2187亿元 (a.txt:2:10)",
                "repair: 2187亿元 → 2178 (digits swapped)"}));
}

TEST(FindingDetailsTest, WhatIsToBePrintedInsteadStandsOut) {
  const Validation validation = MakeContradiction("a.txt");
  const Detail repair = DetailsOf(validation, validation.findings[0], Language::kEnglish).back();
  EXPECT_EQ(repair.value.substr(repair.emphasis.start, repair.emphasis.end - repair.emphasis.start),
            "2178");
}

TEST(FindingDetailsTest, ShowsTheSuspectElseTheFirstOperandOfThisReport) {
  Validation validation = MakeContradiction("a.txt");
  core::Finding& finding = validation.findings[0];
  EXPECT_EQ(ShownFigure(validation, finding), 2);
  finding.suspect = -1;
  EXPECT_EQ(ShownFigure(validation, finding), 0);
  finding.figures = {100, 3};
  EXPECT_EQ(ShownFigure(validation, finding), 3);
  finding.figures = {100};
  EXPECT_EQ(ShownFigure(validation, finding), -1);
}

TEST(FindingDetailsTest, AnEndIsBehindTheLastCharacter) {
  const Validation validation = MakeContradiction("a.txt");
  const Extent extent = ExtentOf(validation.document, validation.figures[2].range);
  EXPECT_EQ(extent.span.line, 2);
  EXPECT_EQ(extent.span.column, 10);
  EXPECT_EQ(extent.end_line, 2);
  EXPECT_EQ(extent.end_column, 16);  // 2187亿元
}

TEST(FindingDetailsTest, NamesRoles) {
  const Validation validation = MakeContradiction("a.txt");
  EXPECT_EQ(RoleOf(validation.checks[0], 0, Language::kChinese), "合计");
  EXPECT_EQ(RoleOf(validation.checks[0], 1, Language::kEnglish), "part");
  EXPECT_EQ(RoleOf(validation.checks[0], 9, Language::kEnglish), "");
}

}  // namespace
}  // namespace crossfoot::report
