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
    ::testing::Values(PeriodCase{"1—2月份，", "2024-01-01/2024-02-29", 11},
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
                      PeriodCase{"13月", "", 0}, PeriodCase{"14个", "", 0},
                      PeriodCase{"2月30日", "", 9}, PeriodCase{"3.5亿元", "", 0}));

TEST(PeriodLexerTest, ReadsTheMonthsOfAListWithoutTheirWord) {
  const std::string text = "1-2、1-3、1-4月";
  const PeriodExpression first = LexPeriod(text, 0, Words());
  EXPECT_EQ(first.size, 3u);
  EXPECT_TRUE(first.months_only);
  EXPECT_EQ(ResolvePeriod(first, 2011)->ToString(), "2011-01-01/2011-02-28");
}

TEST(PeriodLexerTest, NeverGuessesAYear) {
  EXPECT_FALSE(ResolvePeriod(LexPeriod("1—2月份", 0, Words()), 0).has_value());
  EXPECT_TRUE(ResolvePeriod(LexPeriod("2024年1—2月份", 0, Words()), 0).has_value());
}

}  // namespace
}  // namespace crossfoot::mention
