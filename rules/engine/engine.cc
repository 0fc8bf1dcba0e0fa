#include "rules/engine/engine.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"
#include "rules/engine/figure_index.h"
#include "rules/engine/localization.h"
#include "rules/engine/message.h"
#include "rules/engine/misprint.h"
#include "rules/engine/rule_pack.h"

namespace crossfoot::rules {
namespace {

using config::v1::Rule;
using core::Check;
using core::Figure;
using core::Finding;
using core::Severity;
using core::ToAbsl;
using core::Verdict;

Severity ToSeverity(config::v1::Severity severity) {
  switch (severity) {
    case config::v1::SEVERITY_INFO:
      return Severity::kInfo;
    case config::v1::SEVERITY_WARNING:
      return Severity::kWarning;
    case config::v1::SEVERITY_ERROR:
      return Severity::kError;
    default:
      return Severity::kUnspecified;
  }
}

// FNV-1a, so that fingerprints are the same on every platform.
uint64_t Hash(std::string_view text) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 1099511628211u;
  return hash;
}

// One run, with all that it makes on its way.
class Application {
 public:
  // The figures from `own` on are of earlier reports.
  Application(const RulePacks& packs, const Taxonomy& taxonomy, const std::vector<Figure>& figures,
              size_t own, const EngineOptions& options)
      : packs_(packs),
        index_(figures, taxonomy, static_cast<int32_t>(own), options.cancellation),
        binder_(index_, packs.expressions),
        options_(options) {}

  EngineResult Execute() {
    BindAll();
    if (core::Stopped(options_.cancellation)) return std::move(result_);
    localizer_.emplace(index_, evaluated_, options_.max_repair_evaluations);
    result_.checks.reserve(evaluated_.size());
    for (const size_t i : core::Steps(evaluated_.size(), options_.cancellation))
      Report(static_cast<int32_t>(i));
    if (core::Stopped(options_.cancellation)) return std::move(result_);
    MergeByCause();
    std::stable_sort(result_.findings.begin(), result_.findings.end(),
                     [&](const Finding& a, const Finding& b) {
                       if (a.severity != b.severity) return a.severity > b.severity;
                       return a.figures.front() < b.figures.front();
                     });
    return std::move(result_);
  }

 private:
  void BindAll() {
    int64_t operands = 0;
    for (const Rule& rule : packs_.rules) {
      bound_.clear();
      bound_ = binder_.Bind(rule);
      for (const size_t at : core::Steps(bound_.size(), options_.cancellation)) {
        Alternatives& alternatives = bound_[at];
        std::optional<Evaluated> best;
        for (Binding& binding : alternatives) {
          Evaluated evaluated{&rule, std::move(binding), {}};
          operands += static_cast<int64_t>(evaluated.binding.figures.size());
          if (operands > options_.max_operands) {
            evaluated_.push_back(Unevaluated(std::move(evaluated)));
            return;
          }
          evaluated.outcome = Evaluate(rule, evaluated.binding, index_);
          const bool holds = Holds(evaluated.outcome.verdict);
          if (holds || !best) {
            const bool first = !best;
            best = std::move(evaluated);
            if (holds) {
              if (!first) best->binding.inferred = true;
              break;
            }
          }
        }
        if (!best) continue;
        std::vector<int32_t> key = best->binding.figures;
        std::sort(key.begin() + 1, key.end());
        key.push_back(static_cast<int32_t>(rule.relation_case()));
        if (!seen_.insert(std::move(key)).second) continue;
        if (!best->binding.not_applicable_zh.empty() && !Holds(best->outcome.verdict)) {
          best->outcome.verdict = Verdict::kNotApplicable;
          CheckImpliedBase(*best);
        }
        evaluated_.push_back(std::move(*best));
      }
      if (core::Stopped(options_.cancellation)) return;
    }
    bound_.clear();
    seen_.clear();
  }

  // The check at which the limit was reached.
  Evaluated Unevaluated(Evaluated evaluated) const {
    evaluated.outcome.verdict = Verdict::kUndetermined;
    evaluated.binding.note_zh =
        absl::StrCat("核对所涉数据已达上限 max_operands=", options_.max_operands, "，其余未核对");
    evaluated.binding.note_en = absl::StrCat("the limit max_operands=", options_.max_operands,
                                             " was reached; no more was checked");
    return evaluated;
  }

