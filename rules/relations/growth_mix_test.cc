#include "rules/relations/growth_mix.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "core/decimal.h"
#include "core/mention.h"
#include "core/rational.h"
#include "core/verdict.h"
#include "rules/relations/twin.h"

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Qualifier;
using core::Rational;
using core::Reading;
using core::Verdict;

// Levels at even places, rates at odd ones.  A level below zero counts as none: the box reaches
// there when it rounds to 0.
std::optional<Number> Mix(const Numbers& values) {
  Number now = 0;
  Number before = 0;
  for (size_t i = 0; i < values.size(); i += 2) {
    const Number level = values[i] < 0 ? Number(0) : values[i];
    const Number ratio = 1 + values[i + 1] / 100;
    if (ratio <= 0) return std::nullopt;
    now += level;
    before += level / ratio;
  }
  if (before == 0) return std::nullopt;
  return Number(100 * (now / before - 1));
}

std::vector<Operand> Flat(const std::vector<MixPart>& parts) {
  std::vector<Operand> operands;
  for (const MixPart& part : parts) {
    operands.push_back(part.level);
    operands.push_back(part.rate);
  }
  return operands;
}

Rational Expected(const std::vector<MixPart>& parts) {
  Rational now;
  Rational before;
  for (const MixPart& part : parts) {
    now = now + part.level.value;
    before = before + part.level.value / (Rational(1) + part.rate.value / Rational(100));
  }
  return Rational(100) * now / before - Rational(100);
}

MixPart Part(int64_t level, int64_t rate_tenths) {
  return {{Rational(level), Decimal(1)}, {Rational(Decimal(rate_tenths, -1)), Decimal(1, -1)}};
}

void ExpectAgreesWithTwin(const Operand& rate, const std::vector<MixPart>& parts, int seen[4]) {
  const std::vector<Operand> others = Flat(parts);
  const Outcome outcome = CheckGrowthMix(rate, parts);
  const Verdict twin = TwinEquation(rate, others, Mix);
  ASSERT_EQ(outcome.verdict, twin) << ToText({rate}) << " of " << ToText(others);
  if (twin == Verdict::kUndetermined) return;
  ++seen[static_cast<int>(twin)];
  const std::optional<Ends> range = RangeOf(others, Reading::kRounded, Mix);
  ASSERT_EQ(ToNumber(outcome.right.lo().value), range->lo) << ToText(others);
  ASSERT_EQ(ToNumber(outcome.right.hi().value), range->hi) << ToText(others);
  ASSERT_EQ(outcome.expected, Expected(parts));
}

