#ifndef CROSSFOOT_RULES_ENGINE_RULE_PACK_H_
#define CROSSFOOT_RULES_ENGINE_RULE_PACK_H_

#include <vector>

#include "absl/status/statusor.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "rules/engine/expression.h"
#include "rules/engine/taxonomy.h"

namespace crossfoot::rules {

// Rules, ready to be applied.
struct RulePacks {
  std::vector<config::v1::Rule> rules;
  std::vector<std::string> places;  // of the rules: "file:line:column"
  Expressions expressions;          // of the rules that are identities
};

// The rule packs built into the program, with those of `files` behind them.
absl::StatusOr<RulePacks> LoadRulePacks(const std::vector<DataFile>& files = {});

// Reads rule packs, in the order given.  kDataInvalid with "file:line:column: …" for text that is
// no RulePack, an id that is empty, not kebab-case or stands twice, a rule without a relation,
// title, rationale, message or severity, a relation whose parameter is not set, an unknown
// placeholder in a message, an expression that does not parse or whose types do not fit, a rule
// without an example that must hit and one that must not, and a setting of a rule that is not
// there, is set twice in one pack, or says neither off nor a severity, or both.
absl::StatusOr<RulePacks> ParseRulePacks(const std::vector<DataFile>& files);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_RULE_PACK_H_
