#include "services/validation/rule_examples.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::validation {
namespace {

using config::v1::Example;
using config::v1::Identity;
using config::v1::Rule;

// The names of statistics that a rule asks for.
std::vector<std::string> IndicatorsOf(const Rule& rule) {
  std::vector<std::string> names;
  for (const Identity::Variable& variable : rule.identity().variables())
    names.insert(names.end(), variable.indicators().begin(), variable.indicators().end());
  return names;
}

// An identity without the names of its variables: two rules of one key say the same thing, or
// contradict each other.
std::string LeftSideOf(const Identity& identity) {
  const std::string& expression = identity.expression();
  const std::string left = expression.substr(0, expression.find_first_of(" =<>"));
  std::string key;
  std::vector<std::string> others;
  for (const Identity::Variable& variable : identity.variables()) {
    std::string names = absl::StrCat(static_cast<int>(variable.type()));
    for (const std::string& name : variable.indicators()) absl::StrAppend(&names, "|", name);
    if (variable.name() == left) {
      key = names;
    } else {
      others.push_back(std::move(names));
    }
  }
  std::sort(others.begin(), others.end());
  for (const std::string& other : others) absl::StrAppend(&key, " <- ", other);
  return key;
}

}  // namespace

ExampleResult RunExample(const Pipeline& pipeline, const Rule& rule, const Example& example) {
  ExampleResult result;
  PipelineOptions options;
  absl::StatusOr<Validation> earlier;
  if (!example.earlier().empty()) {
    earlier = pipeline.ExtractFigures("earlier", example.earlier(), {});
    if (!earlier.ok()) {
      result.problem = std::string(earlier.status().message());
      return result;
    }
    options.earlier = {&*earlier};
  }
  const absl::StatusOr<Validation> validation =
      pipeline.Validate(example.name(), example.text(), options);
  if (!validation.ok()) {
    result.problem = std::string(validation.status().message());
    return result;
  }
  for (const core::Check& check : validation->checks) result.bound |= check.rule_id == rule.id();
  for (const core::Figure& figure : validation->figures)
    absl::StrAppend(&result.evidence, figure.DebugString(), "\n");
  for (const core::Finding& finding : validation->findings) {
    // Findings of one cause are one, so the rule may stand among its checks.
    for (const int32_t check : finding.checks)
      result.hit |= validation->checks[check].rule_id == rule.id();
    absl::StrAppend(&result.evidence, finding.DebugString(), "\n");
  }
  if (example.known_gap()) {
    if (result.hit == example.hit()) result.problem = "the known gap has closed; drop known_gap";
  } else if (result.hit != example.hit()) {
    result.problem = example.hit() ? "nothing was reported" : "a finding was reported";
  }
  return result;
}

absl::Status CheckExamples(const Pipeline& pipeline) {
  for (size_t i = 0; i < pipeline.rules().size(); ++i) {
    const Rule& rule = pipeline.rules()[i];
    for (const Example& example : rule.examples()) {
      const ExampleResult result = RunExample(pipeline, rule, example);
      if (result.problem.empty()) continue;
      const std::string& place = pipeline.rule_places()[i];
      return core::MakeError(core::ErrorReason::kDataInvalid,
                             absl::StrCat(place, ": rule \"", rule.id(), "\", example \"",
                                          example.name(), "\": ", result.problem),
                             {{"file", place.substr(0, place.find(':'))}});
    }
  }
  return absl::OkStatus();
}

std::vector<std::string> LintRules(const Pipeline& pipeline) {
  std::vector<std::string> lines;
  const absl::StatusOr<std::unique_ptr<const lexicon::Lexicon>> lexicon = lexicon::Lexicon::Load();
  std::map<std::string, std::string> titles, identities;  // → id
  for (size_t i = 0; i < pipeline.rules().size(); ++i) {
    const Rule& rule = pipeline.rules()[i];
    const auto warn = [&](const std::string& problem) {
      lines.push_back(
          absl::StrCat(pipeline.rule_places()[i], ": warning: ", rule.id(), ": ", problem));
    };
    for (const std::string& name : IndicatorsOf(rule)) {
      if (!lexicon.ok()) break;
      if (!(*lexicon)->IndicatorSuffix(name))
        warn(absl::StrCat("the lexicon knows no statistic \"", name, "\""));
    }
    bool shown = false;
    for (const Example& example : rule.examples()) {
      const ExampleResult result = RunExample(pipeline, rule, example);
      if (!example.hit()) shown |= result.bound;
    }
    if (!shown) warn("no example that must not hit binds the rule, so none shows what holds");
    const auto [title, new_title] = titles.try_emplace(rule.title_en(), rule.id());
    if (!new_title) warn(absl::StrCat("has the title of ", title->second));
    if (!rule.has_identity()) continue;
    const auto [identity, new_identity] =
        identities.try_emplace(LeftSideOf(rule.identity()), rule.id());
    if (!new_identity)
      warn(absl::StrCat("derives the same statistic from the same ones as ", identity->second));
  }
  return lines;
}

}  // namespace crossfoot::validation
