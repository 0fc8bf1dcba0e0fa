#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"
#include "rules/engine/misprint.h"
#include "rules/relations/equality.h"

// One fact, several places: which figures state the same.

namespace crossfoot::rules {
namespace {

using config::v1::Restatement;
using core::Attribute;
using core::Figure;
using core::FigureKind;
using core::Origin;
using core::Qualifier;
using core::ToAbsl;

constexpr size_t kNeighbours = FigureIndex::kNeighbours;
constexpr int32_t kSpread = FigureIndex::kSpread;
constexpr size_t kMostReports = 8;  // earlier statements of a fact that are tried
constexpr int kLikeName = 60;
constexpr int kSameName = 80;
constexpr int kHeadlineName = 65;   // headlines shorten names
constexpr int kBeforeHeading = 10;  // a name before the heading must be so much more alike

bool InTable(const Figure& figure) { return figure.sentence < 0; }

// Whether two figures are hedged alike, so that their printed digits can be compared.
bool HedgedAlike(const Figure& a, const Figure& b) {
  return a.qualifier == b.qualifier && a.qualifier != Qualifier::kRange;
}

Operand Printed(const Figure& figure) {
  Operand operand = OperandOf(figure);
  operand.qualifier = Qualifier::kExact;
  return operand;
}

bool Agree(const Figure& a, const Figure& b, bool printed) {
  const Operand operands[] = {printed ? Printed(a) : OperandOf(a),
                              printed ? Printed(b) : OperandOf(b)};
  return CheckEquality(operands).verdict != core::Verdict::kInconsistent;
}

Binding Restated(int32_t later, int32_t earlier, bool as_printed) {
  Binding binding;
  binding.figures = {later, earlier};
  binding.roles = {"statement", "statement"};
  binding.inferred = true;
  binding.as_printed = as_printed;
  return binding;
}

// Headlines leave out the period, so one that they do not print may be any.
bool PeriodPrinted(const Figure& figure) {
  return figure.evidence.origin(Attribute::kTimePeriod) == Origin::kPrinted;
}

// Whether words say of which place a figure is.
bool PlaceSaid(const Figure& figure) {
  return figure.evidence.origin(Attribute::kRefArea) != Origin::kAssumed;
}

// 2027年达到 in a headline, 到2027年达到 in the body.
bool SameEnd(const Figure& a, const Figure& b) {
  return a.time_period && b.time_period && a.time_period->end == b.time_period->end &&
         (core::Status::kTarget == a.status || core::Status::kTarget == b.status);
}

// Whether two figures are parts of wholes that are called alike, or of none: 工资性收入 of 城镇居民
// and of 农村居民 are two facts.
bool SameOwner(std::span<const Figure> figures, const Figure& a, const Figure& b) {
  const auto owner = [&](const Figure& figure) {
    const Figure& level = figure.links.level >= 0 ? figures[figure.links.level] : figure;
    if (level.links.whole < 0) return std::string();
    const Figure& whole = figures[level.links.whole];
    return absl::StrCat(FigureIndex::FullName(whole), "|", ToAbsl(whole.ref_area));
  };
  const std::string first = owner(a);
  const std::string second = owner(b);
  return first.empty() || second.empty() || first == second;
}

// Whether what rates and points are measured against is said of both of them where they stand: a
// heading or the opening of a paragraph may say 环比 for all that follows.
bool SameComparison(const Figure& a, const Figure& b) {
  if (a.kind == core::FigureKind::kLevel || a.kind == core::FigureKind::kShare) return true;
  const auto said = [](const Figure& figure) {
    const Origin origin = figure.evidence.origin(Attribute::kBasis);
    return origin == Origin::kPrinted || origin == Origin::kCarried;
  };
  return said(a) && said(b);
}

}  // namespace

std::vector<Alternatives> Binder::BindRestatement(Restatement::Between between) const {
  switch (between) {
    case Restatement::BETWEEN_PROSE:
      return BindProse();
    case Restatement::BETWEEN_STATEMENTS:
      return BindStatements();
    case Restatement::BETWEEN_REPORTS:
      return BindReports();
    case Restatement::BETWEEN_CONTENTS_AND_HEADINGS:
      return BindContents();
    default:
      return BindPlaces(between);
  }
}

std::vector<Alternatives> Binder::BindContents() const {
  std::vector<Alternatives> bindings;
  for (const int32_t at : index_.Each()) {
    const int32_t heading = index_.figure(at).links.entry_of;
    if (heading >= 0) bindings.push_back({Restated(at, heading, /*as_printed=*/true)});
  }
  return bindings;
}

// Figures with one name: each is compared with the one before it.
std::vector<Alternatives> Binder::BindProse() const {
  constexpr size_t kMinName = 3, kMinCountedName = 5;  // characters; counts are named loosely
  std::vector<Alternatives> bindings;
  const std::span<const Figure> figures = index_.figures();
  absl::flat_hash_map<std::string, int32_t> last;
  for (const size_t i : index_.Each()) {
    const Figure& figure = figures[i];
    const auto at = static_cast<int32_t>(i);
    if (figure.copy || InTable(figure) || figure.heading || !FigureIndex::StatesAFact(figure) ||
        figure.qualifier == Qualifier::kRange) {
      continue;
    }
    // A figure without a period may be of any; one that says what moves what is seldom repeated
    // for another.
    const std::string& period = index_.Period(at);
    if (figure.indicator.empty() || (period.empty() && figure.kind != FigureKind::kContribution) ||
        index_.Name(at).size() < (figure.counted ? kMinCountedName : kMinName)) {
      continue;
    }
    const std::string key = absl::StrCat(
        figure.article, "|", period, "|",
        FigureIndex::SeriesOf(figure, index_.taxonomy().Normalize(FigureIndex::FullName(figure))));
    auto [place, inserted] = last.try_emplace(key, at);
    if (inserted) continue;
    const int32_t before = place->second;
    place->second = at;
    // Small counts of the same thing are often of different ones: 新建学校3所.
    if (figure.counted && figure.qualifier == Qualifier::kExact &&
        std::min(FigureIndex::SignificantDigits(figure),
                 FigureIndex::SignificantDigits(figures[before])) < 3) {
      continue;
    }
    // Nobody says a thing twice in one paragraph: there it is of something else.
    if (figures[before].block == figure.block || at - before > kSpread) continue;
    if (figure.comparable_basis != figures[before].comparable_basis) continue;
    if (!SameOwner(figures, figure, figures[before]) || !SameComparison(figure, figures[before]))
      continue;
    bindings.push_back({Restated(at, before, /*as_printed=*/true)});
  }
  return bindings;
}

// Facts that earlier reports state.  Any of them may be revised, so one that agrees is enough.
std::vector<Alternatives> Binder::BindReports() const {
  std::vector<Alternatives> bindings;
  absl::flat_hash_map<std::string, std::vector<int32_t>> earlier;
  for (const int32_t at : index_.EachOrEarlier()) {
    if (!index_.Earlier(at)) continue;
    earlier[FigureIndex::FactOf(index_.figure(at), index_.taxonomy())].push_back(at);
  }
  if (earlier.empty()) return bindings;
  for (const int32_t at : index_.Each()) {
    const Figure& figure = index_.figure(at);
    const auto found = earlier.find(FigureIndex::FactOf(figure, index_.taxonomy()));
    if (found == earlier.end()) continue;
    Alternatives alternatives;
    for (const int32_t other : found->second) {
      // Small counts of the same thing are often of different ones.
      if (figure.counted && std::min(FigureIndex::SignificantDigits(figure),
                                     FigureIndex::SignificantDigits(index_.figure(other))) < 3) {
        continue;
      }
      alternatives.push_back(Restated(at, other, /*as_printed=*/true));
      if (alternatives.size() >= kMostReports) break;
    }
    if (!alternatives.empty()) bindings.push_back(std::move(alternatives));
  }
  return bindings;
}

// The prose that a table's figure or a heading's may repeat, by what they must have in common.
class Binder::Prose {
 public:
  // For headings or for rows, of which there must be some in the articles of `wanted`.
  Prose(const FigureIndex& index, bool headings, const absl::flat_hash_set<int32_t>& wanted)
      : index_(index) {
    const std::span<const Figure> figures = index.figures();
    for (const size_t i : index.Each()) {
      const Figure& figure = figures[i];
      if (figure.copy || figure.heading || InTable(figure) || !FigureIndex::StatesAFact(figure) ||
          !wanted.contains(figure.article)) {
        continue;
      }
      const auto at = static_cast<int32_t>(i);
      if (headings) {
        alike_[Key(figure)].push_back(at);
        continue;
      }
      named_[Key(figure, NameOf(figure))].push_back(at);
      if (!figure.sector.empty()) divided_[Key(figure, figure.sector)].push_back(at);
      if (figure.indicator != figure.sector) divided_[Key(figure, figure.indicator)].push_back(at);
    }
  }

