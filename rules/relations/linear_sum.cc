#include "rules/relations/linear_sum.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "rules/relations/ladder.h"
#include "rules/relations/statements.h"

namespace crossfoot::rules {
namespace {

using core::Interval;
using core::Rational;
using core::Reading;
using core::Verdict;

std::optional<Interval> Read(std::span<const Operand> statements, Reading reading) {
  if (reading == Reading::kPrinted) return Interval::Point(MostPrecise(statements).value);
  return IntersectStatements(statements, reading);
}

bool HasExcess(std::span<const Operand> total, std::span<const SumItem> items) {
  return AnyExcessDigits(total) || std::any_of(items.begin(), items.end(), [](const SumItem& item) {
           return AnyExcessDigits(item.statements);
         });
}

// `ReadSum` without the look at excess digits.
std::optional<SumSides> ReadSides(std::span<const Operand> total, std::span<const SumItem> items,
                                  Reading reading) {
  std::optional<Interval> left = Read(total, reading);
  if (!left.has_value()) return std::nullopt;
  Interval sum;
  for (const SumItem& item : items) {
    const std::optional<Interval> part = Read(item.statements, reading);
    if (!part.has_value()) return std::nullopt;
    sum = sum + (item.weight == Rational(1) ? *part : *part * item.weight);
  }
  return SumSides{*std::move(left), std::move(sum)};
}

}  // namespace

std::optional<SumSides> ReadSum(std::span<const Operand> total, std::span<const SumItem> items,
                                Reading reading) {
  if (HasExcess(total, items)) return std::nullopt;
  return ReadSides(total, items, reading);
}

Outcome CheckLinearSum(std::span<const Operand> total, std::span<const SumItem> items) {
  const Operand& printed_total = MostPrecise(total);
  Outcome outcome;
  outcome.left = printed_total.Admits(Reading::kRounded);
  outcome.right = Interval::Everything();
  for (const SumItem& item : items) {
    outcome.expected = outcome.expected + MostPrecise(item.statements).value * item.weight;
  }
  if (items.empty()) {
    outcome.verdict = Verdict::kUndetermined;
    return outcome;
  }
  if (HasExcess(total, items)) {
    outcome.verdict = Verdict::kBlocked;
    return outcome;
  }
  std::optional<SumSides> rounded = ReadSides(total, items, Reading::kRounded);
  const bool hedged = AnyHedged(total) ||
                      std::any_of(items.begin(), items.end(),
                                  [](const SumItem& item) { return AnyHedged(item.statements); });
  outcome.verdict = Climb(hedged, [&](Reading reading) {
    if (reading == Reading::kPrinted) {
      return rounded.has_value() && printed_total.value == outcome.expected ? Fit::kAlways
                                                                            : Fit::kNever;
    }
    const std::optional<SumSides> sides =
        reading == Reading::kRounded ? rounded : ReadSides(total, items, reading);
    if (!sides.has_value()) return Fit::kBlocked;
    return FitOfEquation(sides->total, sides->sum);
  });
  if (rounded.has_value()) {
    outcome.left = std::move(rounded->total);
    outcome.right = std::move(rounded->sum);
    outcome.imbalance = outcome.left.Gap(outcome.right);
  }
  return outcome;
}

Outcome CheckLinearSum(const Operand& total, std::span<const Operand> parts,
                       std::span<const Rational> weights) {
  std::vector<SumItem> items;
  items.reserve(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    items.push_back({parts.subspan(i, 1), i < weights.size() ? weights[i] : Rational(1)});
  }
  return CheckLinearSum(std::span<const Operand>(&total, 1), items);
}

}  // namespace crossfoot::rules
