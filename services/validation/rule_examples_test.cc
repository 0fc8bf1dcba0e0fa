// Runs the examples that every rule carries through the whole pipeline.  A rule that does not
// report what its example says, or reports what it says not to, fails the build; so does a known
// gap that has closed.

#include "services/validation/rule_examples.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "rules/engine/rule_pack.h"
#include "services/validation/pipeline.h"

namespace crossfoot::validation {
namespace {

const Pipeline& BuiltIn() {
  static const Pipeline& pipeline = *[] {
    absl::StatusOr<std::unique_ptr<Pipeline>> created = Pipeline::Create();
    EXPECT_TRUE(created.ok()) << created.status();
    return created->release();
  }();
  return pipeline;
}

class RuleExamplesTest : public ::testing::TestWithParam<config::v1::Rule> {};

TEST_P(RuleExamplesTest, HitAndMissAsTheySay) {
  for (const config::v1::Example& example : GetParam().examples()) {
    const ExampleResult result = RunExample(BuiltIn(), GetParam(), example);
    EXPECT_EQ(result.problem, "") << GetParam().id() << ": " << example.name() << "\n"
                                  << result.evidence;
  }
}

std::vector<config::v1::Rule> AllRules() {
  absl::StatusOr<rules::RulePacks> packs = rules::LoadRulePacks();
  EXPECT_TRUE(packs.ok()) << packs.status();
  return packs.ok() ? packs->rules : std::vector<config::v1::Rule>();
}

INSTANTIATE_TEST_SUITE_P(All, RuleExamplesTest, ::testing::ValuesIn(AllRules()),
                         [](const auto& info) {
                           std::string name = info.param.id();
                           for (char& c : name) {
                             if (c == '-') c = '_';
                           }
                           return name;
                         });

// ---- Packs of others

constexpr char kPack[] = R"pack(rules {
  id: "yield"
  title_zh: "单产"
  title_en: "Yield"
  rationale: "Output is area times yield."
  identity {
    variables { name: "ratio" type: TYPE_PERCENT indicators: "棉纱损耗率" }
    variables { name: "profit" type: TYPE_AMOUNT indicators: "利润总额" }
    variables { name: "revenue" type: TYPE_AMOUNT indicators: "营业收入" }
    expression: "ratio = percent(profit / revenue)"
  }
  inconsistent: SEVERITY_WARNING
  message_zh: "{expression}"
  message_en: "{expression}"
  examples { name: "hit" text: "a" hit: true }
  examples { name: "miss" text: "b" }
})pack";

TEST(RulePackExamplesTest, ARuleThatDoesNotDoWhatItSaysIsNamedWithItsPlace) {
  const auto pipeline = Pipeline::Create({{"ours.textproto", kPack}});
  ASSERT_TRUE(pipeline.ok()) << pipeline.status();
  EXPECT_EQ(std::string(CheckExamples(**pipeline).message()),
            "ours.textproto:1:1: rule \"yield\", example \"hit\": nothing was reported");
  EXPECT_TRUE(CheckExamples(BuiltIn()).ok());
}

TEST(RulePackExamplesTest, LintNamesWhatIsProbablyAMistake) {
  EXPECT_EQ(LintRules(BuiltIn()), std::vector<std::string>());
  const auto pipeline = Pipeline::Create({{"ours.textproto", kPack}});
  ASSERT_TRUE(pipeline.ok()) << pipeline.status();
  EXPECT_EQ(LintRules(**pipeline),
            (std::vector<std::string>{
                "ours.textproto:1:1: warning: yield: the lexicon knows no statistic \"棉纱损耗率\"",
                "ours.textproto:1:1: warning: yield: no example that must not hit binds the rule, "
                "so none shows what holds"}));
}

}  // namespace
}  // namespace crossfoot::validation
