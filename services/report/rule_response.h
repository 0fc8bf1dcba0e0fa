#ifndef CROSSFOOT_SERVICES_REPORT_RULE_RESPONSE_H_
#define CROSSFOOT_SERVICES_REPORT_RULE_RESPONSE_H_

#include <string>
#include <string_view>

#include "crossfoot/config/v1/rule_pack.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "services/report/language.h"

// Rules as messages of crossfoot.v1.

namespace crossfoot::report {

// "rules/parts-sum-to-total".
std::string RuleName(std::string_view rule_id);

// "rulePacks/totals" of a rule's place, "rules/packs/totals.textproto:4:1".
std::string RulePackName(std::string_view place);

// `rule`, which stands at `place`, without its examples.
v1::Rule ToRule(const config::v1::Rule& rule, std::string_view place, Language language);

// The same with its examples.
v1::Rule ToRuleWithExamples(const config::v1::Rule& rule, std::string_view place,
                            Language language);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_RULE_RESPONSE_H_
