#include "services/report/spreadsheet_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/figure.h"
#include "core/rational.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

TEST(SpreadsheetWriterTest, WritesOneRecordAFigure) {
  validation::Validation validation = testing::MakeContradiction("a,b.txt");
  validation.figures.resize(2);
  core::Figure& rate = validation.figures[1];
  rate.value = -rate.value;
  rate.sector = "=HYPERLINK(\"http://example.org\")";
  rate.base = "全国";
  rate.comparable_basis = true;
  rate.time_period.reset();
  EXPECT_EQ(
      FiguresToSpreadsheet(validation),
      "\"a,b.txt\",f1,1,14,2463亿元,LEVEL,246300000000,CNY,100000000,数据服务总收入,全国,,,"
      "2024-01-01,2024-02-29,true,,,,EXACT,ACTUAL,false,false,\r\n"
      "\"a,b.txt\",f2,1,25,7.6%,GROWTH_RATE,-7.6,%,0.1,数据服务总收入,全国,,"
      "\"'=HYPERLINK(\"\"http://example.org\"\")\",,,,YEAR_AGO,,全国,EXACT,ACTUAL,true,false,\r\n");
}

TEST(SpreadsheetWriterTest, TheHeadNamesEveryColumn) {
  const std::string head = SpreadsheetHead();
  EXPECT_EQ(head.substr(0, 12),
            "\xEF\xBB\xBF"
            "document,");
  validation::Validation validation = testing::MakeContradiction("a.txt");
  validation.figures.resize(1);
  const std::string record = FiguresToSpreadsheet(validation);
  EXPECT_EQ(std::count(head.begin(), head.end(), ','),
            std::count(record.begin(), record.end(), ','));
  validation.figures.clear();
  EXPECT_EQ(FiguresToSpreadsheet(validation), "");
}

}  // namespace
}  // namespace crossfoot::report