  // A share of another base still implies that base; it cannot be smaller than a part of it.
  void CheckImpliedBase(Evaluated& evaluated) {
    if (evaluated.rule->relation_case() != Rule::kShare) return;
    const Figure& share = index_.figure(evaluated.binding.figures[0]);
    const Figure& part = index_.figure(evaluated.binding.figures[1]);
    const Figure& whole = index_.figure(evaluated.binding.figures[2]);
    if (share.value.sign() <= 0) return;
    const core::Interval implied =
        OperandOf(part).Admits(core::Reading::kRounded) /
        (OperandOf(share).Admits(core::Reading::kRounded) * core::Rational(core::Decimal(1, -2)));
    if (implied.hi().infinite) return;
    for (const int32_t other : FigureIndex::Nearest(index_.Alike(evaluated.binding.figures[1]),
                                                    evaluated.binding.figures[1], 48)) {
      const Figure& figure = index_.figure(other);
      if (other == evaluated.binding.figures[2] || figure.indicator != whole.indicator ||
          figure.sector != whole.sector || !FigureIndex::PeriodsAgree(figure, whole) ||
          index_.taxonomy().NationName(figure.ref_area) ||
          figure.qualifier != core::Qualifier::kExact) {
        continue;
      }
      // A half is left to what the other base may leave out.
      if (figure.value * core::Rational(core::Decimal(5, -1)) > implied.hi().value) {
        evaluated.outcome.verdict = Verdict::kInconsistent;
        const std::string base = PrintLike(implied.hi().value, part);
        evaluated.binding.note_zh = absl::StrCat("隐含的基数至多 ", base, "，小于其中 ",
                                                 ToAbsl(figure.ref_area), " 一项 ", figure.content);
        evaluated.binding.note_en =
            absl::StrCat("the implied base is at most ", base, ", less than ", figure.content,
                         " of ", ToAbsl(figure.ref_area), " alone");
        evaluated.binding.inferred = false;
        implied_.insert(evaluated.binding.figures[0]);
        return;
      }
    }
  }

  Severity SeverityOf(const Evaluated& evaluated) const {
    const Rule& rule = *evaluated.rule;
    switch (evaluated.outcome.verdict) {
      case Verdict::kInconsistent:
        if (implied_.contains(evaluated.binding.figures[0]) &&
            rule.relation_case() == Rule::kShare) {
          return Severity::kWarning;
        }
        return ToSeverity(evaluated.binding.inferred ? rule.inconsistent_inferred()
                                                     : rule.inconsistent());
      case Verdict::kWithinRounding:
        return evaluated.binding.inferred ? Severity::kUnspecified
                                          : ToSeverity(rule.within_rounding());
      case Verdict::kTruncated:
        return ToSeverity(rule.truncated());
      default:
        return Severity::kUnspecified;
    }
  }

  // A share of figures so coarse that nearly any misprint would explain it proves nothing.
  static bool TooCoarse(const Evaluated& evaluated) {
    const Rule::RelationCase relation = evaluated.rule->relation_case();
    if (relation != Rule::kShare && relation != Rule::kCommonBase) return false;
    const core::Interval& right = evaluated.outcome.right;
    if (!right.bounded()) return true;
    const core::Rational width = right.hi().value - right.lo().value;
    return width > evaluated.outcome.expected.Abs() * core::Rational(core::Decimal(3, -2));
  }

  MessageArguments ArgumentsOf(const Evaluated& evaluated, const std::string& expression,
                               const std::string& note) const {
    const Figure& left = index_.figure(evaluated.binding.figures[0]);
    MessageArguments arguments;
    arguments.expression = expression;
    arguments.left = left.content;
    arguments.expected = evaluated.outcome.expected.RoundedTo(4).ToString();
    arguments.imbalance = evaluated.outcome.imbalance.RoundedTo(4).ToString();
    arguments.names = NameOf(left);
    arguments.note = note;
    arguments.parts = static_cast<int64_t>(evaluated.binding.figures.size()) - 1;
    return arguments;
  }

  static std::string NameOf(const Figure& figure) {
    std::string name = figure.ref_area;
    if (figure.sector != figure.indicator) name += figure.sector.view();
    return name + figure.indicator;
  }

