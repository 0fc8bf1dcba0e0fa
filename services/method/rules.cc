#include "services/method/rules.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cancellation.h"
#include "core/error.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "services/method/field_error.h"
#include "services/method/page.h"
#include "services/method/reading.h"
#include "services/report/language.h"
#include "services/report/rule_response.h"
#include "services/validation/rule_examples.h"

namespace crossfoot::method {
namespace {

using validation::Pipeline;

constexpr std::string_view kRules = "rules/";
constexpr std::string_view kRulePacks = "rulePacks/";
constexpr std::string_view kDefaultFileName = "rules.textproto";
constexpr size_t kMaxFileNameBytes = 255;
constexpr size_t kMaxRulePackBytes = size_t{4} << 20;

}  // namespace

absl::StatusOr<v1::ListRulePacksResponse> ListRulePacks(const Call& call,
                                                        const v1::ListRulePacksRequest& request) {
  const Pipeline& pipeline = call.pipeline;
  std::vector<v1::RulePack> packs;
  for (const std::string& place : pipeline.rule_places()) {
    const std::string name = report::RulePackName(place);
    auto pack = std::find_if(packs.begin(), packs.end(),
                             [&](const v1::RulePack& other) { return other.name() == name; });
    if (pack == packs.end()) {
      packs.emplace_back().set_name(name);
      pack = packs.end() - 1;
    }
    pack->set_rule_count(pack->rule_count() + 1);
  }
  const absl::StatusOr<Page> page =
      PageOf(packs.size(), request.page_size(), request.page_token(), kRulePacks);
  if (!page.ok()) return page.status();
  v1::ListRulePacksResponse response;
  for (size_t i = page->begin; i < page->end; ++i) *response.add_rule_packs() = std::move(packs[i]);
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<v1::ListRulesResponse> ListRules(const Call& call,
                                                const v1::ListRulesRequest& request) {
  const Pipeline& pipeline = call.pipeline;
  const absl::StatusOr<report::Language> language = ParseLanguage(request.language(), "language");
  if (!language.ok()) return language.status();
  std::vector<size_t> wanted;
  for (size_t i = 0; i < pipeline.rules().size(); ++i) {
    if (request.rule_pack().empty() ||
        report::RulePackName(pipeline.rule_places()[i]) == request.rule_pack())
      wanted.push_back(i);
  }
  if (wanted.empty() && !request.rule_pack().empty())
    return FieldError("rule_pack", "no pack in force has this name");
  const absl::StatusOr<Page> page = PageOf(wanted.size(), request.page_size(), request.page_token(),
                                           std::string(kRules) + request.rule_pack());
  if (!page.ok()) return page.status();
  v1::ListRulesResponse response;
  for (size_t i = page->begin; i < page->end; ++i) {
    *response.add_rules() =
        report::ToRule(pipeline.rules()[wanted[i]], pipeline.rule_places()[wanted[i]], *language);
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<v1::Rule> GetRule(const Call& call, const v1::GetRuleRequest& request) {
  const Pipeline& pipeline = call.pipeline;
  const absl::StatusOr<report::Language> language = ParseLanguage(request.language(), "language");
  if (!language.ok()) return language.status();
  if (request.name().empty()) return FieldError("name", "empty; set it to \"rules/…\"");
  for (size_t i = 0; i < pipeline.rules().size(); ++i) {
    const config::v1::Rule& rule = pipeline.rules()[i];
    if (report::RuleName(rule.id()) != request.name()) continue;
    return report::ToRuleWithExamples(rule, pipeline.rule_places()[i], *language);
  }
  return core::MakeError(core::ErrorReason::kRuleNotFound,
                         "no rule is called \"" + request.name() + "\"; ListRules lists them",
                         {{"name", request.name()}});
}

absl::StatusOr<v1::TestRulesResponse> TestRules(const Call& call,
                                                const v1::TestRulesRequest& request) {
  if (request.rule_pack_text().empty()) return FieldError("rule_pack_text", "empty");
  if (request.rule_pack_text().size() > kMaxRulePackBytes)
    return FieldError("rule_pack_text", "longer than 4 MiB");
  if (request.file_name().size() > kMaxFileNameBytes)
    return FieldError("file_name", "longer than 255 bytes");
  const std::string file =
      request.file_name().empty() ? std::string(kDefaultFileName) : request.file_name();
  const absl::StatusOr<std::unique_ptr<Pipeline>> candidate =
      call.pipeline.With({{file, request.rule_pack_text()}});
  if (!candidate.ok()) return candidate.status();
  v1::TestRulesResponse response;
  const std::vector<config::v1::Rule>& rules = (*candidate)->rules();
  for (size_t i = call.pipeline.rules().size(); i < rules.size(); ++i) {
    for (const config::v1::Example& example : rules[i].examples()) {
      if (core::Stopped(call.cancellation)) return call.cancellation->status();
      const validation::ExampleResult result =
          validation::RunExample(**candidate, rules[i], example);
      v1::TestRulesResponse::ExampleResult* shown = response.add_results();
      shown->set_rule(report::RuleName(rules[i].id()));
      shown->set_title(example.name());
      shown->set_passed(result.problem.empty());
      shown->set_problem(result.problem);
      if (!result.problem.empty()) shown->set_evidence(result.evidence);
    }
  }
  for (const std::string& warning : validation::LintRules(**candidate)) {
    if (warning.compare(0, file.size() + 1, file + ":") == 0) response.add_warnings(warning);
  }
  return response;
}

}  // namespace crossfoot::method
