#include "services/report/rule_response.h"

#include <algorithm>

namespace crossfoot::report {

std::string RuleName(std::string_view rule_id) { return "rules/" + std::string(rule_id); }

std::string RulePackName(std::string_view place) {
  for (int part = 0; part < 2; ++part) place = place.substr(0, place.rfind(':'));
  const size_t folder = place.rfind('/');
  if (folder != std::string_view::npos) place.remove_prefix(folder + 1);
  return "rulePacks/" + std::string(place.substr(0, place.find('.')));
}

v1::Rule ToRule(const config::v1::Rule& rule, std::string_view place, Language language) {
  v1::Rule proto;
  proto.set_name(RuleName(rule.id()));
  proto.set_rule_pack(RulePackName(place));
  proto.set_title(language == Language::kEnglish ? rule.title_en() : rule.title_zh());
  proto.set_rationale(rule.rationale());
  // The same numbers.
  proto.set_severity(
      static_cast<v1::Severity>(std::max(rule.inconsistent(), rule.inconsistent_inferred())));
  proto.set_inferred(rule.inconsistent() == config::v1::SEVERITY_UNSPECIFIED);
  if (rule.has_identity()) proto.set_expression(rule.identity().expression());
  return proto;
}

v1::Rule ToRuleWithExamples(const config::v1::Rule& rule, std::string_view place,
                            Language language) {
  v1::Rule proto = ToRule(rule, place, language);
  for (const config::v1::Example& example : rule.examples()) {
    v1::RuleExample* shown = proto.add_examples();
    shown->set_title(example.name());
    shown->set_text(example.text());
    shown->set_earlier_text(example.earlier());
    shown->set_hit(example.hit());
  }
  return proto;
}

}  // namespace crossfoot::report
