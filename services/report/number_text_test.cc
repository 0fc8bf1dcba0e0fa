#include "services/report/number_text.h"

#include "core/decimal.h"
#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

using core::Bound;
using core::Decimal;
using core::Figure;
using core::Integer;
using core::Interval;
using core::Rational;

NumberFormat FormatFor(const char* value, const char* quantum, const char* unit) {
  Figure figure;
  figure.value = Rational(Decimal::Parse(value).value());
  figure.quantum = Decimal::Parse(quantum).value();
  figure.unit = unit;
  return NumberFormat::For(figure);
}

TEST(NumberFormatTest, ScalesAmountsAsTheyArePrinted) {
  const NumberFormat format = FormatFor("246300000000", "100000000", "CNY");
  EXPECT_EQ(format.Format(Rational(246'250'000'000)), "2462.5亿");
  EXPECT_EQ(format.Format(Rational(578'000'000)), "5.78亿");
  EXPECT_EQ(format.Format(Rational(578'100'000)), "5.781亿");
  EXPECT_EQ(format.Format(Rational(578'100'001)), "≈5.78亿");
  EXPECT_EQ(format.Format(Rational(-100'000'000)), "-1亿");
  EXPECT_EQ(format.Format(Rational(0)), "0亿");
  EXPECT_EQ(FormatFor("52000", "1000", "家").Format(Rational(51'500)), "5.15万");
}

TEST(NumberFormatTest, LeavesRatesAndSmallNumbersAlone) {
  EXPECT_EQ(FormatFor("7.6", "0.1", "%").Format(Rational(Decimal(755, -2))), "7.55");
  EXPECT_EQ(FormatFor("7.6", "0.1", "%").Format(Rational(Decimal(2), Integer(3))), "≈0.667");
  EXPECT_EQ(FormatFor("20000", "1", "%").Format(Rational(20'000)), "20000");
  EXPECT_EQ(FormatFor("3", "0", "个").Format(Rational(Decimal(1), Integer(3))), "≈0.3333");
}

TEST(NumberFormatTest, WritesEndsOfIntervals) {
  const NumberFormat format = FormatFor("7.6", "0.1", "%");
  EXPECT_EQ(format.Format(
                Interval::Of(Rational(Decimal(76, -1)), Decimal(1, -1), core::Reading::kRounded)),
            "[7.55, 7.65]");
  EXPECT_EQ(format.Format(Interval::AtMost(Rational(3), /*closed=*/false)), "(-∞, 3)");
  EXPECT_EQ(format.Format(Interval::AtLeast(Rational(3))), "[3, +∞)");
}

}  // namespace
}  // namespace crossfoot::report
