#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"
#include "rules/engine/misprint.h"
#include "rules/relations/count.h"
#include "rules/relations/difference.h"
#include "rules/relations/equality.h"
#include "rules/relations/growth.h"
#include "rules/relations/growth_bounds.h"
#include "rules/relations/growth_mix.h"
#include "rules/relations/linear_sum.h"
#include "rules/relations/order.h"
#include "rules/relations/part_of.h"
#include "rules/relations/quotient.h"
#include "rules/relations/threshold.h"

namespace crossfoot::rules {
namespace {

using config::v1::Rule;
using core::Figure;

std::vector<Operand> Operands(const Binding& binding, const FigureIndex& index,
                              const std::map<int32_t, Operand>* replaced) {
  std::vector<Operand> operands;
  operands.reserve(binding.figures.size());
  for (const int32_t figure : binding.figures) {
    if (replaced != nullptr) {
      if (const auto at = replaced->find(figure); at != replaced->end()) {
        operands.push_back(at->second);
        if (binding.as_printed) operands.back().qualifier = core::Qualifier::kExact;
        continue;
      }
    }
    operands.push_back(OperandOf(index.figure(figure)));
    if (binding.as_printed) operands.back().qualifier = core::Qualifier::kExact;
  }
  return operands;
}

// A figure as it stands in a formula: signed, with its unit.
std::string Printed(const Figure& figure) {
  const bool minus_printed = !figure.content.empty() && (figure.content[0] == '-');
  return absl::StrCat(figure.value.sign() < 0 && !minus_printed ? "-" : "", figure.content);
}

// The side of `bound` that a figure must be on: 降幅超60% is below −60 %.
Side SideOf(const Figure& bound) {
  const bool over = bound.qualifier == core::Qualifier::kOver;
  return over == (bound.value.sign() >= 0) ? Side::kAtLeast : Side::kAtMost;
}

}  // namespace

std::string PrintLike(const core::Rational& value, const Figure& like) {
  const size_t digits_at = like.content.find(like.digits);
  const std::optional<int32_t> scale = ScalePower(like);
  if (!scale || digits_at == std::string::npos)
    return absl::StrCat(value.RoundedTo(4).ToString(), core::ToAbsl(like.unit));
  const size_t point = like.digits.find('.');
  const int decimals =
      point == std::string::npos ? 0 : static_cast<int>(like.digits.size() - point - 1);
  const core::Rational scaled = value * core::Rational(core::Decimal::PowerOfTen(-*scale));
  return absl::StrCat(scaled.RoundedTo(decimals + 2).ToString(),
                      like.content.substr(digits_at + like.digits.size()));
}

namespace {

// Whether the shares of a sentence make 100 as they are printed.  Offices raise or lower the last
// digit of one for that: 54.249, 34.147 and 11.604 as 54.3, 34.1 and 11.6.
bool MadeToHundred(const FigureIndex& index, int32_t share) {
  const Figure& figure = index.figure(share);
  if (figure.sentence < 0) return false;
  core::Rational sum;
  int count = 0;
  const auto add = [&](int32_t at) {
    const Figure& other = index.figure(at);
    if (other.sentence != figure.sentence || other.block != figure.block) return false;
    if (other.kind == core::FigureKind::kShare && other.unit == figure.unit &&
        (!figure.links.ratio || other.links.list == figure.links.list)) {
      sum = sum + other.value;
      ++count;
    }
    return true;
  };
  for (int32_t at = share; at >= 0 && add(at); --at) {
  }
  for (int32_t at = share + 1; at < index.size() && add(at); ++at) {
  }
  return count > 1 && sum == core::Rational(100);
}

}  // namespace

Outcome Evaluate(const Rule& rule, const Binding& binding, const FigureIndex& index,
                 const std::map<int32_t, Operand>* replaced) {
  const std::vector<Operand> operands = Operands(binding, index, replaced);
  const std::span<const Operand> all(operands);
  switch (rule.relation_case()) {
    case Rule::kRestatement:
      return CheckEquality(all);
    case Rule::kSum:
    case Rule::kContributions:
      return CheckLinearSum(all[0], all.subspan(1), {});
    case Rule::kShare: {
      Outcome outcome = CheckQuotient(all[0], all[1], all[2], core::Rational(100));
      const int32_t share = binding.figures[0];
      if (outcome.verdict == core::Verdict::kInconsistent &&
          all[0].value == index.figure(share).value &&
          outcome.imbalance < core::Rational(index.figure(share).quantum) &&
          MadeToHundred(index, share)) {
        outcome.verdict = core::Verdict::kWithinRounding;
      }
      return outcome;
    }
    case Rule::kSharesSum:
      return CheckLinearSum(Operand::Exact(core::Rational(100)), all, {});
    case Rule::kGrowthGap:
      return CheckDifference(all[0], all[1], all[2]);
    case Rule::kGrowthMix: {
      std::vector<MixPart> parts;
      for (size_t i = 1; i + 1 < all.size(); i += 2) parts.push_back({all[i], all[i + 1]});
      return CheckGrowthMix(all[0], parts);
    }
    case Rule::kGrowthBounds:
      return CheckGrowthBounds(all[0], all.subspan(1));
    case Rule::kIdentity:
      return binding.expression->Evaluate(all);
    case Rule::kPartOf:
      return CheckPartOf(all[0], all.subspan(1));
    case Rule::kCount:
      return CheckCount(all[0],
                        static_cast<int64_t>(index.figure(binding.figures[0]).names.size()));
    case Rule::kDirection: {
      // The words put the rate on one side of zero.
      const Figure& figure = index.figure(binding.figures[0]);
      return CheckThreshold(all[0], Operand::Exact(core::Rational(0)),
                            figure.trend > 0 ? Side::kAtLeast : Side::kAtMost);
    }
    case Rule::kMovement:
      return rule.movement().measure() == config::v1::Movement::MEASURE_RATE
                 ? CheckGrowth(all[0], all[1], all[2])
                 : CheckDifference(all[0], all[1], all[2]);
    case Rule::kStatedBound: {
      const Figure& bound = index.figure(binding.figures[1]);
      return CheckThreshold(all[0], Operand::Exact(bound.value), SideOf(bound));
    }
    case Rule::kOrder:
      return CheckOrder(all);
    case Rule::kChangeGrowth:
      return CheckGrowthByChange(all[0], all[1], all[2]);
    case Rule::kIndexChange:
      return CheckDifference(all[0], all[1], Operand::Exact(core::Rational(100)));
    case Rule::kCommonBase:
      return CheckCommonBase(all[0], all[1], all[2], all[3]);
    case Rule::RELATION_NOT_SET:
      break;
  }
  return {};
}

std::string Express(const Rule& rule, const Binding& binding, const Outcome& outcome,
                    const FigureIndex& index, bool english) {
  const Figure& left = index.figure(binding.figures[0]);
  auto printed = [&](size_t i) { return Printed(index.figure(binding.figures[i])); };
  auto join = [&](size_t first, size_t step, std::string_view separator) {
    std::vector<std::string> items;
    for (size_t i = first; i < binding.figures.size(); i += step) items.push_back(printed(i));
    return absl::StrJoin(items, core::ToAbsl(separator));
  };
  const std::string expected = PrintLike(outcome.expected, left);
  const std::string as_printed = absl::StrCat(english ? "; printed " : "，印作 ", Printed(left));
  switch (rule.relation_case()) {
    case Rule::kRestatement:
      return join(0, 1, " = ");
    case Rule::kSum:
    case Rule::kContributions:
      return absl::StrCat(join(1, 1, " + "), " = ", expected, as_printed);
    case Rule::kShare:
      return absl::StrCat(printed(1), " ÷ ", printed(2), " = ", expected, as_printed);
    case Rule::kSharesSum: {
      core::Rational sum;
      for (const int32_t figure : binding.figures) sum = sum + index.figure(figure).value;
      return absl::StrCat(join(0, 1, " + "), " = ", sum.ToString(), "%",
                          english ? "; must be 100%" : "，应为 100%");
    }
    case Rule::kGrowthGap:
      return absl::StrCat(printed(1), " − (", printed(2), ") = ", expected, as_printed);
    case Rule::kGrowthMix: {
      std::vector<std::string> items;
      for (size_t i = 1; i + 1 < binding.figures.size(); i += 2) {
        items.push_back(absl::StrCat(printed(i), " (", printed(i + 1), ")"));
      }
      return absl::StrCat(absl::StrJoin(items, ", "), english ? " together grow by " : " 合计增长 ",
                          expected, as_printed);
    }
    case Rule::kGrowthBounds:
      return absl::StrCat(english ? "between " : "应介于各部分之间：", join(1, 1, ", "),
                          as_printed);
    case Rule::kIdentity: {
      std::vector<std::string> items;
      for (size_t i = 1; i < binding.figures.size(); ++i) {
        const Figure& operand = index.figure(binding.figures[i]);
        items.push_back(absl::StrCat(core::ToAbsl(operand.indicator), " ", printed(i)));
      }
      return absl::StrCat(absl::StrJoin(items, english ? ", " : "、"), " → ", expected, as_printed);
    }
    case Rule::kPartOf:
      return absl::StrCat(join(1, 1, " + "), " ≤ ", printed(0));
    case Rule::kCount:
      return absl::StrCat(absl::StrJoin(left.names, "、"), " = ", left.names.size(), as_printed);
    case Rule::kDirection:
      return absl::StrCat(Printed(left), left.trend > 0 ? " ≥ 0" : " ≤ 0");
    case Rule::kMovement:
      return rule.movement().measure() == config::v1::Movement::MEASURE_RATE
                 ? absl::StrCat(printed(1), " ÷ ", printed(2), " − 1 = ", expected, as_printed)
                 : absl::StrCat(printed(1), " − ", printed(2), " = ", expected, as_printed);
    case Rule::kStatedBound: {
      const Side side = SideOf(index.figure(binding.figures[1]));
      return absl::StrCat(Printed(left), side == Side::kAtLeast ? " ≥ " : " ≤ ", printed(1));
    }
    case Rule::kOrder:
      return join(0, 1, " ≥ ");
    case Rule::kChangeGrowth:
      return absl::StrCat(printed(2), " ÷ (", printed(1), " − ", printed(2), ") = ", expected,
                          as_printed);
    case Rule::kIndexChange:
      return absl::StrCat(printed(1), " − 100 = ", expected, as_printed);
    case Rule::kCommonBase:
      return absl::StrCat(printed(1), " × ", printed(2), " ÷ ", printed(3), " = ", expected,
                          as_printed);
    case Rule::RELATION_NOT_SET:
      break;
  }
  return "";
}

}  // namespace crossfoot::rules
