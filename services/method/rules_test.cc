#include "services/method/rules.h"

#include <memory>
#include <set>
#include <string>

#include "core/error.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_call.h"

namespace crossfoot::method {
namespace {

const validation::Pipeline& BuiltIn() {
  static const auto& pipeline = *validation::Pipeline::Create().value().release();
  return pipeline;
}

const Call& Calling() {
  static const auto& call = *new testing::FakeCall(BuiltIn());
  return call;
}

constexpr char kPack[] = R"pack(rules {
  id: "our-occupancy"
  title_zh: "入住率" title_en: "Occupancy" rationale: "Definition."
  identity {
    expression: "occupancy = percent(sold / offered)"
variables{name : "occupancy" type : TYPE_PERCENT indicators : "入住率"}
variables{name : "sold" type : TYPE_AMOUNT indicators : "入住间夜"} variables {
name:
  "offered" type : TYPE_AMOUNT indicators : "可供间夜"
}
}
inconsistent : SEVERITY_ERROR message_zh : "入住率不符：{expression}" message_en
    : "The occupancy does not follow: {expression}" examples{
      name : "wrong" text : "2023年入住间夜75万间，可供间夜100万间，入住率57%。" hit : true
    } examples{
      name : "no lie" text : "2023年入住间夜75万间，可供间夜100万间，入住率75%。" hit : true
    } examples {
name:
  "right" text : "2023年入住间夜75万间，可供间夜100万间，入住率75%。"
}
})pack";

TEST(RulesTest, ListsEveryRuleOnceOverPages) {
  std::set<std::string> names;
  v1::ListRulesRequest request;
  request.set_page_size(7);
  request.set_language(v1::LANGUAGE_EN);
  int pages = 0;
  do {
    const auto response = ListRules(Calling(), request);
    ASSERT_TRUE(response.ok()) << response.status();
    for (const v1::Rule& rule : response->rules()) {
      EXPECT_TRUE(names.insert(rule.name()).second) << rule.name();
      EXPECT_EQ(rule.examples_size(), 0);
      EXPECT_NE(rule.title(), "");
    }
    request.set_page_token(response->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), BuiltIn().rules().size());
  EXPECT_EQ(pages, static_cast<int>(names.size() + 6) / 7);
}

TEST(RulesTest, ListsTheRulesOfAPack) {
  const auto packs = ListRulePacks(Calling(), {});
  ASSERT_TRUE(packs.ok());
  ASSERT_GE(packs->rule_packs_size(), 5);
  int32_t sum = 0;
  for (const v1::RulePack& pack : packs->rule_packs()) {
    v1::ListRulesRequest request;
    request.set_rule_pack(pack.name());
    const auto rules = ListRules(Calling(), request);
    ASSERT_TRUE(rules.ok()) << pack.name();
    EXPECT_EQ(rules->rules_size(), pack.rule_count());
    EXPECT_EQ(rules->rules(0).rule_pack(), pack.name());
    sum += pack.rule_count();
  }
  EXPECT_EQ(sum, static_cast<int32_t>(BuiltIn().rules().size()));
  v1::ListRulesRequest request;
  request.set_rule_pack("rulePacks/none");
  EXPECT_EQ(core::MetadataOf(ListRules(Calling(), request).status()).at("field"), "rule_pack");
}

TEST(RulesTest, GivesARuleWithItsExamples) {
  v1::GetRuleRequest request;
  request.set_name("rules/profit-margin");
  const auto rule = GetRule(Calling(), request);
  ASSERT_TRUE(rule.ok()) << rule.status();
  EXPECT_EQ(rule->rule_pack(), "rulePacks/industry");
  EXPECT_NE(rule->expression(), "");
  EXPECT_TRUE(rule->inferred());
  EXPECT_EQ(rule->severity(), v1::SEVERITY_WARNING);
  EXPECT_GE(rule->examples_size(), 2);
  request.set_name("rules/parts-sum-to-total");
  EXPECT_EQ(GetRule(Calling(), request)->severity(), v1::SEVERITY_ERROR);

  request.set_name("rules/no-such-rule");
  const absl::Status missing = GetRule(Calling(), request).status();
  EXPECT_EQ(core::ReasonOf(missing), core::ErrorReason::kRuleNotFound);
  EXPECT_EQ(core::MetadataOf(missing).at("name"), "rules/no-such-rule");
  EXPECT_EQ(core::ReasonOf(GetRule(Calling(), {}).status()), core::ErrorReason::kArgumentInvalid);
  request.set_language(static_cast<v1::Language>(9));
  EXPECT_EQ(core::MetadataOf(GetRule(Calling(), request).status()).at("field"), "language");
}

TEST(RulesTest, RunsTheExamplesOfACandidateAndOfNoOther) {
  v1::TestRulesRequest request;
  request.set_rule_pack_text(kPack);
  const auto response = TestRules(Calling(), request);
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->results_size(), 3);
  EXPECT_EQ(response->results(0).rule(), "rules/our-occupancy");
  EXPECT_TRUE(response->results(0).passed()) << response->results(0).problem();
  EXPECT_FALSE(response->results(1).passed());
  EXPECT_EQ(response->results(1).title(), "no lie");
  EXPECT_NE(response->results(1).problem(), "");
  EXPECT_NE(response->results(1).evidence(), "");
  EXPECT_TRUE(response->results(2).passed());
  for (const std::string& warning : response->warnings())
    EXPECT_EQ(warning.rfind("rules.textproto:", 0), 0u) << warning;
  // Nothing stays behind.
  v1::GetRuleRequest get;
  get.set_name("rules/our-occupancy");
  EXPECT_FALSE(GetRule(Calling(), get).ok());
}

TEST(RulesTest, AMalformedCandidateIsRefusedWithItsPlace) {
  v1::TestRulesRequest request;
  EXPECT_EQ(core::MetadataOf(TestRules(Calling(), request).status()).at("field"), "rule_pack_text");
  request.set_rule_pack_text("rules {\n  idea: 1\n}");
  request.set_file_name("ours.textproto");
  const absl::Status bad = TestRules(Calling(), request).status();
  EXPECT_EQ(core::ReasonOf(bad), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(core::MetadataOf(bad).at("file"), "ours.textproto");
  EXPECT_EQ(core::MetadataOf(bad).at("line"), "2");
  request.set_file_name(std::string(256, 'x'));
  EXPECT_EQ(core::MetadataOf(TestRules(Calling(), request).status()).at("field"), "file_name");
}

}  // namespace
}  // namespace crossfoot::method
