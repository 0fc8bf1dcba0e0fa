#include "rules/engine/misprint.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace crossfoot::rules {
namespace {

core::Figure Printed(const std::string& digits, int32_t power) {
  core::Figure figure;
  figure.digits = digits;
  figure.content = digits;
  const core::Decimal value = core::Decimal::Parse(digits).value();
  figure.value = value.TimesPowerOfTen(power);
  const size_t point = digits.find('.');
  const int32_t decimals =
      point == std::string::npos ? 0 : static_cast<int32_t>(digits.size() - point - 1);
  figure.quantum = core::Decimal::PowerOfTen(power - decimals);
  return figure;
}

TEST(MisprintTest, CorrectionsHoldEveryUsualMisprint) {
  std::set<std::pair<MisprintKind, std::string>> corrections;
  for (const Correction& correction : CorrectionsOf(Printed("52.8", 0))) {
    corrections.emplace(correction.kind, correction.digits);
  }
  EXPECT_TRUE(corrections.contains({MisprintKind::kSwapped, "25.8"}));
  EXPECT_TRUE(corrections.contains({MisprintKind::kSwapped, "58.2"}));
  EXPECT_TRUE(corrections.contains({MisprintKind::kWrongDigit, "52.3"}));
  EXPECT_TRUE(corrections.contains({MisprintKind::kPoint, "528"}));
  EXPECT_TRUE(corrections.contains({MisprintKind::kPoint, "5.28"}));
  EXPECT_TRUE(corrections.contains({MisprintKind::kExtra, "5.8"}));
  EXPECT_TRUE(corrections.contains({MisprintKind::kLost, "526.8"}));
  EXPECT_FALSE(corrections.contains({MisprintKind::kWrongDigit, "52.8"}));
  EXPECT_FALSE(corrections.contains({MisprintKind::kWrongDigit, "02.8"}));
}

TEST(MisprintTest, CorrectionsKeepScaleAndSign) {
  core::Figure figure = Printed("2178", 8);
  figure.value = -figure.value;
  for (const Correction& correction : CorrectionsOf(figure)) {
    if (correction.digits == "2187") {
      EXPECT_EQ(correction.value.ToString(), "-218700000000");
      EXPECT_EQ(correction.quantum.ToString(), "100000000");
      return;
    }
  }
  FAIL() << "no correction to 2187";
}

TEST(MisprintTest, ScaleAndSignSlipWithTheDigitsKept) {
  core::Figure amount = Printed("2178", 8);
  const Correction scale = CorrectionsOf(amount).back();
  EXPECT_EQ(scale.kind, MisprintKind::kScale);
  EXPECT_EQ(scale.digits, "2178");
  EXPECT_EQ(scale.value.ToString(), "21780000");
  EXPECT_EQ(scale.quantum.ToString(), "10000");
  EXPECT_EQ(CorrectionsOf(Printed("2178", 4)).back().value.ToString(), "217800000000");
  EXPECT_NE(CorrectionsOf(Printed("2178", 6)).back().kind, MisprintKind::kScale);

  core::Figure rate = Printed("7.6", 0);
  rate.kind = core::FigureKind::kGrowthRate;
  const Correction sign = CorrectionsOf(rate).back();
  EXPECT_EQ(sign.kind, MisprintKind::kSign);
  EXPECT_EQ(sign.value.ToString(), "-7.6");
  rate.kind = core::FigureKind::kShare;
  EXPECT_NE(CorrectionsOf(rate).back().kind, MisprintKind::kSign);
  EXPECT_FALSE(IsOfDigits(sign.kind));
}

TEST(MisprintTest, CorrectionsOfASeriesKeepItsQuantum) {
  core::Figure figure = Printed("11", 0);
  figure.quantum = core::Decimal::PowerOfTen(-1);  // 11% among rates with one decimal
  for (const Correction& correction : CorrectionsOf(figure)) {
    if (correction.digits == "12") {
      EXPECT_EQ(correction.value.ToString(), "12");
      EXPECT_EQ(correction.quantum.ToString(), "0.1");
      return;
    }
  }
  FAIL() << "no correction to 12";
}

// The quick test and the list of corrections must tell the same story.
TEST(MisprintTest, AgreesWithTheListOfCorrections) {
  for (const char* digits : {"7.6", "803.1", "2178", "0.5", "11", "100.0"}) {
    for (const Correction& correction : CorrectionsOf(Printed(digits, 0))) {
      if (correction.kind == MisprintKind::kPoint) continue;  // a point may move past a digit
      EXPECT_TRUE(MisprintOf(digits, correction.digits)) << digits << " " << correction.digits;
    }
  }
  EXPECT_FALSE(MisprintOf("7.6", "7.6"));
  EXPECT_FALSE(MisprintOf("803.1", "915.2"));
  EXPECT_FALSE(MisprintOf("2178", "21"));
  EXPECT_FALSE(MisprintOf("2178", ""));
}

}  // namespace
}  // namespace crossfoot::rules
