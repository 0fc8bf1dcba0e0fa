#include "core/figure.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"
#include "core/text_span.h"

namespace crossfoot::core {
namespace {

TEST(FigureTest, PrintsOneLine) {
  Figure figure;
  figure.id = "f2";
  figure.value = Decimal(2463, 8);
  figure.unit = "CNY";
  figure.indicator = "互联网业务收入";
  figure.ref_area = "全国";
  figure.time_period = Period{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29)};
  EXPECT_EQ(figure.DebugString(),
            "f2 LEVEL 246300000000 CNY 互联网业务收入 | 全国 | | 2024-01-01/2024-02-29");
}

TEST(FigureTest, PrintsWhatAChangeIsMeasuredAgainst) {
  Figure figure;
  figure.id = "f3";
  figure.kind = FigureKind::kPointChange;
  figure.value = Decimal(-8, -1);
  figure.unit = "pp";
  figure.sector = "民营企业";
  figure.basis = Basis::kPreviousPeriod;
  figure.comparator = "前三季度";
  figure.base = "全国";
  figure.qualifier = Qualifier::kAbout;
  figure.status = Status::kTarget;
  figure.comparable_basis = true;
  EXPECT_EQ(
      figure.DebugString(),
      "f3 POINT_CHANGE -0.8 pp | | 民营企业 | | basis=PREVIOUS_PERIOD | comparator=前三季度 | "
      "base=全国 | ABOUT | TARGET | comparable basis");
}

TEST(FigureTest, NamesAreTheEnumeratorsOfTheProto) {
  EXPECT_EQ(ToString(FigureKind::kGrowthRate), "GROWTH_RATE");
  EXPECT_EQ(ToString(FigureKind::kContribution), "CONTRIBUTION");
  EXPECT_EQ(ToString(Basis::kNone), "");
  EXPECT_EQ(ToString(Basis::kYearAgo), "YEAR_AGO");
  EXPECT_EQ(ToString(Status::kEstimate), "ESTIMATE");
}

TEST(FigureEvidenceTest, KnowsTheLastWordsOfEachAttribute) {
  FigureEvidence evidence;
  for (size_t i = 0; i < kAttributeCount; ++i) {
    EXPECT_TRUE(evidence.range(static_cast<Attribute>(i)).empty());
    EXPECT_EQ(evidence.origin(static_cast<Attribute>(i)), Origin::kNone);
  }
  evidence.Set(Attribute::kSign, {3, 9}, Origin::kPrinted);
  evidence.Set(Attribute::kStatus, {20, 26}, Origin::kPrinted);
  evidence.Set(Attribute::kSign, {12, 18}, Origin::kAssumed);
  EXPECT_EQ(evidence.range(Attribute::kSign), (TextRange{12, 18}));
  EXPECT_EQ(evidence.origin(Attribute::kSign), Origin::kAssumed);
  EXPECT_EQ(evidence.range(Attribute::kStatus), (TextRange{20, 26}));
  EXPECT_EQ(evidence.origin(Attribute::kKind), Origin::kNone);
}

TEST(FigureEvidenceTest, WhatWasPrintedElsewhereIsCarried) {
  FigureEvidence earlier, later;
  earlier.Set(Attribute::kIndicator, {0, 12}, Origin::kPrinted);
  earlier.Set(Attribute::kRefArea, {}, Origin::kAssumed);
  for (const Attribute attribute :
       {Attribute::kIndicator, Attribute::kRefArea, Attribute::kSector}) {
    later.Carry(attribute, earlier);
  }
  EXPECT_EQ(later.range(Attribute::kIndicator), (TextRange{0, 12}));
  EXPECT_EQ(later.origin(Attribute::kIndicator), Origin::kCarried);
  EXPECT_EQ(later.origin(Attribute::kRefArea), Origin::kAssumed);
  EXPECT_EQ(later.origin(Attribute::kSector), Origin::kNone);
}

}  // namespace
}  // namespace crossfoot::core
