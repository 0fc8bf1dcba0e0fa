#include "rules/engine/rule_pack.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "proto/crossfoot/config/textproto.h"
#include "rules/engine/message.h"
#include "rules/packs/pack_data.h"

namespace crossfoot::rules {
namespace {

using config::v1::Rule;

bool KebabCase(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// What is wrong with a rule, and in which of its fields; nothing when `message` is empty.
struct Problem {
  std::string message;
  std::vector<std::string> path;
};

Problem ProblemOf(const Rule& rule) {
  if (!KebabCase(rule.id()))
    return {absl::StrCat("rule id \"", rule.id(), "\" is not kebab-case"), {"id"}};
  switch (rule.relation_case()) {
    case Rule::RELATION_NOT_SET:
      return {"a rule without a relation", {}};
    case Rule::kRestatement:
      if (rule.restatement().between() == config::v1::Restatement::BETWEEN_UNSPECIFIED) {
        return {"restatement.between is not set", {"restatement"}};
      }
      break;
    case Rule::kSum:
      if (rule.sum().parts() == config::v1::PART_SOURCE_UNSPECIFIED)
        return {"sum.parts is not set", {"sum"}};
      break;
    case Rule::kGrowthMix:
      if (rule.growth_mix().parts() == config::v1::PART_SOURCE_UNSPECIFIED)
        return {"growth_mix.parts is not set", {"growth_mix"}};
      break;
    case Rule::kGrowthBounds:
      if (rule.growth_bounds().parts() == config::v1::PART_SOURCE_UNSPECIFIED)
        return {"growth_bounds.parts is not set", {"growth_bounds"}};
      break;
    case Rule::kIdentity: {
      std::set<std::string> names;
      for (const auto& variable : rule.identity().variables()) {
        if (variable.name().empty() || !names.insert(variable.name()).second)
          return {"identity.variables need a name each", {"identity", "variables"}};
        if (variable.type() == config::v1::Identity::Variable::TYPE_UNSPECIFIED ||
            variable.indicators().empty()) {
          return {absl::StrCat("variable \"", variable.name(), "\" needs a type and indicators"),
                  {"identity", "variables"}};
        }
      }
      break;
    }
    case Rule::kIndexChange:
      if (rule.index_change().indicators().empty())
        return {"index_change.indicators is empty", {"index_change"}};
      break;
    case Rule::kMovement:
      if (rule.movement().measure() == config::v1::Movement::MEASURE_UNSPECIFIED)
        return {"movement.measure is not set", {"movement"}};
      break;
    case Rule::kPartOf:
      if (rule.part_of().parts() == config::v1::PART_SOURCE_UNSPECIFIED)
        return {"part_of.parts is not set", {"part_of"}};
      break;
    default:
      break;
  }
  if (rule.title_zh().empty() || rule.title_en().empty())
    return {"a rule without a title in both languages", {"title_zh"}};
  if (rule.rationale().empty()) return {"a rule without a rationale", {}};
  if (rule.message_zh().empty() || rule.message_en().empty())
    return {"a rule without a message in both languages", {"message_zh"}};
  if (std::string problem = ProblemOfMessage(rule.message_zh(), MessageLanguage::kChinese);
      !problem.empty()) {
    return {std::move(problem), {"message_zh"}};
  }
  if (std::string problem = ProblemOfMessage(rule.message_en(), MessageLanguage::kEnglish);
      !problem.empty()) {
    return {std::move(problem), {"message_en"}};
  }
  if (rule.inconsistent() == config::v1::SEVERITY_UNSPECIFIED &&
      rule.inconsistent_inferred() == config::v1::SEVERITY_UNSPECIFIED) {
    return {"a rule that never reports anything", {}};
  }
  const auto has = [&](bool hit) {
    return std::any_of(rule.examples().begin(), rule.examples().end(),
                       [&](const config::v1::Example& example) { return example.hit() == hit; });
  };
  if (!has(true)) return {"a rule without an example that must hit", {"examples"}};
  if (!has(false)) return {"a rule without an example that must not hit", {"examples"}};
  for (const config::v1::Example& example : rule.examples()) {
    if (example.name().empty() || example.text().empty())
      return {"an example without a name or text", {"examples"}};
  }
  return {};
}

// Does what `setting` says to the rule that it names.
Problem Apply(const config::v1::RuleSetting& setting, RulePacks& packs) {
  const auto rule = std::find_if(packs.rules.begin(), packs.rules.end(),
                                 [&](const Rule& each) { return each.id() == setting.rule_id(); });
  if (rule == packs.rules.end())
    return {absl::StrCat("there is no rule \"", setting.rule_id(), "\" to set"), {"rule_id"}};
  const bool weighs = setting.inconsistent() != config::v1::SEVERITY_UNSPECIFIED ||
                      setting.inconsistent_inferred() != config::v1::SEVERITY_UNSPECIFIED ||
                      setting.within_rounding() != config::v1::SEVERITY_UNSPECIFIED ||
                      setting.truncated() != config::v1::SEVERITY_UNSPECIFIED;
  if (setting.off() == weighs)
    return {"a setting needs either off or a severity", {setting.off() ? "off" : "rule_id"}};
  if (setting.off()) {
    packs.expressions.erase(rule->id());
    packs.places.erase(packs.places.begin() + (rule - packs.rules.begin()));
    packs.rules.erase(rule);
    return {};
  }
  for (const auto severity : {setting.inconsistent(), setting.inconsistent_inferred(),
                              setting.within_rounding(), setting.truncated()}) {
    if (!config::v1::Severity_IsValid(severity)) return {"an unknown severity", {"rule_id"}};
  }
  if (setting.inconsistent() != config::v1::SEVERITY_UNSPECIFIED)
    rule->set_inconsistent(setting.inconsistent());
  if (setting.inconsistent_inferred() != config::v1::SEVERITY_UNSPECIFIED)
    rule->set_inconsistent_inferred(setting.inconsistent_inferred());
  if (setting.within_rounding() != config::v1::SEVERITY_UNSPECIFIED)
    rule->set_within_rounding(setting.within_rounding());
  if (setting.truncated() != config::v1::SEVERITY_UNSPECIFIED)
    rule->set_truncated(setting.truncated());
  return {};
}

}  // namespace

absl::StatusOr<RulePacks> LoadRulePacks(const std::vector<DataFile>& files) {
  std::vector<DataFile> all;
  for (const auto& file : embedded::pack_data())
    all.push_back({file.path, std::string(file.data, file.size)});
  all.insert(all.end(), files.begin(), files.end());
  return ParseRulePacks(all);
}

absl::StatusOr<RulePacks> ParseRulePacks(const std::vector<DataFile>& files) {
  RulePacks packs;
  std::map<std::string, std::string> first;  // id → where it stands
  for (const DataFile& file : files) {
    config::v1::RulePack pack;
    config::Locations lines;
    if (absl::Status status = config::Parse(file.path, file.text, &pack, &lines); !status.ok())
      return status;
    const auto fault = [&](const char* field, int i, const Problem& problem) {
      return core::MakeError(
          core::ErrorReason::kDataInvalid,
          absl::StrCat(file.path, ":", lines.PlaceOf(pack, field, i, problem.path), ": ",
                       problem.message),
          {{"file", file.path}, {"line", absl::StrCat(lines.LineOf(pack, field, i))}});
    };
    for (int i = 0; i < pack.rules_size(); ++i) {
      const Rule& rule = pack.rules(i);
      const std::string place = absl::StrCat(file.path, ":", lines.PlaceOf(pack, "rules", i));
      Problem problem = ProblemOf(rule);
      if (problem.message.empty()) {
        auto [at, inserted] = first.try_emplace(rule.id(), place);
        if (!inserted) {
          problem = {absl::StrCat("rule \"", rule.id(), "\" stands twice, first at ", at->second),
                     {"id"}};
        }
      }
      if (problem.message.empty() && rule.has_identity()) {
        absl::StatusOr<Expression> expression = Expression::Parse(rule.identity());
        if (expression.ok()) {
          packs.expressions.emplace(rule.id(), *std::move(expression));
        } else {
          problem = {std::string(expression.status().message()), {"identity", "expression"}};
        }
      }
      if (!problem.message.empty()) return fault("rules", i, problem);
      packs.rules.push_back(rule);
      packs.places.push_back(place);
    }
    std::set<std::string_view> set;
    for (int i = 0; i < pack.settings_size(); ++i) {
      const config::v1::RuleSetting& setting = pack.settings(i);
      const Problem problem =
          set.insert(setting.rule_id()).second
              ? Apply(setting, packs)
              : Problem{absl::StrCat("rule \"", setting.rule_id(), "\" is set twice"), {"rule_id"}};
      if (!problem.message.empty()) return fault("settings", i, problem);
    }
  }
  return packs;
}

}  // namespace crossfoot::rules
