#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "rules/engine/binding.h"

// Divisions that a report's own numbers bear witness to.  565 schools are 300 in the city and 265
// in the counties, 35641 pupils are 23094 and 12547: what adds up to the last digit for two
// statistics adds up for a third, whatever the parts are called.

namespace crossfoot::rules {
namespace {

using core::Figure;
using core::FigureKind;
using core::Qualifier;

constexpr size_t kFewestMembers = 3;
constexpr size_t kMostMembers = 8;
constexpr size_t kFewestWitnesses = 2;
constexpr int kFewestDigits = 3;  // of a whole: 3 = 1 + 2 proves nothing

// A figure and what tells it from the others of its group, which its figure owns.
struct Member {
  std::string_view label;
  int32_t figure;
};

// Figures of one statistic that differ in one label.
struct Group {
  absl::InlinedVector<Member, 4> members;  // no more than kMostMembers + 1
  int32_t last = -1;
  bool closed = false;  // one whole and all that is named of it

  const Member* Find(std::string_view label) const {
    const auto at = std::find_if(members.begin(), members.end(),
                                 [label](const Member& member) { return member.label == label; });
    return at == members.end() ? nullptr : &*at;
  }
};

// What the figures of a group have in common.
struct Common {
  int sort;  // what the label is
  int32_t article, table_block;
  std::string_view unit, period, indicator, other;

