#include "services/report/csv.h"

#include <gtest/gtest.h>

namespace crossfoot::report {
namespace {

TEST(CsvTest, QuotesWhatMustBeQuoted) {
  EXPECT_EQ(CsvRecord({"a", "1,100万", "说“好”", "he said \"ok\"", "two\nlines", " b", ""}),
            "a,\"1,100万\",说“好”,\"he said \"\"ok\"\"\",\"two\nlines\",\" b\",\r\n");
  EXPECT_EQ(CsvRecord({"\xE4\xB8"}), "\xEF\xBF\xBD\r\n");
}

TEST(CsvTest, DisarmsFormulas) {
  for (const char* text :
       {"=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "＝1", "-", "-1-2", "+1.", "-.5", "-1.2.3"}) {
    EXPECT_EQ(WithoutFormula(text), "'" + std::string(text));
  }
  for (const char* text : {"", "-5.4", "+3", "7", "1=1", "增长", "a-b"}) {
    EXPECT_EQ(WithoutFormula(text), text);
  }
}

}  // namespace
}  // namespace crossfoot::report
