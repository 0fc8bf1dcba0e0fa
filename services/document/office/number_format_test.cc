#include "services/document/office/number_format.h"

#include <string>

#include "gtest/gtest.h"

namespace crossfoot::document {
namespace {

struct Case {
  const char* code;
  const char* stored;
  const char* printed;
};

void Check(const Case& expected, DateSystem system = DateSystem::k1900) {
  EXPECT_EQ(NumberFormat(expected.code).Format(expected.stored, system), expected.printed)
      << expected.code << " of " << expected.stored;
}

TEST(NumberFormatTest, PrintsWithThePrecisionOfTheFormat) {
  for (const Case& expected : {
           Case{"0", "12.5", "13"},
           Case{"0", "-12.5", "-13"},
           Case{"0.0", "12.25", "12.3"},
           Case{"0.00", "12", "12.00"},
           Case{"#,##0.00", "1234567.891", "1,234,567.89"},
           Case{"#,##0", "123", "123"},
           Case{"#,##0", "0", "0"},
           Case{"#,###", "0", ""},
           Case{"0,000", "12", "0,012"},
           Case{"#.##", "12.5", "12.5"},
           Case{"#.##", "12", "12."},
           Case{"#.##", "0.5", ".5"},
           Case{"0.0##", "1.5", "1.5"},
           Case{"0.0##", "1.23456", "1.235"},
           Case{"0.0%", "0.076", "7.6%"},
           Case{"0%", "-0.125", "-13%"},
           Case{"0.00_ ", "3.14159", "3.14"},
           Case{"0.00_);\\(0.00\\)", "-3.14159", "(3.14)"},
           Case{"000-0000", "1234567", "123-4567"},
           // Places that are always printed, far from the point.
           Case{"0#", "5", "05"},
           Case{"0#", "0", "0"},
           Case{"0.#0", "12.3", "12.30"},
           Case{"0.0#0", "1.5", "1.500"},
           Case{".00", "12.345", "12.35"},
           Case{"0.", "12.3", "12."},
           Case{"\"约\"#,##0.0#\"亿元\"", "1234.5", "约1,234.5亿元"},
           Case{"#,##0", "12345678901234500000", "12,345,678,901,234,500,000"},
           Case{"00000", "42", "00042"},
           Case{"0.0\"亿元\"", "2463.04", "2463.0亿元"},
           Case{"0.0\\%", "7.6", "7.6%"},
           Case{"0.0亿元", "2463.04", "2463.0亿元"},
           Case{"[$¥-804]#,##0.00", "1234.5", "¥1,234.50"},
           Case{"\"增长\"0.0\"%\";\"下降\"0.0\"%\"", "-7.6", "下降7.6%"},
           Case{"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1234.5", "1,234.50"},
           Case{"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5", "-1,234.50"},
           Case{"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"},
       })
    Check(expected);
}

TEST(NumberFormatTest, ScalesByCommas) {
  for (const Case& expected : {
           Case{"0,", "12345", "12"},
           Case{"0.0,,", "123456789", "123.5"},
           Case{"#,##0.0,", "1234567", "1,234.6"},
           Case{"#,##0.0,\"万\"", "12345", "12.3万"},
           Case{"0!.0,", "12345", "1.2"},  // 万 with one decimal, as is usual in China
           Case{"#,##0,.00", "1234567", "1,234.57"},
       })
    Check(expected);
}

TEST(NumberFormatTest, ReadsDoublesAsExcelDoes) {
  for (const Case& expected : {
           Case{"General", "0.30000000000000004", "0.3"},
           Case{"0.0", "0.25", "0.3"},
           Case{"0.00", "1.0049999999999999", "1.01"},  // the double nearest to 1.005
           Case{"0.0", "7.6499999999999995", "7.7"},    // to 7.65
           Case{"0.0%", "7.5999999999999998E-2", "7.6%"},
           Case{"0.0", "-0.04", "-0.0"},
           Case{"0", "1E+20", "100000000000000000000"},
           Case{"0.0", "1E-20", "0.0"},
           Case{"0.000", "123456789012345.678", "123456789012346.000"},
       })
    Check(expected);
}

TEST(NumberFormatTest, PrintsGeneralInElevenCharacters) {
  for (const Case& expected : {
           Case{"General", "12.5", "12.5"},
           Case{"General", "-12.50", "-12.5"},
           Case{"General", "0", "0"},
           Case{"General", "1234.56789123", "1234.567891"},
           Case{"General", "0.1234567891234", "0.123456789"},
           Case{"General", "0.0123456789123", "0.012345679"},
           Case{"General", "12345678901", "12345678901"},
           Case{"General", "123456789012", "1.23457E+11"},
           Case{"General", "99999999999.6", "1E+11"},
           Case{"General", "0.00001", "0.00001"},
           Case{"General", "0.00001234567", "1.23457E-05"},
           Case{"General", "0.0001234567891", "0.000123457"},
           Case{"General\"亿元\"", "12.5", "12.5亿元"},
           Case{"@", "12.5", "12.5"},
           Case{"", "12.5", "12.5"},
       })
    Check(expected);
}

TEST(NumberFormatTest, ChoosesASection) {
  for (const Case& expected : {
           Case{"0.0;[Red]-0.0", "-7.64", "-7.6"},
           Case{"0.0;[Red]0.0", "-7.64", "-7.6"},  // else the colour alone would say it
           Case{"0.0;[Red]\\(0.0\\)", "-7.64", "(7.6)"},
           Case{"0.0;0.0", "-7.64", "7.6"},
           Case{"0.0;-0.0;\"持平\"", "0", "持平"},
           Case{"0.0;;", "0", ""},
           Case{";;;", "12", ""},
           Case{"[>=10000]0.0,\"千\";0.0", "12345", "12.3千"},
           Case{"[>=10000]0.0,\"千\";0.0", "-7.6", "-7.6"},
           Case{"[<0]\"下降\"0.0;[>0]\"增长\"0.0;\"持平\"", "-7.6", "下降7.6"},
           Case{"[<0]\"下降\"0.0;[>0]\"增长\"0.0;\"持平\"", "7.6", "增长7.6"},
           Case{"[<0]\"下降\"0.0;[>0]\"增长\"0.0;\"持平\"", "0", "持平"},
           Case{"[=1]\"是\";[=0]\"否\"", "2", "2"},
       })
    Check(expected);
  EXPECT_TRUE(NumberFormat(";;;").hides_text());
  EXPECT_FALSE(NumberFormat("0;0;0;@").hides_text());
  EXPECT_FALSE(NumberFormat("0.0").hides_text());
}

TEST(NumberFormatTest, PrintsFractionsAndPowers) {
  for (const Case& expected : {
           Case{"0.00E+00", "12345", "1.23E+04"},
           Case{"0.00E+00", "0.00012345", "1.23E-04"},
           Case{"0.00E-00", "12345", "1.23E04"},
           Case{"##0.0E+0", "12345", "12.3E+3"},
           Case{"0.0E+0", "9.99", "1.0E+1"},
           Case{"0.00E+00", "0", "0.00E+00"},
           Case{"# ?/?", "1.5", "1 1/2"},
           Case{"# ?/?", "0.333333333333333", "1/3"},
           Case{"# ?\?/?\?", "3.14159", "3 1/7"},
           Case{"?/?", "1.5", "3/2"},
           Case{"# ?/8", "1.5", "1 4/8"},
           Case{"# ?/100", "1.25", "1 25/100"},
           Case{"# ?/?", "2", "2"},
       })
    Check(expected);
}

TEST(NumberFormatTest, PrintsDates) {
  for (const Case& expected : {
           Case{"[$-804]yyyy\"年\"m\"月\"d\"日\"", "45352", "2024年3月1日"},
           Case{"yyyy-mm-dd", "45352", "2024-03-01"},
           Case{"yyyy/m/d", "45352", "2024/3/1"},
           Case{"yyyy.m", "45352", "2024.3"},
           Case{"d-mmm-yy", "45352", "1-Mar-24"},
           Case{"dddd, mmmm d", "45352", "Friday, March 1"},
           Case{"aaaa", "45352", "星期五"},
           Case{"aaa", "45352", "五"},
           Case{"e\"年\"", "45352", "2024年"},
           Case{"h:mm", "0.75", "18:00"},
           Case{"h:mm AM/PM", "0.75", "6:00 PM"},
           Case{"上午/下午h\"时\"mm\"分\"", "0.25", "上午6时00分"},
           Case{"mm:ss", "0.0006944444", "01:00"},
           Case{"mm:ss.0", "0.000012", "00:01.0"},
           Case{"[h]:mm:ss", "1.5", "36:00:00"},
           Case{"yyyy-m-d h:mm", "45352.5", "2024-3-1 12:00"},
           Case{"yyyy-m-d", "60", "1900-2-29"},
           Case{"yyyy-m-d", "61", "1900-3-1"},
           Case{"yyyy-m-d", "1", "1900-1-1"},
           Case{"[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "45352", "二〇二四年三月一日"},
           Case{"yyyy", "-1", "-1"},
           Case{"yyyy", "3000000", "3000000"},
       })
    Check(expected);
  Check({"yyyy-m-d", "43890", "2024-3-1"}, DateSystem::k1904);
}

TEST(NumberFormatTest, LeavesWhatIsNoNumber) {
  for (const char* text : {"", "abc", "-", "1.2.3", "12a", "1E", "1E9999"})
    Check({"0.0", text, text});
}

TEST(NumberFormatTest, SurvivesBrokenFormats) {
  for (const char* code :
       {"\"",   "[",    "\\",       "_",         "*",  "0.0.0",         "%", "/", "E+", "0E+",
        "[<]0", "[$]0", "[DBNum]0", "#/",        "/#", "?/0",           ",", ".", "0;", ";",
        "[h",   "[]0",  "y.0",      "s.0000000", "@@", "GeneralGeneral"}) {
    for (const char* stored : {"0", "12.5", "-12.5", "1E+300"}) {
      // Nothing is promised of it, but that it ends.
      EXPECT_LE(NumberFormat(code).Format(stored, DateSystem::k1900).size(), 700u) << code;
    }
  }
}

TEST(NumberFormatTest, KnowsTheFormatsOfSpreadsheets) {
  EXPECT_EQ(BuiltInNumberFormat(0), "General");
  EXPECT_EQ(BuiltInNumberFormat(4), "#,##0.00");
  EXPECT_EQ(BuiltInNumberFormat(31), "yyyy\"年\"m\"月\"d\"日\"");
  EXPECT_EQ(BuiltInNumberFormat(57), "yyyy\"年\"m\"月\"");
  EXPECT_EQ(BuiltInNumberFormat(163), "General");
}

}  // namespace
}  // namespace crossfoot::document
