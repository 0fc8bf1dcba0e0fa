#include "rules/relations/growth_mix.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/decimal.h"
#include "core/interval.h"
#include "core/rational.h"
#include "rules/relations/ladder.h"

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Interval;
using core::Rational;
using core::Reading;

// A part under one reading: its level and 1 + rate / 100.
struct Part {
  Interval level;
  Interval ratio;
};

Rational Percent(const Rational& value) { return value * Rational(core::Decimal(1, -2)); }

// nullopt when the relation does not apply to what the operands admit.
std::optional<std::vector<Part>> Read(std::span<const MixPart> mix, Reading reading) {
  if (mix.size() > kMaxMixParts) return std::nullopt;
  const Interval positive = Interval::AtLeast(0, /*closed=*/false);
  std::vector<Part> parts;
  parts.reserve(mix.size());
  for (const MixPart& part : mix) {
    if (part.level.value.sign() < 0) return std::nullopt;
    // The rounding interval of a printed 0 reaches below 0, a level does not.
    std::optional<Interval> level = part.level.Admits(reading).Intersect(Interval::AtLeast(0));
    Interval ratio =
        part.rate.Admits(reading) * Rational(core::Decimal(1, -2)) + Interval::Point(1);
    if (!level.has_value() || !level->bounded() || !ratio.bounded() || !ratio.Within(positive)) {
      return std::nullopt;
    }
    parts.push_back({*std::move(level), std::move(ratio)});
  }
  return parts;
}

// The largest ratio of the sums when `upper`, else the smallest; nullopt when all levels are zero.
// Reorders `parts`.
std::optional<Bound> Extreme(std::vector<Part>& parts, bool upper) {
  const auto ratio_of = [upper](const Part& part) -> const Bound& {
    return upper ? part.ratio.hi() : part.ratio.lo();
  };
  std::sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) {
    const int order = Compare(ratio_of(a).value, ratio_of(b).value);
    if (order != 0) return upper ? order > 0 : order < 0;
    return ratio_of(a).closed && !ratio_of(b).closed;
  });
  Rational now;
  Rational before;
  for (const Part& part : parts) {
    now = now + part.level.lo().value;
    before = before + part.level.lo().value / ratio_of(part).value;
  }
  // Levels of parts on the far side of the ratio move to their upper ends.
  size_t moved = 0;
  for (; moved < parts.size(); ++moved) {
    const Part& part = parts[moved];
    const Rational& ratio = ratio_of(part).value;
    if (!before.zero()) {
      const int order = Compare(ratio * before, now);
      if (upper ? order <= 0 : order >= 0) break;
    }
    const Rational more = part.level.hi().value - part.level.lo().value;
    now = now + more;
    before = before + more / ratio;
  }
  if (before.zero()) return std::nullopt;
  Bound extreme = Bound::Closed(now / before);
  // It is reached when each part can stand at its end, or does not matter.
  for (size_t i = 0; i < parts.size(); ++i) {
    const Bound& level = i < moved ? parts[i].level.hi() : parts[i].level.lo();
    const Bound& ratio = ratio_of(parts[i]);
    const bool absent = level.closed && level.value.zero();
    const bool neutral = ratio.value == extreme.value;
    if (!absent && !(ratio.closed && (level.closed || neutral))) extreme.closed = false;
  }
  return extreme;
}

// A growth rate in percent from a ratio.
Bound ToRate(const Bound& ratio) {
  return {ratio.value * Rational(100) - Rational(100), ratio.closed, false};
}

std::optional<Interval> Imply(std::span<const MixPart> mix, Reading reading) {
  std::optional<std::vector<Part>> parts = Read(mix, reading);
  if (!parts.has_value()) return std::nullopt;
  const std::optional<Bound> lo = Extreme(*parts, /*upper=*/false);
  const std::optional<Bound> hi = Extreme(*parts, /*upper=*/true);
  if (!lo.has_value() || !hi.has_value()) return std::nullopt;
  return Interval(ToRate(*lo), ToRate(*hi));
}

std::optional<Rational> Expected(std::span<const MixPart> mix) {
  if (mix.size() > kMaxMixParts) return std::nullopt;
  Rational now;
  Rational before;
  for (const MixPart& part : mix) {
    const Rational ratio = Rational(1) + Percent(part.rate.value);
    if (part.level.value.sign() < 0 || ratio.sign() <= 0) return std::nullopt;
    now = now + part.level.value;
    before = before + part.level.value / ratio;
  }
  if (before.zero()) return std::nullopt;
  return Rational(100) * now / before - Rational(100);
}

}  // namespace

Outcome CheckGrowthMix(const Operand& rate, std::span<const MixPart> parts) {
  const bool hedged = std::any_of(parts.begin(), parts.end(), [](const MixPart& part) {
    return part.level.hedged() || part.rate.hedged();
  });
  return JudgeEquation(rate, hedged, Expected(parts),
                       [parts](Reading reading) { return Imply(parts, reading); });
}

}  // namespace crossfoot::rules
