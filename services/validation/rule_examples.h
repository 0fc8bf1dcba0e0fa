#ifndef CROSSFOOT_SERVICES_VALIDATION_RULE_EXAMPLES_H_
#define CROSSFOOT_SERVICES_VALIDATION_RULE_EXAMPLES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "services/validation/pipeline.h"

// The examples that rules carry, run through the whole pipeline.

namespace crossfoot::validation {

struct ExampleResult {
  bool hit = false;      // the rule reported something
  bool bound = false;    // it bound some figures
  std::string problem;   // the example says otherwise: "nothing was reported"; empty: as it says
  std::string evidence;  // figures and findings, one a line, for whoever looks into a problem
};

// An example whose text cannot be read has that as its problem.
ExampleResult RunExample(const Pipeline& pipeline, const config::v1::Rule& rule,
                         const config::v1::Example& example);

// OK when every rule does what its examples say; else kDataInvalid with the place of the first rule
// that does not, "file:line:column: rule …".
absl::Status CheckExamples(const Pipeline& pipeline);

// What is allowed and yet probably a mistake, one line each, in the order of the rules:
//
//   ours.textproto:1:1: warning: margin: no example that must not hit binds the rule
//
// A statistic that the lexicon does not know, examples that show nothing, an identity or a title
// that another rule has as well.
std::vector<std::string> LintRules(const Pipeline& pipeline);

}  // namespace crossfoot::validation

#endif  // CROSSFOOT_SERVICES_VALIDATION_RULE_EXAMPLES_H_
