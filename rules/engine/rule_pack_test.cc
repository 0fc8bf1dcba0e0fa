#include "rules/engine/rule_pack.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "core/error.h"

namespace crossfoot::rules {
namespace {

TEST(RulePackTest, LoadsTheBuiltInPacks) {
  const auto rules = LoadRulePacks();
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_GE(rules->rules.size(), 10u);
}

// A rule that is right, to break in one place.
constexpr char kRule[] = R"(rules {
  id: "a-rule" title_zh: "一" title_en: "one" rationale: "because"
  sum { parts: PART_SOURCE_TAXONOMY }
  inconsistent: SEVERITY_ERROR
  message_zh: "{expression}" message_en: "{expression}"
  examples { name: "hit" text: "x" hit: true }
  examples { name: "miss" text: "x" }
}
)";

std::string Replaced(const std::string& from, const std::string& to) {
  std::string text = kRule;
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(RulePackTest, TakesARuleThatIsRight) {
  const auto rules = ParseRulePacks({{"pack.textproto", kRule}});
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_EQ(rules->rules.front().id(), "a-rule");
}

struct BadPack {
  const char* name;
  const char* from;
  const char* to;
  const char* message;
};

class BadPackTest : public ::testing::TestWithParam<BadPack> {};

TEST_P(BadPackTest, IsRefusedWithItsPlace) {
  const auto rules = ParseRulePacks({{"pack.textproto", Replaced(GetParam().from, GetParam().to)}});
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(core::ReasonOf(rules.status()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(std::string(rules.status().message()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadPackTest,
    ::testing::Values(
        BadPack{"NoKebabCase", "a-rule", "A rule",
                "pack.textproto:2:3: rule id \"A rule\" is not kebab-case"},
        BadPack{"NoRelation", "sum { parts: PART_SOURCE_TAXONOMY }", "",
                "pack.textproto:1:1: a rule without a relation"},
        BadPack{"NoParts", "parts: PART_SOURCE_TAXONOMY", "",
                "pack.textproto:3:3: sum.parts is not set"},
        BadPack{"NoRationale", "rationale: \"because\"", "",
                "pack.textproto:1:1: a rule without a rationale"},
        BadPack{"OneLanguage", "title_en: \"one\"", "",
                "pack.textproto:2:16: a rule without a title in both languages"},
        BadPack{"UnknownPlaceholder", "message_en: \"{expression}\"", "message_en: \"{sum}\"",
                "pack.textproto:5:30: unknown placeholder {sum}"},
        BadPack{"NoPattern", "message_en: \"{expression}\"", "message_en: \"{parts, plural}\"",
                "pack.textproto:5:30: no message pattern (U_PATTERN_SYNTAX_ERROR), before "
                "\"parts, plural}\""},
        BadPack{"NeverReports", "inconsistent: SEVERITY_ERROR", "",
                "pack.textproto:1:1: a rule that never reports anything"},
        BadPack{"NoHit", " hit: true", "",
                "pack.textproto:6:3: a rule without an example that must hit"},
        BadPack{"NoMiss", "examples { name: \"miss\" text: \"x\" }", "",
                "pack.textproto:6:3: a rule without an example that must not hit"},
        BadPack{"UnknownField", "rationale:", "reason:",
                "pack.textproto:2:54: Message type \"crossfoot.config.v1.Rule\" has no field named "
                "\"reason\"."}),
    [](const auto& info) { return info.param.name; });

TEST(RulePackTest, LaterPacksSetRulesOfEarlierOnes) {
  const auto weaker = ParseRulePacks(
      {{"a.textproto", kRule},
       {"b.textproto", "settings { rule_id: \"a-rule\" inconsistent: SEVERITY_INFO }"}});
  ASSERT_TRUE(weaker.ok()) << weaker.status();
  EXPECT_EQ(weaker->rules.front().inconsistent(), config::v1::SEVERITY_INFO);
  EXPECT_EQ(weaker->rules.front().truncated(), config::v1::SEVERITY_UNSPECIFIED);
  const auto off = ParseRulePacks(
      {{"a.textproto", kRule}, {"b.textproto", "settings { rule_id: \"a-rule\" off: true }"}});
  ASSERT_TRUE(off.ok()) << off.status();
  EXPECT_TRUE(off->rules.empty());
  EXPECT_TRUE(off->places.empty());
}

TEST(RulePackTest, RefusesSettingsWithTheirPlace) {
  for (const auto& [settings, message] : {
           std::pair("settings { rule_id: \"none\" off: true }",
                     "b.textproto:1:12: there is no rule \"none\" to set"),
           std::pair("settings { rule_id: \"a-rule\" }",
                     "b.textproto:1:12: a setting needs either off or a severity"),
           std::pair("settings { rule_id: \"a-rule\" off: true truncated: SEVERITY_INFO }",
                     "b.textproto:1:30: a setting needs either off or a severity"),
           std::pair("settings { rule_id: \"a-rule\" truncated: SEVERITY_INFO }\n"
                     "settings { rule_id: \"a-rule\" off: true }",
                     "b.textproto:2:12: rule \"a-rule\" is set twice"),
       }) {
    const auto packs = ParseRulePacks({{"a.textproto", kRule}, {"b.textproto", settings}});
    ASSERT_FALSE(packs.ok()) << settings;
    EXPECT_EQ(std::string(packs.status().message()), message);
  }
}

TEST(RulePackTest, RefusesAnIdThatStandsTwice) {
  const auto rules = ParseRulePacks({{"a.textproto", kRule}, {"b.textproto", kRule}});
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(std::string(rules.status().message()),
            "b.textproto:2:3: rule \"a-rule\" stands twice, first at a.textproto:1:1");
}

}  // namespace
}  // namespace crossfoot::rules