  // Those behind a heading nearest first, then those before it.
  std::vector<int32_t> BehindHeading(int32_t heading) const {
    std::vector<int32_t> nearest = Nearest(alike_, Key(index_.figure(heading)), heading);
    std::stable_partition(nearest.begin(), nearest.end(),
                          [heading](int32_t other) { return other > heading; });
    return nearest;
  }

  // Those whose statistic or breakdown the row's label names, the likeliest first.
  std::vector<int32_t> OfRow(int32_t cell) const {
    const Figure& figure = index_.figure(cell);
    std::vector<int32_t> prose = Nearest(named_, Key(figure, NameOf(figure)), cell);
    if (figure.sector.empty()) return prose;
    const std::string breakdown = index_.taxonomy().Normalize(figure.sector);
    for (const auto& more : {Nearest(named_, Key(figure, breakdown), cell),
                             Nearest(divided_, Key(figure, figure.sector), cell)}) {
      for (const int32_t other : more) {
        if (std::find(prose.begin(), prose.end(), other) == prose.end()) prose.push_back(other);
      }
    }
    return prose;
  }

 private:
  using Lists = absl::flat_hash_map<std::string, std::vector<int32_t>>;

  std::string NameOf(const Figure& figure) const {
    return index_.taxonomy().Normalize(FigureIndex::StatisticName(figure));
  }
  static std::string Key(const Figure& figure, std::string_view name = "") {
    return absl::StrCat(figure.article, "|", static_cast<int>(figure.kind), "|",
                        ToAbsl(figure.unit), "|", ToAbsl(name));
  }
  static std::vector<int32_t> Nearest(const Lists& lists, const std::string& key, int32_t at) {
    const auto list = lists.find(key);
    if (list == lists.end()) return {};
    return FigureIndex::Nearest(list->second, at, kNeighbours);
  }

