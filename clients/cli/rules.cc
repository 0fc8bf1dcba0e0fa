#include "clients/cli/rules.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/complaint.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "clients/cli/nearest.h"
#include "core/verdict.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "services/report/columns.h"
#include "services/report/language.h"
#include "services/report/words.h"
#include "services/validation/rule_examples.h"

namespace crossfoot::cli {
namespace {

using config::v1::Example;
using config::v1::Rule;
using report::Language;

// "error"; that of what is inferred for a rule that only reports what a misprint explains.
std::string_view SeverityOf(const Rule& rule, Language language) {
  switch (std::max(rule.inconsistent(), rule.inconsistent_inferred())) {
    case config::v1::SEVERITY_ERROR:
      return report::SeverityName(core::Severity::kError, language);
    case config::v1::SEVERITY_WARNING:
      return report::SeverityName(core::Severity::kWarning, language);
    case config::v1::SEVERITY_INFO:
      return report::SeverityName(core::Severity::kInfo, language);
    default:
      return messages::kNoSeverityOfRule.In(language);
  }
}

const std::string& TitleOf(const Rule& rule, Language language) {
  return language == Language::kEnglish ? rule.title_en() : rule.title_zh();
}

void List(const Environment& environment, const std::vector<Rule>& rules) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(rules.size());
  for (const Rule& rule : rules) {
    rows.push_back({rule.id(), std::string(SeverityOf(rule, environment.language)),
                    TitleOf(rule, environment.language)});
  }
  environment.out << report::AlignColumns(rows);
}

constexpr std::string_view kPageHead = R"page(# Rules

Made by `make docs` (`crossfoot rules document --lang=en`); edit the packs, not this page.

A rule says which figures it binds, which relation must hold between them, how severe a breach is, and shows examples
that must and must not be reported. Figures bound by likeness of names, or by an identity without `inconsistent`, are
only reported when one usual misprint explains the breach.

## A pack of your own

A pack is a `crossfoot.config.v1.RulePack` in text format (`proto/crossfoot/config/v1/rule_pack.proto` explains every
field), given with `--rules=FILE`. Identities are written as expressions over named figures:

```
rules {
  id: "our-occupancy"
  title_zh: "入住率等于入住间夜与可供间夜之比"
  title_en: "Occupancy is nights sold over nights on offer"
  rationale: "Definition of the rate."
  identity {
    expression: "occupancy = percent(sold / offered)"
    variables { name: "occupancy" type: TYPE_PERCENT indicators: "入住率" }
    variables { name: "sold" type: TYPE_AMOUNT indicators: "入住间夜" }
    variables { name: "offered" type: TYPE_AMOUNT indicators: "可供间夜" }
  }
  inconsistent: SEVERITY_ERROR
  message_zh: "入住率不符：{expression}"
  message_en: "The occupancy does not follow: {expression}"
  examples { name: "wrong" text: "2023年入住间夜75万间，可供间夜100万间，入住率57%。" hit: true }
  examples { name: "right" text: "2023年入住间夜75万间，可供间夜100万间，入住率75%。" }
}
```

The left side is one variable; `=`, `<=` and `>=` compare; `+ - * /`, parentheses, `sum`, `min`, `max`, `percent`,
`ratio`, `growth(amount)` and `previous(amount)` make the right side. Amounts, percentages and plain numbers are types:
what does not fit is refused with the line of the rule. `crossfoot rules test --rules=FILE` runs the examples.

## The rules that are built in
)page";

void Document(const Environment& environment, const std::vector<Rule>& rules) {
  environment.out << kPageHead;
  for (const Rule& rule : rules) {
    environment.out << "\n### " << rule.id() << "\n\n"
                    << TitleOf(rule, environment.language) << " ("
                    << SeverityOf(rule, Language::kEnglish) << "). " << rule.rationale() << "\n";
    if (rule.has_identity()) environment.out << "\n    " << rule.identity().expression() << "\n";
    for (const Example& example : rule.examples()) {
      std::string text =
          (example.earlier().empty() ? "" : example.earlier() + " ⇒ ") + example.text();
      for (size_t at = 0; (at = text.find('\n', at)) != std::string::npos;)
        text.replace(at, 1, " / ");
      environment.out << (&example == &rule.examples(0) ? "\n" : "") << "* "
                      << (example.hit() ? "Reports " : "Silent on ") << example.name() << ": "
                      << text << "\n";
    }
  }
}

int Explain(const Environment& environment, const std::vector<Rule>& rules, const std::string& id) {
  const Language language = environment.language;
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& entry) { return entry.id() == id; });
  if (rule == rules.end()) {
    std::vector<std::string_view> ids;
    ids.reserve(rules.size());
    for (const Rule& entry : rules) ids.push_back(entry.id());
    const std::string_view nearest = Nearest(id, ids);
    Complain(environment, nearest.empty() ? messages::kUnknownRule : messages::kUnknownRuleNearest,
             {id, nearest});
    return kExitFailure;
  }
  environment.out << rule->id() << "  " << SeverityOf(*rule, language) << "\n"
                  << TitleOf(*rule, language) << "\n\n"
                  << rule->rationale() << "\n";
  if (rule->has_identity()) environment.out << "\n  " << rule->identity().expression() << "\n";
  std::vector<std::vector<std::string>> rows;
  for (const Example& example : rule->examples()) {
    const report::Word& word = example.hit() ? messages::kReportsExample : messages::kSilentExample;
    rows.push_back({});
    rows.push_back({std::string(word.In(language)), example.name()});
    if (!example.earlier().empty()) rows.push_back({"", example.earlier() + " ⇒"});
    rows.push_back({"", example.text()});
  }
  environment.out << report::AlignColumns(rows);
  return kExitClean;
}

int Test(const Environment& environment, const validation::Pipeline& pipeline) {
  int passed = 0, failed = 0;
  for (const Rule& rule : pipeline.rules()) {
    for (const Example& example : rule.examples()) {
      const std::string problem = validation::RunExample(pipeline, rule, example).problem;
      if (problem.empty()) {
        ++passed;
        continue;
      }
      ++failed;
      environment.out << rule.id() << ": " << example.name() << ": " << problem << "\n";
    }
  }
  environment.out << Say(environment.language, messages::kTested,
                         {std::to_string(pipeline.rules().size()), std::to_string(passed),
                          std::to_string(failed)})
                  << "\n";
  return failed > 0 ? kExitFindings : kExitClean;
}

int Lint(const Environment& environment, const validation::Pipeline& pipeline) {
  const std::vector<std::string> lines = validation::LintRules(pipeline);
  for (const std::string& line : lines) environment.out << line << "\n";
  environment.out << Say(environment.language, messages::kLinted,
                         {std::to_string(pipeline.rules().size()), std::to_string(lines.size())})
                  << "\n";
  return lines.empty() ? kExitClean : kExitFindings;
}

}  // namespace

int RunRules(const Arguments& arguments, const Environment& environment,
             const validation::Pipeline& pipeline) {
  switch (arguments.rules_action) {
    case RulesAction::kList:
      List(environment, pipeline.rules());
      return kExitClean;
    case RulesAction::kExplain:
      return Explain(environment, pipeline.rules(), arguments.rule_id);
    case RulesAction::kDocument:
      Document(environment, pipeline.rules());
      return kExitClean;
    case RulesAction::kTest:
      return Test(environment, pipeline);
    case RulesAction::kLint:
      return Lint(environment, pipeline);
  }
  return kExitClean;
}

}  // namespace crossfoot::cli
