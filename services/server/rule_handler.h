#ifndef CROSSFOOT_SERVICES_SERVER_RULE_HANDLER_H_
#define CROSSFOOT_SERVICES_SERVER_RULE_HANDLER_H_

#include "absl/status/statusor.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "services/validation/pipeline.h"

// What the methods of crossfoot.v1.RuleService do, without a transport.  Errors are those that
// rule_service.proto lists.

namespace crossfoot::server {

absl::StatusOr<v1::ListRulePacksResponse> ListRulePacks(const validation::Pipeline& pipeline,
                                                        const v1::ListRulePacksRequest& request);

absl::StatusOr<v1::ListRulesResponse> ListRules(const validation::Pipeline& pipeline,
                                                const v1::ListRulesRequest& request);

absl::StatusOr<v1::Rule> GetRule(const validation::Pipeline& pipeline,
                                 const v1::GetRuleRequest& request);

absl::StatusOr<v1::TestRulesResponse> TestRules(const validation::Pipeline& pipeline,
                                                const v1::TestRulesRequest& request);

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_RULE_HANDLER_H_
