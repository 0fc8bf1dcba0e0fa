#include "services/mention/period_lexer.h"

#include <gtest/gtest.h>

#include <string>

namespace crossfoot::mention {
namespace {

const lexicon::Lexicon& Words() {
  static const auto& lexicon = *lexicon::Lexicon::Load()->release();
  return lexicon;
}

struct PeriodCase {
  const char* text;
  const char* period;  // in the year 2024; "" for none
  size_t size;         // bytes read
};

class PeriodTest : public ::testing::TestWithParam<PeriodCase> {};

TEST_P(PeriodTest, ReadsTheDays) {
  const PeriodExpression expression = LexPeriod(GetParam().text, 0, Words());
  EXPECT_EQ(expression.size, GetParam().size);
  const std::optional<core::Period> period =
      expression.size > 0 ? ResolvePeriod(expression, 2024) : std::nullopt;
  EXPECT_EQ(period ? period->ToString() : "", GetParam().period);
}

INSTANTIATE_TEST_SUITE_P(
    All, PeriodTest,
    ::testing::Values(
        PeriodCase{"1—2月份，", "2024-01-01/2024-02-29", 11},
        PeriodCase{"1-4月，", "2024-01-01/2024-04-30", 6},
        PeriodCase{"1月至5月", "2024-01-01/2024-05-31", 11},
        PeriodCase{"2023年1—2月份", "2023-01-01/2023-02-28", 18},
        PeriodCase{"2023年全年", "2023-01-01/2023-12-31", 13},
        PeriodCase{"2012年", "2012-01-01/2012-12-31", 7},
        PeriodCase{"第一季度", "2024-01-01/2024-03-31", 12},
        PeriodCase{"三季度", "2024-07-01/2024-09-30", 9},
        PeriodCase{"上半年", "2024-01-01/2024-06-30", 9},
        PeriodCase{"前三季度", "2024-01-01/2024-09-30", 12},
        PeriodCase{"前5个月", "2024-01-01/2024-05-31", 10},
        PeriodCase{"今年前7个月", "2024-01-01/2024-07-31", 16},
        PeriodCase{"去年", "2023-01-01/2023-12-31", 6},
        PeriodCase{"截至3月底，", "2024-03-31/2024-03-31", 13},
        PeriodCase{"截至2023年底", "2023-12-31/2023-12-31", 16},
        PeriodCase{"年末", "2024-12-31/2024-12-31", 6},
        PeriodCase{"4月2日", "2024-04-02/2024-04-02", 8},
        PeriodCase{"2017-05-15 10:13", "2017-05-15/2017-05-15", 10},
        PeriodCase{"2024—2026年", "2024-01-01/2026-12-31", 14},
        PeriodCase{"二〇二三年三月十五日", "2023-03-15/2023-03-15", 30},
        PeriodCase{"二零零四年八月十五", "2004-08-15/2004-08-15", 27},
        PeriodCase{"08年", "2008-01-01/2008-12-31", 5},
        PeriodCase{"98年4月", "1998-04-01/1998-04-30", 9},
        PeriodCase{"零八年", "2008-01-01/2008-12-31", 9},
        PeriodCase{"五八年前七个月", "1958-01-01/1958-07-31", 21}, PeriodCase{"10年", "", 0},
        PeriodCase{"三年", "", 0}, PeriodCase{"三个月", "", 0}, PeriodCase{"5年前景", "", 0},
        PeriodCase{"七八月份", "2024-07-01/2024-08-31", 12},
        PeriodCase{"3月中旬", "2024-03-11/2024-03-20", 10},
        PeriodCase{"2月下旬", "2024-02-21/2024-02-29", 10},
        PeriodCase{"3月中旬至4月上旬", "2024-03-11/2024-04-10", 23},
        PeriodCase{"4月前4天", "2024-04-01/2024-04-04", 11},
        PeriodCase{"4月上半月", "2024-04-01/2024-04-15", 13},
        PeriodCase{"去年12月至今年2月", "2023-12-01/2024-02-29", 24},
        PeriodCase{"6月1日-6月30日", "2024-06-01/2024-06-30", 18},
        PeriodCase{"2017年8月15日至2018年3月29日", "2017-08-15/2018-03-29", 35},
        PeriodCase{"1999.08-2002.02", "1999-08-01/2002-02-28", 15},
        PeriodCase{"2008.03-2009", "2008-03-01/2009-12-31", 12}, PeriodCase{"2008.03", "", 0},
        PeriodCase{"2008年——2018年", "2008-01-01/2018-12-31", 20},
        PeriodCase{"2024年Q1", "2024-01-01/2024-03-31", 9},
        PeriodCase{"2024年的最后两个月", "2024-11-01/2024-12-31", 25},
        PeriodCase{"明年第九个月", "2025-09-01/2025-09-30", 18},
        PeriodCase{"民國112年", "2023-01-01/2023-12-31", 12}, PeriodCase{"民国一百年", "", 0},
        PeriodCase{"2023财年", "2023-01-01/2023-12-31", 10},
        PeriodCase{"上世纪90年代", "1990-01-01/1999-12-31", 17},
        PeriodCase{"十九世纪七十年代", "1870-01-01/1879-12-31", 24},
        PeriodCase{"十四五”期间", "2021-01-01/2025-12-31", 18},
        PeriodCase{"十五五时期", "2026-01-01/2030-12-31", 15},
        PeriodCase{"十三五”末", "2020-12-31/2020-12-31", 15}, PeriodCase{"十四五”规划", "", 0},
        PeriodCase{"13月", "", 0}, PeriodCase{"14个", "", 0}, PeriodCase{"2月30日", "", 9},
        PeriodCase{"3.5亿元", "", 0}));

TEST(PeriodLexerTest, ReadsTheMonthsOfAListWithoutTheirWord) {
  const std::string text = "1-2、1-3、1-4月";
  const PeriodExpression first = LexPeriod(text, 0, Words());
  EXPECT_EQ(first.size, 3u);
  EXPECT_TRUE(first.months_only);
  EXPECT_EQ(ResolvePeriod(first, 2011)->ToString(), "2011-01-01/2011-02-28");
}

struct SpanCase {
  const char* text;
  const char* period;  // on 14 June 2021, a Monday
};

TEST(PeriodLexerTest, CountsFromTheDayOfTheReport) {
  const absl::CivilDay day(2021, 6, 14);
  for (const auto& [text, period] :
       {SpanCase{"近三年", "2018-06-14/2021-06-14"}, SpanCase{"过去十年", "2011-06-14/2021-06-13"},
        SpanCase{"未来两个月", "2021-06-14/2021-08-13"}, SpanCase{"5年前", "2016-06-14/2016-06-14"},
        SpanCase{"5天前", "2021-06-09/2021-06-09"}, SpanCase{"昨天", "2021-06-13/2021-06-13"},
        SpanCase{"上周", "2021-06-07/2021-06-13"}, SpanCase{"上季度", "2021-01-01/2021-03-31"},
        SpanCase{"本季度", "2021-04-01/2021-06-30"},
        SpanCase{"截至目前", "2021-06-14/2021-06-14"}}) {
    const PeriodExpression expression = LexPeriod(text, 0, Words());
    ASSERT_EQ(expression.size, std::string_view(text).size()) << text;
    EXPECT_FALSE(ResolvePeriod(expression, 2021).has_value()) << text;
    EXPECT_EQ(ResolveSpan(expression, day).ToString(), period) << text;
    EXPECT_TRUE(ResolveSpan(expression, day).assumed) << text;
  }
}

TEST(PeriodLexerTest, CountsFromTheMonthThatIsSpokenOf) {
  const absl::CivilMonth month(2024, 3);
  for (const auto& [text, period] :
       {SpanCase{"上月", "2024-02-01/2024-02-29"}, SpanCase{"下月九号", "2024-04-09/2024-04-09"},
        SpanCase{"上半月", "2024-03-01/2024-03-15"},
        SpanCase{"这个月前两天", "2024-03-01/2024-03-02"},
        SpanCase{"上月最后五天", "2024-02-25/2024-02-29"}}) {
    const PeriodExpression expression = LexPeriod(text, 0, Words());
    ASSERT_EQ(expression.size, std::string_view(text).size()) << text;
    EXPECT_EQ(ResolveMonth(expression, month)->ToString(), period) << text;
  }
  EXPECT_FALSE(ResolveMonth(LexPeriod("上月31日", 0, Words()), month).has_value());
}

TEST(PeriodLexerTest, TellsPlansFromNumbers) {
  int32_t plan = 0;
  EXPECT_EQ(LexPlanName("十四五”规划", 0, Words(), plan), 9u);
  EXPECT_EQ(plan, 14);
  EXPECT_EQ(LexPlanName("十四五个", 0, Words(), plan), 0u);
  EXPECT_EQ(LexPlanName("二十四五", 3, Words(), plan), 0u);
}

TEST(PeriodLexerTest, NeverGuessesAYear) {
  EXPECT_FALSE(ResolvePeriod(LexPeriod("1—2月份", 0, Words()), 0).has_value());
  EXPECT_TRUE(ResolvePeriod(LexPeriod("2024年1—2月份", 0, Words()), 0).has_value());
}

}  // namespace
}  // namespace crossfoot::mention
