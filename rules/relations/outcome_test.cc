#include "rules/relations/outcome.h"

#include <gtest/gtest.h>

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Qualifier;
using core::Rational;
using core::Reading;

std::string Admitted(int64_t value, Decimal quantum, Qualifier qualifier,
                     Reading reading = Reading::kRounded) {
  return Operand{value, quantum, qualifier}.Admits(reading).ToString();
}

TEST(OperandTest, ReadsByItsQuantumWhenExact) {
  EXPECT_EQ(Admitted(12, 1, Qualifier::kExact), "[11.5, 12.5]");
  EXPECT_EQ(Admitted(12, 1, Qualifier::kExact, Reading::kTruncated), "[12, 13)");
  EXPECT_EQ(Admitted(12, 1, Qualifier::kExact, Reading::kPrinted), "[12, 12]");
  EXPECT_EQ(Operand::Exact(100).Admits(Reading::kTruncated).ToString(), "[100, 100]");
}

TEST(OperandTest, HedgesReadByMagnitude) {
  for (Reading reading : {Reading::kPrinted, Reading::kRounded, Reading::kTruncated}) {
    EXPECT_EQ(Admitted(5, 1, Qualifier::kOver, reading), "[5, ∞)");
    EXPECT_EQ(Admitted(-5, 1, Qualifier::kOver, reading), "(-∞, -5]");
    EXPECT_EQ(Admitted(5, 1, Qualifier::kAlmost, reading), "(0, 5]");
    EXPECT_EQ(Admitted(-5, 1, Qualifier::kAlmost, reading), "[-5, 0)");
    EXPECT_EQ(Admitted(50, 1, Qualifier::kAbout, reading), "[45, 55]");
    EXPECT_EQ(Admitted(-50, 1, Qualifier::kRange, reading), "[-55, -45]");
  }
}

TEST(OperandTest, AHedgeNeverNarrows) {
  EXPECT_EQ(Admitted(1, 1, Qualifier::kAbout), "[0.5, 1.5]");
  EXPECT_EQ(Admitted(0, 1, Qualifier::kAbout), "[-0.5, 0.5]");
  EXPECT_EQ(Admitted(0, 1, Qualifier::kAlmost), "[-0.5, 0.5]");
}

}  // namespace
}  // namespace crossfoot::rules
