#include "rules/engine/localization.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/decimal.h"
#include "core/rational.h"

namespace crossfoot::rules {

using config::v1::Rule;
using core::Figure;
using core::Interval;
using core::Rational;
using core::Verdict;

bool Holds(Verdict verdict) {
  return verdict == Verdict::kExact || verdict == Verdict::kWithinRounding ||
         verdict == Verdict::kTruncated || verdict == Verdict::kUndetermined;
}

bool Proves(Verdict verdict) {
  return verdict == Verdict::kExact || verdict == Verdict::kWithinRounding;
}

Localizer::Localizer(const FigureIndex& index, const std::vector<Evaluated>& evaluated,
                     int64_t budget)
    : index_(index), evaluated_(evaluated), budget_(budget) {
  checks_of_.resize(static_cast<size_t>(index_.size()));
  for (size_t i = 0; i < evaluated_.size() && !index_.stopped(); ++i) {
    for (const int32_t figure : evaluated_[i].binding.figures) {
      std::vector<int32_t>& checks = checks_of_[figure];
      if (checks.empty() || checks.back() != static_cast<int32_t>(i))
        checks.push_back(static_cast<int32_t>(i));
    }
  }
  FindPairs();
}

const std::vector<Correction>& Localizer::Corrections(int32_t figure) {
  auto [at, inserted] = corrections_.try_emplace(figure);
  if (inserted) at->second = CorrectionsOf(index_.figure(figure));
  return at->second;
}

Operand Localizer::Corrected(int32_t figure, const Correction& correction) const {
  return {correction.value, correction.quantum, index_.figure(figure).qualifier};
}

bool Localizer::HoldsWith(int32_t check, const std::map<int32_t, Operand>& replaced) {
  if (--budget_ < 0) return false;
  const Evaluated& evaluated = evaluated_[check];
  return Holds(Evaluate(*evaluated.rule, evaluated.binding, index_, &replaced).verdict);
}

bool Localizer::Includes(int32_t check, int32_t figure) const {
  const std::vector<int32_t>& figures = evaluated_[check].binding.figures;
  return std::find(figures.begin(), figures.end(), figure) != figures.end();
}

bool Localizer::RepairsAll(int32_t figure, const Correction& correction, int32_t partner) {
  const std::map<int32_t, Operand> replaced = {{figure, Corrected(figure, correction)}};
  const std::vector<int32_t>& checks = checks_of_[figure];
  return std::all_of(checks.begin(), checks.end(), [&](int32_t check) {
    return evaluated_[check].outcome.verdict == Verdict::kNotApplicable ||
           (partner >= 0 && Includes(check, partner)) || HoldsWith(check, replaced);
  });
}

// ---- Two misprints in one check

bool Localizer::FailsWithout(int32_t figure, int32_t other) const {
  const std::vector<int32_t>& checks = checks_of_[figure];
  return std::any_of(checks.begin(), checks.end(), [&](int32_t check) {
    return evaluated_[check].outcome.verdict == Verdict::kInconsistent && !Includes(check, other);
  });
}

void Localizer::FindPairs() {
  for (size_t i = 0; i < evaluated_.size() && !index_.stopped(); ++i) {
    if (evaluated_[i].outcome.verdict == Verdict::kInconsistent) FindPair(static_cast<int32_t>(i));
  }
}

void Localizer::FindPair(int32_t check) {
  constexpr size_t kMostFigures = 8, kMostCorrections = 16;
  // Only what fails without the other as well is evidence against both.
  std::vector<int32_t> figures;
  for (const int32_t figure : evaluated_[check].binding.figures) {
    if (index_.Earlier(figure) || joint_.contains(figure)) continue;
    if (std::find(figures.begin(), figures.end(), figure) == figures.end())
      figures.push_back(figure);
  }
  std::erase_if(figures, [&](int32_t figure) {
    const std::vector<int32_t>& checks = checks_of_[figure];
    return std::count_if(checks.begin(), checks.end(), [&](int32_t other) {
             return evaluated_[other].outcome.verdict == Verdict::kInconsistent;
           }) < 2;
  });
  if (figures.size() < 2 || figures.size() > kMostFigures) return;
  for (const int32_t figure : figures) {
    for (const Correction& correction : Corrections(figure)) {
      if (RepairsAll(figure, correction)) return;  // one is enough
    }
  }
  std::optional<std::pair<int32_t, int32_t>> found;
  std::pair<const Correction*, const Correction*> repairs;
  for (size_t i = 0; i < figures.size(); ++i) {
    for (size_t j = i + 1; j < figures.size(); ++j) {
      const int32_t a = figures[i], b = figures[j];
      if (!FailsWithout(a, b) || !FailsWithout(b, a)) continue;
      const auto candidates = [&](int32_t figure, int32_t partner) {
        std::vector<const Correction*> kept;
        for (const Correction& correction : Corrections(figure)) {
          if (RepairsAll(figure, correction, partner)) kept.push_back(&correction);
        }
        return kept;
      };
      const std::vector<const Correction*> of_a = candidates(a, b);
      if (of_a.empty() || of_a.size() > kMostCorrections) continue;
      const std::vector<const Correction*> of_b = candidates(b, a);
      if (of_b.empty() || of_b.size() > kMostCorrections) continue;
      const auto together = [&](const Correction& first, const Correction& second) {
        const std::map<int32_t, Operand> replaced = {{a, Corrected(a, first)},
                                                     {b, Corrected(b, second)}};
        return std::all_of(checks_of_[a].begin(), checks_of_[a].end(), [&](int32_t shared) {
          return !Includes(shared, b) ||
                 evaluated_[shared].outcome.verdict == Verdict::kNotApplicable ||
                 HoldsWith(shared, replaced);
        });
      };
      bool fits = false;
      for (const Correction* first : of_a) {
        for (const Correction* second : of_b) {
          if (fits || !together(*first, *second)) continue;
          fits = true;
          if (found) return;  // another pair explains it as well
          found = {a, b};
          repairs = {first, second};
        }
      }
    }
  }
  if (!found) return;
  joint_[found->first] = {found->second, repairs.first};
  joint_[found->second] = {found->first, repairs.second};
}

// ---- One

bool Localizer::ReachesEarlier(const Evaluated& evaluated) const {
  const std::vector<int32_t>& figures = evaluated.binding.figures;
  return std::any_of(figures.begin(), figures.end(),
                     [&](int32_t figure) { return index_.Earlier(figure); });
}

bool Localizer::RestatesEarlier(const Evaluated& evaluated) const {
  return evaluated.rule->relation_case() == Rule::kRestatement && ReachesEarlier(evaluated);
}

bool Localizer::LooksLikeRevision(const Evaluated& evaluated) {
  const Figure& now = index_.figure(evaluated.binding.figures[0]);
  const Figure& then = index_.figure(evaluated.binding.figures[1]);
  const bool percentage = now.unit == "%" || now.unit == "pp";
  const Rational most = percentage ? Rational(core::Decimal(5, -1))
                                   : then.value.Abs() * Rational(core::Decimal(5, -2));
  if (!RestatesEarlier(evaluated)) return evaluated.outcome.imbalance < most;
  if (most < (now.value - then.value).Abs()) return false;
  const std::vector<Correction>& corrections = Corrections(evaluated.binding.figures[0]);
  return std::none_of(corrections.begin(), corrections.end(), [&](const Correction& correction) {
    return correction.kind == MisprintKind::kSwapped && correction.value == then.value;
  });
}

Localizer::Suspect Localizer::Find(int32_t check) {
  const Evaluated& evaluated = evaluated_[check];
  std::vector<Suspect> suspects;
  bool explained = false;
  std::set<int32_t> tried;
  for (const int32_t figure : evaluated.binding.figures) {
    // What is published is not what is checked.
    if (index_.Earlier(figure) || !tried.insert(figure).second) continue;
    Suspect suspect;
    suspect.figure = figure;
    for (const int32_t other : checks_of_[figure]) {
      const Verdict verdict = evaluated_[other].outcome.verdict;
      if (verdict == Verdict::kInconsistent) ++suspect.failed;
      if (Proves(verdict)) ++suspect.passed;
    }
    if (const auto joint = joint_.find(figure); joint != joint_.end()) {
      suspect.correction = joint->second.correction;
      explained = true;
    }
    const std::vector<Correction>& corrections = Corrections(figure);
    for (size_t i = 0; i < corrections.size() && suspect.correction == nullptr; ++i) {
      if (--budget_ < 0) break;
      // A release repeats the digits of the one before.
      if (RestatesEarlier(evaluated) &&
          corrections[i].value != index_.figure(evaluated.binding.figures[1]).value) {
        continue;
      }
      const std::map<int32_t, Operand> replaced = {{figure, Corrected(figure, corrections[i])}};
      if (!Proves(Evaluate(*evaluated.rule, evaluated.binding, index_, &replaced).verdict))
        continue;
      // A slip of ten thousand explains too much of what only looks alike.
      explained |= IsOfDigits(corrections[i].kind);
      if (RepairsAll(figure, corrections[i])) suspect.correction = &corrections[i];
    }
    suspects.push_back(suspect);
  }
  Suspect none;
  none.explained = explained;
  auto better = [](const Suspect& a, const Suspect& b) {
    if ((a.correction != nullptr) != (b.correction != nullptr)) return a.correction != nullptr;
    if (a.failed != b.failed) return a.failed > b.failed;
    return a.passed < b.passed;
  };
  std::stable_sort(suspects.begin(), suspects.end(), better);
  if (suspects.empty()) return none;
  // The other side is not among the suspects, so there must be more than its absence.
  if (ReachesEarlier(evaluated) && suspects[0].correction == nullptr) return none;
  if (suspects.size() > 1 && !better(suspects[0], suspects[1])) {
    // Of two that are both wrong, either may stand for the check that they share.
    const auto joint = joint_.find(suspects[0].figure);
    if (joint == joint_.end() || joint->second.partner != suspects[1].figure) return none;
  }
  suspects.front().explained = explained;
  return suspects.front();
}

// ---- What it may be

namespace {

// What makes the left side of a check follow from one figure on the right side is, in all relations
// that compute a value, a quotient of two linear functions of it: three points tell all of it.
struct Point {
  Rational x, y;
};

// The x of `y`; nullopt at a pole, or when the points tell nothing.
std::optional<Rational> Invert(const Point (&points)[3], const Rational& y) {
  const auto& [a, b, c] = points;
  if (a.y == b.y || b.y == c.y || a.y == c.y) return std::nullopt;
  if (y == c.y) return c.x;
  // The cross-ratio of four points stays the same: (x−a)(b−c) ÷ (x−c)(b−a).
  const Rational ratio = ((y - a.y) * (b.y - c.y)) / ((y - c.y) * (b.y - a.y));
  const Rational factor = (b.x - c.x) - ratio * (b.x - a.x);
  if (factor.zero()) return std::nullopt;
  return (a.x * (b.x - c.x) - ratio * c.x * (b.x - a.x)) / factor;
}

bool Computes(Rule::RelationCase relation) {
  switch (relation) {
    case Rule::kRestatement:
    case Rule::kSum:
    case Rule::kShare:
    case Rule::kGrowthGap:
    case Rule::kGrowthMix:
    case Rule::kContributions:
    case Rule::kMovement:
    case Rule::kChangeGrowth:
    case Rule::kIndexChange:
    case Rule::kCommonBase:
    case Rule::kIdentity:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<Interval> Localizer::Admissible(int32_t check, int32_t figure) const {
  const Evaluated& evaluated = evaluated_[check];
  const std::vector<int32_t>& figures = evaluated.binding.figures;
  if (!Computes(evaluated.rule->relation_case())) return std::nullopt;
  const auto at = [&](const Rational& value) {
    const std::map<int32_t, Operand> replaced = {{figure, Operand::Exact(value)}};
    return Evaluate(*evaluated.rule, evaluated.binding, index_, &replaced);
  };
  const Figure& printed = index_.figure(figure);
  const Rational unit(printed.quantum.zero() ? core::Decimal(1) : printed.quantum);
  std::optional<Interval> found;
  if (figures.front() == figure) {
    if (std::count(figures.begin(), figures.end(), figure) > 1) return std::nullopt;
    found = evaluated.outcome.right;
  } else {
    if (!evaluated.outcome.left.bounded()) return std::nullopt;
    Point lo[3], hi[3];
    for (int i = 0; i < 3; ++i) {
      const Rational x = printed.value * Rational(i + 1) + unit * Rational(i * i);
      const Interval right = at(x).right;
      if (!right.bounded()) return std::nullopt;
      lo[i] = {x, right.lo().value};
      hi[i] = {x, right.hi().value};
    }
    const std::optional<Rational> first = Invert(lo, evaluated.outcome.left.hi().value);
    const std::optional<Rational> second = Invert(hi, evaluated.outcome.left.lo().value);
    if (!first || !second) return std::nullopt;
    found = *first < *second ? Interval(core::Bound::Closed(*first), core::Bound::Closed(*second))
                             : Interval(core::Bound::Closed(*second), core::Bound::Closed(*first));
  }
  if (!found->bounded()) return std::nullopt;
  // Inside it the check holds, well outside it does not: it is what it claims to be.
  const Rational& start = found->lo().value;
  const Rational& end = found->hi().value;
  const Rational beyond = (end - start + unit) * Rational(2);
  const bool sound = Holds(at((start + end) / Rational(2)).verdict) &&
                     !Holds(at(start - beyond).verdict) && !Holds(at(end + beyond).verdict);
  if (!sound) return std::nullopt;
  return found;
}

std::optional<Interval> Localizer::Admissible(int32_t figure) const {
  std::optional<Interval> common;
  for (const int32_t check : checks_of_[figure]) {
    if (evaluated_[check].outcome.verdict != Verdict::kInconsistent) continue;
    const std::optional<Interval> one = Admissible(check, figure);
    if (!one) continue;
    common = common ? common->Intersect(*one) : one;
    if (!common) return std::nullopt;
  }
  return common;
}

}  // namespace crossfoot::rules