  friend bool operator==(const Common&, const Common&) = default;
  template <typename State>
  friend State AbslHashValue(State state, const Common& common) {
    return State::combine(std::move(state), common.sort, common.article, common.table_block,
                          common.unit, common.period, common.indicator, common.other);
  }
};

// A whole and its parts by their labels.
using Split = std::pair<std::string_view, std::vector<std::string_view>>;

// How many bytes the names of all `parts` end in, no character cut and no name used up.
template <typename NameOf>
size_t CommonEnding(std::span<const int32_t> parts, NameOf name_of) {
  const std::string_view first = name_of(parts.front());
  size_t common = first.size();
  for (const int32_t part : parts) {
    const std::string_view name = name_of(part);
    common = std::min(common, name.size());
    size_t same = 0;
    while (same < common && name[name.size() - 1 - same] == first[first.size() - 1 - same]) ++same;
    common = same;
  }
  const auto within = [&first](size_t size) {
    return size > 0 && (static_cast<unsigned char>(first[first.size() - size]) >> 6) == 2;
  };
  while (within(common)) --common;
  return common;
}

// Calls `found` with each whole of `group` and each two or three others that make it to the digit.
template <typename Found>
void ForEachSplit(const Group& group, std::span<const Figure> figures, Found found) {
  const auto& members = group.members;
  const auto value = [&](size_t i) -> const core::Rational& {
    return figures[members[i].figure].value;
  };
  for (size_t whole = 0; whole < members.size(); ++whole) {
    if (FigureIndex::SignificantDigits(figures[members[whole].figure]) < kFewestDigits) continue;
    for (size_t a = 0; a < members.size(); ++a) {
      if (a == whole || !(value(a) < value(whole))) continue;
      for (size_t b = a + 1; b < members.size(); ++b) {
        if (b == whole || !(value(b) < value(whole))) continue;
        const core::Rational two = value(a) + value(b);
        if (two == value(whole))
          found(Split{members[whole].label, {members[a].label, members[b].label}});
        if (!(two < value(whole))) continue;
        for (size_t c = b + 1; c < members.size(); ++c) {
          if (c == whole || two + value(c) != value(whole)) continue;
          found(
              Split{members[whole].label, {members[a].label, members[b].label, members[c].label}});
        }
      }
    }
  }
}

}  // namespace

std::vector<Binder::Division> Binder::Witnessed() const {
  const std::span<const Figure> figures = index_.figures();
  std::vector<Group> groups;
  // By article and by what the label is, so that only labels of one sort witness for each other.
  std::map<std::pair<int32_t, int>, std::vector<size_t>> comparable;
  absl::flat_hash_map<Common, size_t> open;
  const auto add = [&](const Common& common, std::string_view label, int32_t at) {
    const auto [place, inserted] = open.try_emplace(common, groups.size());
    if (!inserted) {
      const Group& last = groups[place->second];
      if (at - last.last > FigureIndex::kSpread || last.Find(label) != nullptr)
        place->second = groups.size();
    }
    if (place->second == groups.size()) {
      comparable[{common.article, common.sort}].push_back(groups.size());
      groups.emplace_back();
    }
    Group& group = groups[place->second];
    if (group.members.size() <= kMostMembers) group.members.push_back({label, at});
    group.last = at;
  };
  for (const int32_t at : index_.Each()) {
    const Figure& figure = figures[at];
    if (figure.kind != FigureKind::kLevel || !index_.Usable(at) || figure.heading ||
        figure.qualifier != Qualifier::kExact || figure.indicator.empty() ||
        figure.value.sign() <= 0) {
      continue;
    }
    Common common = {.sort = 0,
                     .article = figure.article,
                     .table_block = figure.sentence < 0 ? figure.block : -1,
                     .unit = figure.unit,
                     .period = index_.Period(at),
                     .indicator = figure.indicator,
                     .other = figure.sector};
    add(common, figure.ref_area, at);
    common.sort = 1;
    common.other = figure.ref_area;
    add(common, figure.sector, at);
  }
  // 其中，统筹基金收入…，个人账户收入…: what the parts are called but for what their names end in.
  std::map<int32_t, std::vector<int32_t>> including;  // parts by whole
  for (const int32_t at : index_.Each()) {
    const Figure& figure = figures[at];
    if (figure.kind != FigureKind::kLevel || figure.links.whole < 0 ||
        figure.links.partition >= 0 || !index_.Usable(at) ||
        figure.qualifier != Qualifier::kExact) {
      continue;
    }
    const Figure& whole = figures[figure.links.whole];
    if (whole.kind == FigureKind::kLevel && whole.unit == figure.unit &&
        whole.qualifier == Qualifier::kExact && !whole.heading &&
        FigureIndex::PeriodsAgree(figure, whole)) {
      including[figure.links.whole].push_back(at);
    }
  }
  for (const auto& [whole, parts] : including) {
    if (parts.size() + 1 < kFewestMembers || parts.size() + 1 > kMostMembers) continue;
    const auto name_of = [&figures](int32_t part) -> std::string_view {
      return figures[part].sector.empty() ? figures[part].indicator : figures[part].sector;
    };
    const size_t ending = CommonEnding(parts, name_of);
    Group group;
    group.closed = true;
    group.members.push_back({"", whole});
    for (const int32_t part : parts) {
      const std::string_view name = name_of(part);
      const std::string_view label = name.substr(0, name.size() - ending);
      if (group.Find(label) == nullptr) group.members.push_back({label, part});
    }
    if (group.members.size() != parts.size() + 1) continue;  // two are called the same
    constexpr int kIncluding = 2;
    comparable[{figures[whole].article, kIncluding}].push_back(groups.size());
    groups.push_back(std::move(group));
  }
  std::vector<Division> divisions;
  for (const auto& [place, own] : comparable) {
    std::map<Split, std::set<size_t>> witnesses;
    for (const size_t group : own) {
      if (index_.stopped()) return divisions;
      const size_t size = groups[group].members.size();
      if (size < kFewestMembers || size > kMostMembers) continue;
      ForEachSplit(groups[group], figures,
                   [&](const Split& split) { witnesses[split].insert(group); });
    }
    for (const auto& [split, holders] : witnesses) {
      if (index_.stopped()) return divisions;
      if (holders.size() < kFewestWitnesses) continue;
      std::vector<Division> found;
      size_t failing = 0;
      for (const size_t group : own) {
        // 征缴24.0亿元，财政20.0亿元，利息1.0亿元: with a part more than the others it is another
        // division.
        if (groups[group].closed && groups[group].members.size() != split.second.size() + 1)
          continue;
        const Member* whole = groups[group].Find(split.first);
        if (whole == nullptr || !FigureIndex::Additive(figures[whole->figure], index_.taxonomy()))
          continue;
        Division division{whole->figure, {}, true, nullptr};
        for (const std::string_view label : split.second) {
          if (const Member* part = groups[group].Find(label); part != nullptr)
            division.parts.push_back(part->figure);
        }
        if (division.parts.size() != split.second.size()) continue;
        if (!holders.contains(group)) ++failing;
        found.push_back(std::move(division));
      }
      // What fails as often as it holds is no division.
      if (2 * failing > holders.size()) continue;
      divisions.insert(divisions.end(), found.begin(), found.end());
    }
  }
  return divisions;
}

}  // namespace crossfoot::rules
