#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"

// Divisions that a report's own numbers bear witness to.  565 schools are 300 in the city and 265
// in the counties, 35641 pupils are 23094 and 12547: what adds up to the last digit for two
// statistics adds up for a third, whatever the parts are called.

namespace crossfoot::rules {
namespace {

using core::Figure;
using core::FigureKind;
using core::Qualifier;
using core::ToAbsl;

constexpr size_t kFewestMembers = 3;
constexpr size_t kMostMembers = 8;
constexpr size_t kFewestWitnesses = 2;
constexpr int kFewestDigits = 3;  // of a whole: 3 = 1 + 2 proves nothing

// Figures of one statistic that differ in one label.
struct Group {
  std::map<std::string, int32_t> members;  // label → figure
  int32_t last = -1;
};

// A whole and its parts by their labels.
using Split = std::pair<std::string, std::vector<std::string>>;

// Calls `found` with each whole of `group` and each two or three others that make it to the digit.
template <typename Found>
void ForEachSplit(const Group& group, std::span<const Figure> figures, Found found) {
  using Member = std::map<std::string, int32_t>::const_iterator;
  std::vector<Member> members;
  for (auto at = group.members.begin(); at != group.members.end(); ++at) members.push_back(at);
  const auto value = [&](size_t i) -> const core::Rational& {
    return figures[members[i]->second].value;
  };
  for (size_t whole = 0; whole < members.size(); ++whole) {
    if (FigureIndex::SignificantDigits(figures[members[whole]->second]) < kFewestDigits) continue;
    for (size_t a = 0; a < members.size(); ++a) {
      if (a == whole || value(a).sign() <= 0 || !(value(a) < value(whole))) continue;
      for (size_t b = a + 1; b < members.size(); ++b) {
        if (b == whole || value(b).sign() <= 0) continue;
        const core::Rational two = value(a) + value(b);
        if (two == value(whole))
          found(Split{members[whole]->first, {members[a]->first, members[b]->first}});
        if (!(two < value(whole))) continue;
        for (size_t c = b + 1; c < members.size(); ++c) {
          if (c == whole || value(c).sign() <= 0 || two + value(c) != value(whole)) continue;
          found(Split{members[whole]->first,
                      {members[a]->first, members[b]->first, members[c]->first}});
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
  absl::flat_hash_map<std::string, size_t> open;
  const auto add = [&](int sort, int32_t at, const std::string& key, std::string label) {
    const Figure& figure = figures[at];
    const auto [place, inserted] = open.try_emplace(absl::StrCat(sort, "|", key), groups.size());
    const bool stale = !inserted && (at - groups[place->second].last > FigureIndex::kSpread ||
                                     groups[place->second].members.contains(label));
    if (inserted || stale) {
      place->second = groups.size();
      comparable[{figure.article, sort}].push_back(groups.size());
      groups.emplace_back();
    }
    Group& group = groups[place->second];
    group.members.emplace(std::move(label), at);
    group.last = at;
  };
  for (int32_t at = 0; at < static_cast<int32_t>(figures.size()); ++at) {
    const Figure& figure = figures[at];
    if (figure.kind != FigureKind::kLevel || !index_.Usable(at) || figure.heading ||
        figure.qualifier != Qualifier::kExact || figure.indicator.empty() ||
        figure.value.sign() <= 0 || !index_.taxonomy().Additive(figure.indicator)) {
      continue;
    }
    const std::string common =
        absl::StrCat(figure.article, "|", ToAbsl(figure.unit), "|", index_.Period(at), "|",
                     figure.sentence < 0 ? figure.block : -1, "|");
    const std::string name = index_.taxonomy().Normalize(figure.indicator);
    add(0, at, absl::StrCat(common, name, "|", ToAbsl(figure.sector)),
        std::string(figure.ref_area));
    add(1, at, absl::StrCat(common, name, "|", ToAbsl(figure.ref_area)),
        std::string(figure.sector));
  }
  std::vector<Division> divisions;
  for (const auto& [place, own] : comparable) {
    std::map<Split, std::set<size_t>> witnesses;
    for (const size_t group : own) {
      const size_t size = groups[group].members.size();
      if (size < kFewestMembers || size > kMostMembers) continue;
      ForEachSplit(groups[group], figures,
                   [&](const Split& split) { witnesses[split].insert(group); });
    }
    for (const auto& [split, holders] : witnesses) {
      if (holders.size() < kFewestWitnesses) continue;
      std::vector<Division> found;
      size_t failing = 0;
      for (const size_t group : own) {
        const std::map<std::string, int32_t>& members = groups[group].members;
        const auto whole = members.find(split.first);
        if (whole == members.end()) continue;
        Division division{whole->second, {}, true, nullptr};
        for (const std::string& label : split.second) {
          if (const auto part = members.find(label); part != members.end())
            division.parts.push_back(part->second);
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