  void Report(int32_t index) {
    const Evaluated& evaluated = evaluated_[index];
    Severity severity = SeverityOf(evaluated);
    Localizer::Suspect suspect;
    // What is told for information alone blames nobody.
    if (evaluated.outcome.verdict == Verdict::kInconsistent && severity > Severity::kInfo) {
      suspect = localizer_->Find(index);
      if (localizer_->ReachesEarlier(evaluated) && localizer_->LooksLikeRevision(evaluated))
        severity = Severity::kInfo;
    }
    // Bound by likeness and not explained by a misprint: these figures were never meant to agree.
    if (evaluated.outcome.verdict == Verdict::kInconsistent && evaluated.binding.inferred &&
        (!suspect.explained || TooCoarse(evaluated))) {
      return;
    }
    Check check;
    check.id = absl::StrCat("c", result_.checks.size() + 1);
    check.rule_id = evaluated.rule->id();
    check.verdict = evaluated.outcome.verdict;
    check.figures = evaluated.binding.figures;
    check.roles = evaluated.binding.roles;
    check.left = evaluated.outcome.left;
    check.right = evaluated.outcome.right;
    check.imbalance = evaluated.outcome.imbalance;
    check.expression_zh =
        Express(*evaluated.rule, evaluated.binding, evaluated.outcome, index_, false);
    check.expression_en =
        Express(*evaluated.rule, evaluated.binding, evaluated.outcome, index_, true);
    const bool off = evaluated.outcome.verdict == Verdict::kNotApplicable;
    const Binding& binding = evaluated.binding;
    check.note_zh = off ? binding.not_applicable_zh : binding.note_zh;
    check.note_en = off ? binding.not_applicable_en : binding.note_en;
    const auto check_index = static_cast<int32_t>(result_.checks.size());
    result_.checks.push_back(std::move(check));
    if (severity == Severity::kUnspecified) return;
    Finding finding;
    finding.rule_id = evaluated.rule->id();
    finding.severity = severity;
    finding.checks = {check_index};
    finding.figures = evaluated.binding.figures;
    finding.suspect = suspect.figure;
    if (suspect.figure >= 0) finding.admissible = localizer_->Admissible(suspect.figure);
    const Check& made = result_.checks[check_index];
    finding.message_zh = FormatMessage(evaluated.rule->message_zh(), MessageLanguage::kChinese,
                                       ArgumentsOf(evaluated, made.expression_zh, binding.note_zh));
    finding.message_en = FormatMessage(evaluated.rule->message_en(), MessageLanguage::kEnglish,
                                       ArgumentsOf(evaluated, made.expression_en, binding.note_en));
    if (suspect.correction != nullptr) {
      finding.repairs.push_back({suspect.figure, suspect.correction->digits,
                                 std::string(DescribeZh(suspect.correction->kind)),
                                 std::string(DescribeEn(suspect.correction->kind))});
    }
    finding.fingerprint = Fingerprint(evaluated);
    result_.findings.push_back(std::move(finding));
  }

  // One wrong figure breaks every relation that it takes part in: the findings that its repair
  // settles become one, with the checks of all.
  void MergeByCause() {
    std::vector<Finding>& findings = result_.findings;
    // The finding that stands for a suspect: the most severe, the first among equals.
    std::map<int32_t, size_t> by_suspect;
    auto stands_before = [&](size_t a, size_t b) {
      if (findings[a].repairs.empty() != findings[b].repairs.empty())
        return !findings[a].repairs.empty();
      return findings[a].severity > findings[b].severity;
    };
    for (size_t i = 0; i < findings.size(); ++i) {
      if (findings[i].suspect < 0) continue;
      const auto [at, inserted] = by_suspect.try_emplace(findings[i].suspect, i);
      if (!inserted && stands_before(i, at->second)) at->second = i;
    }
    std::vector<bool> merged(findings.size(), false);
    for (size_t i = 0; i < findings.size(); ++i) {
      const Finding& finding = findings[i];
      size_t cause = i;
      if (finding.suspect >= 0) {
        cause = by_suspect.at(finding.suspect);
      } else {
        // Its figures explain it equally well, but one of them is to be repaired anyway.
        for (const int32_t figure : finding.figures) {
          const auto at = by_suspect.find(figure);
          if (cause == i && at != by_suspect.end() && !findings[at->second].repairs.empty())
            cause = at->second;
        }
      }
      if (cause == i) continue;
      merged[i] = true;
      Finding& kept = findings[cause];
      kept.severity = std::max(kept.severity, finding.severity);
      kept.checks.insert(kept.checks.end(), finding.checks.begin(), finding.checks.end());
      for (const int32_t figure : finding.figures) {
        if (std::find(kept.figures.begin(), kept.figures.end(), figure) == kept.figures.end())
          kept.figures.push_back(figure);
      }
    }
    size_t at = 0;
    std::erase_if(findings, [&](const Finding&) { return merged[at++]; });
  }

