#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"

// Which figures are no larger than others, by what they are called.

namespace crossfoot::rules {
namespace {

using config::v1::Containment;
using core::Figure;
using core::FigureKind;
using core::Qualifier;
using core::ToAbsl;

constexpr size_t kNeighbours = FigureIndex::kNeighbours;

bool EndsWith(std::string_view name, std::string_view end) {
  return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
}

// Whether `inner` is a part of the months of `outer`, both of them flows from one start.
bool Within(const core::Period& inner, const core::Period& outer) {
  const bool month = inner.start.day() == 1 && inner.end > inner.start;
  return month && outer.start <= inner.start && inner.end <= outer.end && !(inner == outer) &&
         outer.start.day() == 1 && inner.start.year() == outer.start.year();
}

// How a part's time lies to that of its whole.
enum class Time { kSame, kWithin, kOther };
Time TimeOf(const Figure& part, const Figure& whole) {
  if (FigureIndex::PeriodsAgree(part, whole)) return Time::kSame;
  if (part.time_period && whole.time_period && Within(*part.time_period, *whole.time_period))
    return Time::kWithin;
  return Time::kOther;
}

}  // namespace

std::vector<Binder::Division> Binder::Contained() const {
  std::vector<Division> divisions;
  const std::span<const Figure> figures = index_.figures();
  const Taxonomy& taxonomy = index_.taxonomy();
  auto fits = [&](int32_t at) {
    const Figure& figure = figures[at];
    return index_.Usable(at) && figure.kind == FigureKind::kLevel && !figure.heading &&
           !figure.counted && figure.qualifier == Qualifier::kExact && figure.value.sign() > 0 &&
           figure.unit.view().find('/') == std::string_view::npos && !figure.indicator.empty() &&
           FigureIndex::Additive(figure, taxonomy) && !taxonomy.MayBeNegative(figure.indicator);
  };
  // Wholes, by what they are called and of.
  absl::flat_hash_map<std::string, std::vector<int32_t>> wholes;
  std::vector<std::string> names(figures.size());
  auto key = [&](const Figure& figure, std::string_view name, std::string_view area) {
    return absl::StrCat(figure.article, "|", ToAbsl(figure.unit), "|", ToAbsl(area), "|",
                        ToAbsl(name));
  };
  for (const size_t i : index_.Each()) {
    const auto at = static_cast<int32_t>(i);
    if (!fits(at)) continue;
    names[i] = FigureIndex::FullName(figures[i]);
    wholes[key(figures[i], names[i], figures[i].ref_area)].push_back(at);
  }
  auto offer = [&](int32_t part, std::string_view name, std::string_view area, bool same_name) {
    const auto found = wholes.find(key(figures[part], name, area));
    if (found == wholes.end()) return false;
    for (const int32_t whole : FigureIndex::Nearest(found->second, part, kNeighbours)) {
      const Figure& held = figures[whole];
      if (figures[part].sentence < 0 && held.sentence < 0 && figures[part].column != held.column)
        continue;
      // Places of a table above the nation are of an average whose name does not say so.
      if (figures[part].sentence < 0 && held.ref_area != figures[part].ref_area) continue;
      // 五个园区实现工业增加值 behind 规模以上工业增加值 is of less than its name says; and a whole
      // whose place nothing says may be of another.
      if (figures[part].sentence >= 0 && held.block == figures[part].block && whole > part)
        continue;
      if (held.evidence.origin(core::Attribute::kRefArea) == core::Origin::kAssumed &&
          held.ref_area != figures[part].ref_area)
        continue;
      const Time time = TimeOf(figures[part], held);
      // The same name of the same place and time is a restatement.
      if (time == Time::kOther || (same_name && time == Time::kSame)) continue;
      divisions.push_back({whole, {part}, true, nullptr});
      return true;
    }
    return false;
  };
  for (const size_t i : index_.Each()) {
    if (names[i].empty()) continue;
    const auto at = static_cast<int32_t>(i);
    const Figure& part = figures[i];
    // The statistic itself: of a month, of a place.
    if (offer(at, names[i], part.ref_area, /*same_name=*/true)) continue;
    if (!taxonomy.NationName(part.ref_area) && offer(at, names[i], taxonomy.nation(), false))
      continue;
    for (const Containment& containment : taxonomy.containments()) {
      const std::string_view name = containment.same_sector() ? part.indicator.view() : names[i];
      const auto ends = [&](const std::string& end) { return EndsWith(name, end); };
      const auto holds = [&](const std::string& word) {
        return names[i].find(word) != std::string::npos;
      };
      if (std::none_of(containment.parts().begin(), containment.parts().end(), ends) ||
          std::any_of(containment.except().begin(), containment.except().end(), holds) ||
          std::find(containment.wholes().begin(), containment.wholes().end(), name) !=
              containment.wholes().end()) {
        continue;
      }
      const std::string sector = containment.same_sector() ? std::string(part.sector) : "";
      // Each containment has a whole of its own: GDP holds what farming holds.
      for (const std::string& whole : containment.wholes()) {
        if (offer(at, sector + whole, part.ref_area, false)) break;
        if (!containment.same_sector() && !taxonomy.NationName(part.ref_area) &&
            offer(at, whole, taxonomy.nation(), false)) {
          break;
        }
      }
    }
  }
  return divisions;
}

}  // namespace crossfoot::rules
