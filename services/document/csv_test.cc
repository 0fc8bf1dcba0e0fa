#include "services/document/csv.h"

#include <optional>
#include <string>

#include "gtest/gtest.h"

namespace crossfoot::document {
namespace {

TEST(CsvTest, TellsTheDelimiter) {
  EXPECT_EQ(DetectDelimiter("指标,收入\n合计,12\n软件,7.5\n"), ',');
  EXPECT_EQ(DetectDelimiter("指标;收入\n合计;1,2\n软件;7,5\n"), ';');
  EXPECT_EQ(DetectDelimiter("指标\t收入\n合计\t12\n软件\t7.5\n"), '\t');
  EXPECT_EQ(DetectDelimiter("\xEF\xBB\xBFsep=;\r\n指标;收入\r\n合计;12\r\n"), ';');
  // Titles, units and notes beside the table.
  EXPECT_EQ(
      DetectDelimiter("表1 收入情况\n,单位：亿元\n指标,收入\n合计,12\n软件,7.5\n注：初步数\n"),
      ',');
}

TEST(CsvTest, LeavesTextAlone) {
  for (const char* const text : {
           "", "1,2", "收入12亿元，增长5%。\n利润3亿元，增长2%。\n",
           "Revenue rose 5.2%, profit 3.1%.\nCosts fell 1.0%, as expected.\n",
           "| 指标 | 收入 |\n|---|---|\n| 合计 | 12 |\n",
           "出口   1,234.5\n进口   2,345.6\n进出口总值  3,580.1\n",  // thousands
           "北京 43,760 40,000\n上海 47,218 44,652\n",
           "GDP增长, 5.2\n出口：1,234.5亿元\n工业, 6.1\n",
           "出口 100亿元, 5%\n进口 50亿元, 6%\n进出口 150亿元, 5.3%\n",
           "指标,数值\n地区生产总值,12\n一、工业\n工业增加值,4\n",  // a line within
           "一\n二\n三\n四\n五\n六\n指标,数值\n工业,4\n",           // more than titles above
           "姓名,城市\n甲,北京\n乙,上海\n",                         // no numbers
           "指标,收入\n合计,12\n\"软件,7.5\n",                      // a quote that never ends
           "收入,同比增长5%。其中,软件,7\n利润,增长2%。税金,3\n",   // prose with the wrong commas
       }) {
    EXPECT_EQ(DetectDelimiter(text), std::nullopt) << text;
  }
}

TEST(CsvTest, LooksAtTheBeginningAlone) {
  std::string source = "指标,收入\n";
  while (source.size() < (size_t{1} << 20)) source += "合计,12\n";
  EXPECT_EQ(DetectDelimiter(source), ',');
  EXPECT_EQ(ReadCsv(source, ',').tables.size(), 1u);
}

TEST(CsvTest, SurvivesAnything) {
  for (const char* const text : {"", ",", "\"", "\"\"", "\"\"\"", ",\"a\"b,\n", "\r", "\r\n\r\n",
                                 "sep=,", "sep=,\n", "a,\"1\n2\"\n", "\n\n,,,\n"}) {
    const Reading reading = ReadCsv(text, ',');
    EXPECT_LE(reading.tables.size(), 1u) << text;
  }
}

}  // namespace
}  // namespace crossfoot::document
