#include "services/report/explanation.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/document.h"
#include "core/figure.h"
#include "core/mention.h"
#include "core/text_span.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using core::Attribute;
using core::Origin;
using core::TextRange;
using validation::Validation;

constexpr TextOptions kEnglish = {.language = Language::kEnglish};

TextRange Find(const Validation& validation, std::string_view words) {
  const size_t at = validation.document.text.find(words);
  EXPECT_NE(at, std::string::npos) << words;
  return {static_cast<int32_t>(at), static_cast<int32_t>(at + words.size())};
}

// The growth rate of the text, with words for most of its attributes.
Validation MakeExplained() {
  Validation validation = testing::MakeContradiction("a.txt");
  validation.figures = {validation.figures[1]};
  core::Figure& rate = validation.figures[0];
  rate.evidence.Set(Attribute::kNumber, rate.range, Origin::kPrinted);
  rate.evidence.Set(Attribute::kUnit, Find(validation, "%"), Origin::kPrinted);
  rate.evidence.Set(Attribute::kIndicator, Find(validation, "数据服务总收入"), Origin::kCarried);
  rate.evidence.Set(Attribute::kRefArea, {}, Origin::kAssumed);
  rate.evidence.Set(Attribute::kTimePeriod, Find(validation, "1—2月份"), Origin::kAssumed);
  rate.evidence.Set(Attribute::kSign, Find(validation, "增长"), Origin::kPrinted);
  rate.evidence.Set(Attribute::kBasis, Find(validation, "同比"), Origin::kPrinted);
  return validation;
}

TEST(ExplanationTest, ShowsTheWordsInChinese) {
  EXPECT_EQ(ExplanationToText(MakeExplained(), {}), R"(a.txt:1:25: f2 GROWTH_RATE 7.6%
  数值  7.6                    “7.6%” 1:25
  单位  %                      “%” 1:28
  指标  数据服务总收入         “数据服务总收入” 1:7（另一分句）
  地区  全国                   推定
  时期  2024-01-01/2024-02-29  “1—2月份” 1:1（推定）
  类别  GROWTH_RATE            未记出处
  方向  +                      “增长” 1:23
  对比  YEAR_AGO               “同比” 1:21
)");
}

TEST(ExplanationTest, ShowsTheWordsInEnglish) {
  EXPECT_EQ(ExplanationToText(MakeExplained(), kEnglish), R"(a.txt:1:25: f2 GROWTH_RATE 7.6%
  number     7.6                    "7.6%" 1:25
  unit       %                      "%" 1:28
  indicator  数据服务总收入         "数据服务总收入" 1:7 (another clause)
  ref area   全国                   assumed
  period     2024-01-01/2024-02-29  "1—2月份" 1:1 (assumed)
  kind       GROWTH_RATE            no words recorded
  sign       +                      "增长" 1:23
  basis      YEAR_AGO               "同比" 1:21
)");
}

TEST(ExplanationTest, SaysWhereCarriedWordsStand) {
  Validation validation = MakeExplained();
  core::Figure& rate = validation.figures[0];
  rate.evidence.Set(Attribute::kSector, Find(validation, "东部地区"), Origin::kCarried);
  rate.sector = "东部地区";
  const auto expect = [&](std::string_view place) {
    const std::string text = ExplanationToText(validation, kEnglish);
    EXPECT_NE(text.find("\"东部地区\" 2:4 (" + std::string(place) + ")"), std::string::npos)
        << text;
  };
  expect("another paragraph");
  core::Document& document = validation.document;
  document.blocks[1].kind = core::BlockKind::kHeading;
  expect("heading");
  document.blocks[1].kind = core::BlockKind::kCaption;
  expect("caption");
  document.blocks[1].kind = core::BlockKind::kNote;
  expect("note");
  document.blocks[1].kind = core::BlockKind::kParagraph;
  rate.block = 1;
  expect("another sentence");
  document.blocks[1].kind = core::BlockKind::kTable;
  document.blocks[1].table = 0;
  document.tables.resize(1);
  document.tables[0].cells.resize(1);
  document.tables[0].cells[0].range = document.blocks[1].range;
  expect("another cell");
  document.tables[0].cells[0].header = true;
  expect("table header");
}

TEST(ExplanationTest, LeavesOutWhatGoesWithoutSaying) {
  Validation validation = testing::MakeContradiction("a.txt");
  validation.figures.resize(1);
  const std::string text = ExplanationToText(validation, kEnglish);
  for (const char* name : {"kind", "sign", "basis", "qualifier", "status", "sector"}) {
    EXPECT_EQ(text.find("  " + std::string(name) + " "), std::string::npos) << text;
  }
  validation.figures.clear();
  EXPECT_EQ(ExplanationToText(validation, kEnglish), "");
}

}  // namespace
}  // namespace crossfoot::report
