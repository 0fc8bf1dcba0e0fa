#include "services/report/sdmx_csv_writer.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/time/civil_time.h"
#include "core/decimal.h"
#include "core/figure.h"
#include "core/period.h"
#include "core/rational.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using absl::CivilDay;
using core::Decimal;
using core::Figure;
using validation::Validation;

struct Day {
  int year, month, day;
};

std::string TimePeriod(const Day& start, const Day& end) {
  return SdmxTimePeriod(
      {CivilDay(start.year, start.month, start.day), CivilDay(end.year, end.month, end.day)});
}

TEST(SdmxCsvWriterTest, WritesTimePeriods) {
  EXPECT_EQ(TimePeriod({2023, 1, 1}, {2023, 12, 31}), "2023");
  EXPECT_EQ(TimePeriod({2023, 1, 1}, {2023, 6, 30}), "2023-S1");
  EXPECT_EQ(TimePeriod({2023, 7, 1}, {2023, 12, 31}), "2023-S2");
  EXPECT_EQ(TimePeriod({2024, 1, 1}, {2024, 3, 31}), "2024-Q1");
  EXPECT_EQ(TimePeriod({2024, 10, 1}, {2024, 12, 31}), "2024-Q4");
  EXPECT_EQ(TimePeriod({2024, 2, 1}, {2024, 2, 29}), "2024-02");
  EXPECT_EQ(TimePeriod({2024, 2, 29}, {2024, 2, 29}), "2024-02-29");
  EXPECT_EQ(TimePeriod({2024, 1, 1}, {2024, 2, 29}), "2024-01-01/P2M");
  EXPECT_EQ(TimePeriod({2024, 1, 1}, {2024, 9, 30}), "2024-01-01/P9M");
  EXPECT_EQ(TimePeriod({2023, 2, 1}, {2023, 4, 30}), "2023-02-01/P3M");
  EXPECT_EQ(TimePeriod({2023, 7, 1}, {2024, 6, 30}), "2023-07-01/P12M");
  EXPECT_EQ(TimePeriod({2021, 1, 1}, {2025, 12, 31}), "2021-01-01/P5Y");
  EXPECT_EQ(TimePeriod({2024, 3, 28}, {2024, 3, 30}), "2024-03-28/P3D");
  EXPECT_EQ(TimePeriod({2023, 12, 31}, {2024, 1, 1}), "2023-12-31/P2D");
}

TEST(SdmxCsvWriterTest, WritesOneObservationAFigure) {
  Validation validation = testing::MakeContradiction("a.txt");
  validation.figures.resize(2);
  validation.figures[0].digits = "2463";
  validation.figures[0].ref_area_code = "CN";
  validation.figures[1].digits = "7.6";
  validation.figures[1].sector = "甲,乙";
  validation.figures[1].status = core::Status::kEstimate;
  validation.figures[1].time_period = core::Period{CivilDay(2024, 2, 1), CivilDay(2024, 2, 29)};
  EXPECT_EQ(SdmxCsvHead() + FiguresToSdmxCsv(validation),
            "STRUCTURE,STRUCTURE_ID,ACTION,DOCUMENT,FIGURE,FREQ,REF_AREA,INDICATOR,ACTIVITY,KIND,"
            "BASIS,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,DECIMALS,OBS_STATUS\r\n"
            "datastructure,CROSSFOOT:FIGURES(1.0.0),I,a.txt,f1,_O,CN,数据服务总收入,,LEVEL,,"
            "2024-01-01/P2M,2463,CNY,8,0,A\r\n"
            "datastructure,CROSSFOOT:FIGURES(1.0.0),I,a.txt,f2,M,全国,数据服务总收入,\"甲,乙\","
            "GROWTH_RATE,YEAR_AGO,2024-02,7.6,%,0,1,E\r\n");
}

// The last five fields of the observation of `figure`.
std::string Observed(const Figure& figure) {
  Validation validation;
  validation.figures.push_back(figure);
  const std::string record = FiguresToSdmxCsv(validation);
  size_t at = record.size();
  for (int commas = 0; commas < 5; ++commas) at = record.rfind(',', at - 1);
  return record.substr(at + 1, record.size() - at - 3);
}

Figure MakeFigure(core::Rational value, Decimal quantum, std::string digits) {
  Figure figure;
  figure.value = value;
  figure.quantum = quantum;
  figure.digits = std::move(digits);
  figure.unit = "t";
  return figure;
}

TEST(SdmxCsvWriterTest, WritesValuesInThePrintedScale) {
  EXPECT_EQ(Observed(MakeFigure(Decimal(214, 10), Decimal(1, 10), "2.14")), "2.14,t,12,2,A");
  EXPECT_EQ(Observed(MakeFigure(Decimal(-54, -1), Decimal(1, -1), "5.4")), "-5.4,t,0,1,A");
  EXPECT_EQ(Observed(MakeFigure(Decimal(12000), Decimal(1000), "1.20")), "1.20,t,4,2,A");
  EXPECT_EQ(Observed(MakeFigure(Decimal(0), Decimal(1, 7), "0.0")), "0.0,t,8,1,A");
  // 11 in a series with one decimal.
  EXPECT_EQ(Observed(MakeFigure(Decimal(11), Decimal(1, -1), "11")), "11,t,0,0,A");
  // Words: 三成, 三分之二.
  EXPECT_EQ(Observed(MakeFigure(Decimal(30), Decimal(10), "")), "30,t,0,0,A");
  EXPECT_EQ(Observed(MakeFigure(core::Rational(Decimal(2), 3), Decimal(0), "")),
            "0.666666666667,t,0,0,A");
}

TEST(SdmxCsvWriterTest, WritesTargetsAsForecasts) {
  Figure figure = MakeFigure(Decimal(5), Decimal(1), "5");
  figure.status = core::Status::kTarget;
  EXPECT_EQ(Observed(figure), "5,t,0,0,F");
}

}  // namespace
}  // namespace crossfoot::report
