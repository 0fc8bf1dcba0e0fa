// Runs the examples that every rule carries through the whole pipeline.  A rule that does not
// report what its example says, or reports what it says not to, fails the build; so does a known
// gap that has closed.

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
    PipelineOptions options;
    absl::StatusOr<Validation> earlier;
    if (!example.earlier().empty()) {
      earlier = BuiltIn().ExtractFigures("earlier", example.earlier(), {});
      ASSERT_TRUE(earlier.ok()) << earlier.status();
      options.earlier = {&*earlier};
    }
    const absl::StatusOr<Validation> validation =
        BuiltIn().Validate(example.name(), example.text(), options);
    ASSERT_TRUE(validation.ok()) << validation.status();
    bool hit = false;
    std::string figures, findings;
    for (const core::Finding& finding : validation->findings) {
      // Findings of one cause are one, so the rule may stand among its checks.
      for (const int32_t check : finding.checks)
        hit |= validation->checks[check].rule_id == GetParam().id();
      findings += finding.DebugString() + "\n";
    }
    for (const core::Figure& figure : validation->figures) figures += figure.DebugString() + "\n";
    if (example.known_gap()) {
      EXPECT_NE(hit, example.hit())
          << example.name() << ": the known gap has closed; drop known_gap";
    } else {
      EXPECT_EQ(hit, example.hit()) << GetParam().id() << ": " << example.name() << "\n"
                                    << figures << findings;
    }
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

}  // namespace
}  // namespace crossfoot::validation
