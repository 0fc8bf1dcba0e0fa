#include "services/report/figure_text.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"
#include "core/decimal.h"
#include "core/figure.h"
#include "core/mention.h"
#include "core/period.h"

namespace crossfoot::report {
namespace {

core::Figure MakeFigure() {
  core::Figure figure;
  figure.value = core::Decimal(2463, 8);
  figure.quantum = core::Decimal::PowerOfTen(8);
  figure.unit = "CNY";
  figure.ref_area = "全国";
  figure.indicator = "业务收入";
  figure.time_period = core::Period{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29), true};
  return figure;
}

TEST(FigureTextTest, SaysWhatAFigureSays) {
  EXPECT_EQ(SubjectOf(MakeFigure()), "全国 业务收入");
  EXPECT_EQ(PeriodOf(MakeFigure()), "2024-01-01/2024-02-29");
  EXPECT_EQ(ValuesOf(MakeFigure()), "[2462.5亿, 2463.5亿] CNY");
}

TEST(FigureTextTest, ADayIsOneDay) {
  core::Figure figure = MakeFigure();
  figure.time_period->start = figure.time_period->end;
  EXPECT_EQ(PeriodOf(figure), "2024-02-29");
}

TEST(FigureTextTest, AHedgedFigureStandsForNoInterval) {
  core::Figure figure = MakeFigure();
  figure.qualifier = core::Qualifier::kAbout;
  EXPECT_EQ(ValuesOf(figure), core::ToString(core::Qualifier::kAbout));
}

TEST(FigureTextTest, NothingSaidIsEmptyAndControlsAreBlanks) {
  core::Figure figure;
  EXPECT_EQ(SubjectOf(figure), "");
  EXPECT_EQ(PeriodOf(figure), "");
  figure.indicator = "a\x1b[31mb";
  EXPECT_EQ(SubjectOf(figure), "a [31mb");
}

}  // namespace
}  // namespace crossfoot::report
