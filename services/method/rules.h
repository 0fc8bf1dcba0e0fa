#ifndef CROSSFOOT_SERVICES_METHOD_RULES_H_
#define CROSSFOOT_SERVICES_METHOD_RULES_H_

#include "absl/status/statusor.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "services/method/call.h"

// What the methods of crossfoot.v1.RuleService do.  Errors are those that
// rule_service.proto lists.

namespace crossfoot::method {

absl::StatusOr<v1::ListRulePacksResponse> ListRulePacks(const Call& call,
                                                        const v1::ListRulePacksRequest& request);

absl::StatusOr<v1::ListRulesResponse> ListRules(const Call& call,
                                                const v1::ListRulesRequest& request);

absl::StatusOr<v1::Rule> GetRule(const Call& call, const v1::GetRuleRequest& request);

absl::StatusOr<v1::TestRulesResponse> TestRules(const Call& call,
                                                const v1::TestRulesRequest& request);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_RULES_H_