TEST(GrowthMixTest, AgreesWithTwinAtAllCorners) {
  Draw draw(7);
  int seen[4] = {};
  for (int i = 0; i < 120; ++i) {
    std::vector<MixPart> parts;
    for (int64_t count = draw.Int(1, 3); count > 0; --count) {
      // Coarse levels and rates: wide boxes, whose extremes lie at unobvious corners.
      parts.push_back({draw.Printed(1, 12, 0, 1), draw.Printed(-9, 15, 0, 1)});
    }
    ExpectAgreesWithTwin(draw.Near(Expected(parts), -1, 1), parts, seen);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(seen[static_cast<int>(Verdict::kWithinRounding)], 10);
  EXPECT_GT(seen[static_cast<int>(Verdict::kInconsistent)], 10);
}

TEST(GrowthMixTest, AgreesWithTwinOnPrintedPrecision) {
  Draw draw(8);
  int seen[4] = {};
  for (int i = 0; i < 80; ++i) {
    std::vector<MixPart> parts;
    for (int64_t count = draw.Int(2, 3); count > 0; --count) {
      parts.push_back({draw.Printed(50, 30000, 7, 8), draw.Printed(-300, 600, -1, -1)});
    }
    ExpectAgreesWithTwin(draw.Near(Expected(parts), -1, -1), parts, seen);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(seen[static_cast<int>(Verdict::kWithinRounding)], 10);
  EXPECT_GT(seen[static_cast<int>(Verdict::kInconsistent)], 10);
}

TEST(GrowthMixTest, LevelsOfZeroAndEqualRatesAgreeWithTwin) {
  Draw draw(9);
  int seen[4] = {};
  for (int i = 0; i < 100; ++i) {
    std::vector<MixPart> parts = {Part(draw.Int(1, 3), draw.Int(-1, 1) * 10)};
    for (int64_t count = draw.Int(1, 2); count > 0; --count) {
      parts.push_back(Part(draw.Int(0, 2), draw.Int(-1, 1) * 10));
    }
    ExpectAgreesWithTwin(draw.Near(Expected(parts), -1, 0), parts, seen);
    if (HasFatalFailure()) return;
  }
}

TEST(GrowthMixTest, NoPointOfTheBoxLiesOutside) {
  Draw draw(10);
  for (int i = 0; i < 100; ++i) {
    const std::vector<MixPart> parts = {{draw.Printed(1, 9, 0, 1), draw.Printed(-5, 9, 1, 1)},
                                        {draw.Printed(1, 9, 0, 1), draw.Printed(-5, 9, 1, 1)},
                                        {draw.Printed(1, 9, 0, 1), draw.Printed(-5, 9, 1, 1)}};
    const Outcome outcome = CheckGrowthMix(Operand::Exact(0), parts);
    for (int sample = 0; sample < 20; ++sample) {
      Numbers values;
      for (const Operand& operand : Flat(parts)) {
        const Ends ends = ReadEnds(operand, Reading::kRounded);
        values.push_back(ends.lo + (ends.hi - ends.lo) * draw.Int(0, 16) / 16);
      }
      const Number mixed = *Mix(values);
      ASSERT_LE(ToNumber(outcome.right.lo().value), mixed);
      ASSERT_GE(ToNumber(outcome.right.hi().value), mixed);
    }
  }
}

TEST(GrowthMixTest, OpenEndsStayOpen) {
  // Cut off, the rates 10 and 20 lie below 11 and 21: a total cannot grow by 21.
  const std::vector<MixPart> parts = {{{Rational(5), Decimal(0)}, {Rational(10), Decimal(1)}},
                                      {{Rational(0), Decimal(1)}, {Rational(20), Decimal(1)}}};
  EXPECT_EQ(CheckGrowthMix(Operand::Exact(Rational(Decimal(1099, -2))), parts).verdict,
            Verdict::kWithinRounding);
  const std::vector<MixPart> one = {{{Rational(5), Decimal(1)}, {Rational(10), Decimal(1)}}};
  EXPECT_EQ(CheckGrowthMix(Operand::Exact(Rational(Decimal(1099, -2))), one).verdict,
            Verdict::kTruncated);
  EXPECT_EQ(CheckGrowthMix(Operand::Exact(11), one).verdict, Verdict::kInconsistent);
  EXPECT_EQ(CheckGrowthMix(Operand::Exact(10), one).verdict, Verdict::kExact);
}

TEST(GrowthMixTest, FindsAWrongRateOfTheTotal) {
  const std::vector<MixPart> parts = {Part(21780, 82), Part(1291, -35), Part(1500, 61)};
  const Outcome outcome = CheckGrowthMix({Rational(Decimal(57, -1)), Decimal(1, -1)}, parts);
  EXPECT_EQ(outcome.verdict, Verdict::kInconsistent);
  EXPECT_EQ(outcome.expected.RoundedTo(1), Decimal(74, -1));
  EXPECT_EQ(CheckGrowthMix({Rational(Decimal(74, -1)), Decimal(1, -1)}, parts).verdict,
            Verdict::kWithinRounding);
}

TEST(GrowthMixTest, SaysNothingOutsideItsDomain) {
  const Operand rate{Rational(5), Decimal(1)};
  const auto verdict = [&rate](MixPart part) {
    return CheckGrowthMix(rate, std::vector<MixPart>{Part(100, 50), part}).verdict;
  };
  EXPECT_EQ(CheckGrowthMix(rate, {}).verdict, Verdict::kUndetermined);
  EXPECT_EQ(verdict(Part(10, -1000)), Verdict::kUndetermined);
  EXPECT_EQ(verdict(Part(10, -1200)), Verdict::kUndetermined);
  EXPECT_EQ(verdict({{Rational(10), Decimal(1)}, {Rational(-99), Decimal(2)}}),
            Verdict::kUndetermined);
  EXPECT_EQ(verdict(Part(-10, 50)), Verdict::kUndetermined);
  EXPECT_EQ(verdict({{Rational(10), Decimal(1), Qualifier::kOver}, {Rational(5), Decimal(1)}}),
            Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowthMix(rate, std::vector<MixPart>{Part(0, 50)}).verdict,
            Verdict::kUndetermined);
}

TEST(GrowthMixTest, HedgedPartsWithBoundsStillRefute) {
  MixPart about = Part(100, 50);
  about.level.qualifier = Qualifier::kAbout;
  const std::vector<MixPart> parts = {about, Part(300, 70)};
  EXPECT_EQ(CheckGrowthMix({Rational(Decimal(65, -1)), Decimal(1, -1)}, parts).verdict,
            Verdict::kUndetermined);
  EXPECT_EQ(CheckGrowthMix({Rational(9), Decimal(1)}, parts).verdict, Verdict::kInconsistent);
}

TEST(GrowthMixTest, TakesManyPartsButNotAnyNumber) {
  std::vector<MixPart> parts;
  for (size_t i = 0; i < kMaxMixParts; ++i) {
    parts.push_back(Part(100 + static_cast<int64_t>(i) % 7, static_cast<int64_t>(i)));
  }
  const Operand rate{Expected(parts).RoundedTo(1), Decimal(1, -1)};
  EXPECT_EQ(CheckGrowthMix(rate, parts).verdict, Verdict::kWithinRounding);
  parts.push_back(Part(100, 50));
  EXPECT_EQ(CheckGrowthMix(rate, parts).verdict, Verdict::kUndetermined);
}

}  // namespace
}  // namespace crossfoot::rules