  std::string Fingerprint(const Evaluated& evaluated) const {
    std::string facts = evaluated.rule->id();
    for (size_t i = 0; i < evaluated.binding.figures.size(); ++i) {
      const Figure& figure = index_.figure(evaluated.binding.figures[i]);
      absl::StrAppend(&facts, "|", evaluated.binding.roles[i], ":", NameOf(figure), ":",
                      core::ToAbsl(core::ToString(figure.kind)), ":",
                      FigureIndex::PeriodKey(figure));
    }
    return absl::StrFormat("%016x", Hash(facts));
  }

  const RulePacks& packs_;
  FigureIndex index_;
  Binder binder_;
  const EngineOptions options_;
  std::vector<Alternatives> bound_;  // of the rule in work
  // By relation and figures: packs may reach a tuple in several ways.
  std::set<std::vector<int32_t>> seen_;
  std::vector<Evaluated> evaluated_;
  std::optional<Localizer> localizer_;
  std::set<int32_t> implied_;  // shares whose implied base is impossible
  EngineResult result_;
};

EngineResult Apply(const RulePacks& packs, const Taxonomy& taxonomy,
                   const std::vector<Figure>& figures, size_t own, const EngineOptions& options) {
  auto application = std::make_unique<Application>(packs, taxonomy, figures, own, options);
  EngineResult result = application->Execute();
  if (core::Stopped(options.cancellation)) options.cancellation->Leave(std::move(application));
  return result;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Engine>> Engine::Create(const std::vector<DataFile>& files) {
  absl::StatusOr<RulePacks> packs = LoadRulePacks(files);
  if (!packs.ok()) return packs.status();
  absl::StatusOr<std::unique_ptr<const Taxonomy>> taxonomy = Taxonomy::Load();
  if (!taxonomy.ok()) return taxonomy.status();
  return std::make_unique<const Engine>(*std::move(packs), *std::move(taxonomy));
}

std::string Engine::SeriesNameOf(const Figure& figure) const {
  return taxonomy_->Normalize(FigureIndex::StatisticName(figure));
}

EngineResult Engine::Run(const std::vector<Figure>& figures, const EngineOptions& options,
                         const std::vector<const Figure*>& earlier) const {
  if (earlier.empty()) {
    return Apply(packs_, *taxonomy_, figures, figures.size(), options);
  }
  // Only the earlier figures that state a fact of this report matter.
  std::set<std::string> facts, flows;
  for (const Figure& figure : figures) {
    facts.insert(FigureIndex::FactOf(figure, *taxonomy_));
    facts.insert(FigureIndex::YearBeforeOf(figure, *taxonomy_));
    flows.insert(FigureIndex::FlowOf(figure, *taxonomy_));
    if (figure.links.rate >= 0)
      facts.insert(FigureIndex::ReferenceOf(figure, figures[figure.links.rate], *taxonomy_));
  }
  facts.erase("");
  flows.erase("");
  std::vector<Figure> all = figures;
  std::vector<size_t> origins;
  for (size_t i = 0; i < earlier.size(); ++i) {
    if (!facts.contains(FigureIndex::FactOf(*earlier[i], *taxonomy_)) &&
        !flows.contains(FigureIndex::FlowOf(*earlier[i], *taxonomy_))) {
      continue;
    }
    all.push_back(*earlier[i]);
    origins.push_back(i);
  }
  EngineResult result = Apply(packs_, *taxonomy_, all, figures.size(), options);
  if (core::Stopped(options.cancellation)) options.cancellation->Leave(std::move(all));
  // Number those that are cited in the order of the checks.
  std::map<int32_t, int32_t> cited;
  const auto own = static_cast<int32_t>(figures.size());
  const auto renumber = [&](std::vector<int32_t>& indices) {
    for (int32_t& index : indices) {
      if (index < own) continue;
      const auto [at, inserted] =
          cited.try_emplace(index, own + static_cast<int32_t>(result.cited.size()));
      if (inserted) result.cited.push_back(origins[index - own]);
      index = at->second;
    }
  };
  for (Check& check : result.checks) renumber(check.figures);
  for (Finding& finding : result.findings) renumber(finding.figures);
  return result;
}

}  // namespace crossfoot::rules
