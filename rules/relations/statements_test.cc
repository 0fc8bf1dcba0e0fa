#include "rules/relations/statements.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "core/decimal.h"
#include "core/mention.h"
#include "core/rational.h"

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Interval;
using core::Qualifier;
using core::Rational;
using core::Reading;

Operand Coarse() { return {Rational(Decimal(126, -2)), Decimal(1, -2)}; }  // 1.26

std::string Common(const std::vector<Operand>& statements, Reading reading = Reading::kRounded) {
  const std::optional<Interval> common = IntersectStatements(statements, reading);
  return common.has_value() ? common->ToString() : "none";
}

TEST(StatementsTest, IntersectsCoarseAndFine) {
  const Operand fine{Rational(Decimal(12606, -4)), Decimal(1, -4)};
  EXPECT_EQ(Common({Coarse()}), "[1.255, 1.265]");
  EXPECT_EQ(Common({Coarse(), fine}), "[1.26055, 1.26065]");
  EXPECT_EQ(Common({fine, Coarse()}, Reading::kTruncated), "[1.2606, 1.2607)");
}

TEST(StatementsTest, ContradictionsHaveNothingInCommon) {
  const Operand far{Rational(Decimal(12702, -4)), Decimal(1, -4)};
  EXPECT_EQ(Common({Coarse(), far}), "none");
  EXPECT_EQ(Common({Coarse(), far}, Reading::kTruncated), "none");
}

TEST(StatementsTest, OneQuantumAndOtherDigitsContradictThoughTheyTouch) {
  const Operand next{Rational(Decimal(127, -2)), Decimal(1, -2)};
  const Operand coarser{Rational(Decimal(13, -1)), Decimal(1, -1)};
  EXPECT_EQ(Common({Coarse(), next}), "none");
  EXPECT_EQ(Common({Coarse(), coarser, next}), "none");
  EXPECT_EQ(Common({Coarse(), coarser, Coarse()}), "[1.255, 1.265]");
  Operand about = next;
  about.qualifier = Qualifier::kAbout;
  EXPECT_EQ(Common({Coarse(), about}), "[1.255, 1.265]");
}

TEST(StatementsTest, MostPreciseIsTheFinestThatIsNotHedged) {
  const Operand fine{Rational(1), Decimal(1, -4)};
  const Operand hedged{Rational(2), Decimal(1, -6), Qualifier::kAbout};
  const std::vector<Operand> statements = {hedged, Coarse(), fine};
  EXPECT_EQ(&MostPrecise(statements), &statements[2]);
  const std::vector<Operand> equal = {Coarse(), Coarse()};
  EXPECT_EQ(&MostPrecise(equal), &equal[0]);
}

TEST(StatementsTest, FindsExcessDigits) {
  EXPECT_FALSE(HasExcessDigits(Coarse()));
  EXPECT_TRUE(HasExcessDigits({Rational(Decimal(126, -2)), Decimal(1, -1)}));
  EXPECT_FALSE(HasExcessDigits({Rational(Decimal(126, -2)), Decimal(0)}));
  EXPECT_FALSE(HasExcessDigits({Rational(Decimal(126, -2)), Decimal(1, -1), Qualifier::kAbout}));
  const Rational third = Rational(1) / Rational(3);
  EXPECT_FALSE(HasExcessDigits({third, Decimal(0)}));
  EXPECT_TRUE(HasExcessDigits({third, Decimal(1, -1)}));
  EXPECT_FALSE(HasExcessDigits({Rational(1) / Rational(2), Decimal(1, -1)}));
  EXPECT_TRUE(HasExcessDigits({Rational(1) / Rational(4), Decimal(1, -1)}));
}

}  // namespace
}  // namespace crossfoot::rules