  const FigureIndex& index_;
  Lists alike_;    // by article, kind and unit
  Lists named_;    // and by name
  Lists divided_;  // or by breakdown or statistic alone
};

// A heading, caption or table cell and the prose that it fits.
std::vector<Alternatives> Binder::BindPlaces(Restatement::Between between) const {
  std::vector<Alternatives> bindings;
  const std::span<const Figure> figures = index_.figures();
  const bool headings = between == Restatement::BETWEEN_HEADING_AND_BODY;
  std::vector<int32_t> wanted;
  absl::flat_hash_set<int32_t> articles;
  for (const size_t i : index_.Each()) {
    const Figure& figure = figures[i];
    if (!(headings ? figure.heading : InTable(figure)) || figure.copy ||
        !FigureIndex::StatesAFact(figure)) {
      continue;
    }
    wanted.push_back(static_cast<int32_t>(i));
    articles.insert(figure.article);
  }
  if (wanted.empty()) return bindings;
  const Prose prose(index_, headings, articles);
  for (const int32_t at : wanted) {
    if (index_.stopped()) break;
    const Figure& figure = figures[at];
    Alternatives holding, failing;
    int best = 0;
    const std::u32string printed = index_.NormalName(FigureIndex::FullName(figure));
    for (const int32_t other : headings ? prose.BehindHeading(at) : prose.OfRow(at)) {
      const Figure& candidate = figures[other];
      // A headline often leaves it to the body to say that it speaks of a plan.
      if (!headings && figure.status != candidate.status) continue;
      const bool any_period = headings && !PeriodPrinted(figure);
      if (!any_period && !FigureIndex::PeriodsAgree(figure, candidate) &&
          !(headings && SameEnd(figure, candidate))) {
        continue;
      }
      if (figure.kind == FigureKind::kGrowthRate &&
          (figure.basis != candidate.basis ||
           figure.comparable_basis != candidate.comparable_basis))
        continue;
      int likeness = index_.Name(at) == index_.Name(other) ||
                             index_.NormalName(figure.sector) == index_.Name(other)
                         ? 100
                         : kSameName;
      if (figure.ref_area != candidate.ref_area &&
          (headings || (PlaceSaid(figure) && PlaceSaid(candidate))))
        continue;
      if (headings) {
        likeness = std::max(
            FigureIndex::Likeness(index_.Name(at), index_.Name(other)),
            FigureIndex::Likeness(printed, index_.NormalName(FigureIndex::FullName(candidate))));
        if (likeness < kLikeName) continue;
        if (other < at) likeness -= kBeforeHeading;
      }
      // Headlines leave hedges out.
      const bool as_printed =
          HedgedAlike(figure, candidate) || (headings && figure.qualifier == Qualifier::kExact &&
                                             candidate.qualifier != Qualifier::kRange);
      Binding binding = Restated(at, other, as_printed);
      if (Agree(figure, candidate, as_printed)) {
        holding.push_back(std::move(binding));
        break;
      }
      if (!binding.as_printed || likeness <= best) continue;
      best = likeness;
      failing.insert(failing.begin(), std::move(binding));
    }
    if (!holding.empty()) {
      bindings.push_back(std::move(holding));
    } else if (!failing.empty() && best >= (headings ? kHeadlineName : kSameName)) {
      failing.resize(1);
      bindings.push_back(std::move(failing));
    }
  }
  return bindings;
}

// Statements of several figures.  Those that agree in enough of them are of one fact, and then all
// of them must.
std::vector<Alternatives> Binder::BindStatements() const {
  constexpr size_t kMaxLike = 3;  // the last statements that share a number are compared
  const std::span<const Figure> figures = index_.figures();
  std::vector<std::vector<int32_t>> statements(figures.size());  // head and followers, by head
  for (const size_t i : index_.Each()) {
    const Figure& figure = figures[i];
    const auto at = static_cast<int32_t>(i);
    if (!index_.Usable(at) || figure.heading || figure.digits.empty()) continue;
    if (figure.kind == FigureKind::kLevel) statements[at].push_back(at);
    if (figure.kind == FigureKind::kGrowthRate && figure.links.level < 0)
      statements[at].push_back(at);
    const bool follows = figure.kind == FigureKind::kGrowthRate ||
                         figure.kind == FigureKind::kPointChange ||
                         figure.kind == FigureKind::kChange || figure.kind == FigureKind::kShare;
    const int32_t head = figure.links.level >= 0 ? figure.links.level : figure.links.rate;
    if (!follows || head < 0 || head == at) continue;
    if (statements[head].empty() || figures[head].block != figure.block) continue;
    statements[head].push_back(at);
  }
  // Where a number stands in its statement: the two first growth rates belong together.
  auto sort_of = [&](const Figure& figure) {
    return absl::StrCat(static_cast<int>(figure.kind), "|", static_cast<int>(figure.basis), "|",
                        ToAbsl(figure.unit));
  };
  absl::flat_hash_map<std::string, std::vector<int32_t>> sharing;  // number → heads
  std::vector<Alternatives> bindings;
  std::set<std::pair<int32_t, int32_t>> compared;
  auto compare = [&](int32_t head, int32_t other) {
    const Figure& a = figures[head];
    const Figure& b = figures[other];
    if (a.kind != b.kind || a.unit != b.unit || a.ref_area != b.ref_area ||
        a.sentence == b.sentence || InTable(a) != InTable(b) || !FigureIndex::PeriodsAgree(a, b)) {
      return;
    }
    if (InTable(a)) return;
    std::vector<std::pair<int32_t, int32_t>> pairs;
    std::map<std::string, std::vector<int32_t>> places;
    for (const int32_t figure : statements[other])
      places[sort_of(figures[figure])].push_back(figure);
    std::map<std::string, size_t> used;
    for (const int32_t figure : statements[head]) {
      const std::string sort = sort_of(figures[figure]);
      const size_t place = used[sort]++;
      if (place < places[sort].size()) pairs.emplace_back(figure, places[sort][place]);
    }
    int equal = 0, digits = 0, differing = 0;
    for (const auto& [x, y] : pairs) {
      if (figures[x].value == figures[y].value) {
        ++equal;
        digits += FigureIndex::SignificantDigits(figures[x]);
      } else {
        ++differing;
      }
    }
    if (differing > 1 || equal == 0) return;
    const bool like = FigureIndex::Likeness(index_.Name(head), index_.Name(other)) >= kLikeName;
    const bool same_statistic = !a.indicator.empty() && a.indicator == b.indicator;
    const bool one_fact = like             ? digits >= 2 && pairs.size() >= 2
                          : same_statistic ? digits >= 4 && pairs.size() >= 2
                                           : equal >= 2 && digits >= 6;
    if (!one_fact) return;
    for (const auto& [x, y] : pairs) {
      if (HedgedAlike(figures[x], figures[y])) bindings.push_back({Restated(x, y, true)});
    }
  };
  for (const int32_t head : index_.Each()) {
    const std::vector<int32_t>& members = statements[head];
    if (members.size() < 2) continue;
    for (const int32_t member : members) {
      const Figure& figure = figures[member];
      if (FigureIndex::SignificantDigits(figure) < 2) continue;
      std::vector<int32_t>& heads =
          sharing[absl::StrCat(figure.article, "|", sort_of(figure), "|", figure.value.ToString())];
      for (const int32_t other : heads) {
        if (compared.insert({head, other}).second) compare(head, other);
      }
      heads.push_back(head);
      if (heads.size() > kMaxLike) heads.erase(heads.begin());
    }
  }
  return bindings;
}

}  // namespace crossfoot::rules
