#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "rules/engine/binding.h"

// Which figures words put in order.

namespace crossfoot::rules {
namespace {

using core::Figure;
using core::FigureKind;
using core::Qualifier;

Binding InOrder(std::vector<int32_t> figures) {
  Binding binding;
  binding.roles.assign(figures.size(), "rank");
  binding.figures = std::move(figures);
  binding.inferred = true;
  return binding;
}

bool AreaPrinted(const Figure& figure) {
  return figure.evidence.origin(core::Attribute::kRefArea) == core::Origin::kPrinted;
}

// Whether two figures are of provinces: ISO 3166-2 codes of one country.
bool Provinces(const Figure& a, const Figure& b) {
  const std::string_view one = a.ref_area_code, other = b.ref_area_code;
  constexpr size_t kCountry = 3;  // "CN-"
  return one.size() > kCountry && other.size() > kCountry &&
         one.substr(0, kCountry) == other.substr(0, kCountry);
}

}  // namespace

// Whether what is said of the rank of `first` is said in view of `other`: they are of one statistic
// and of parts of one division.
bool Binder::Rivals(int32_t first, int32_t other) const {
  const Figure& a = index_.figure(first);
  const Figure& b = index_.figure(other);
  const Taxonomy& taxonomy = index_.taxonomy();
  if (first == other || b.heading || b.qualifier != Qualifier::kExact || a.basis != b.basis ||
      a.status != b.status || !FigureIndex::PeriodsAgree(a, b)) {
    return false;
  }
  const std::u32string name = index_.NormalName(a.indicator);
  const std::u32string other_name = index_.NormalName(b.indicator);
  const bool one_statistic = name == other_name;
  const auto share_partition = [&](Taxonomy::Partition::Dimension dimension, std::string_view one,
                                   std::string_view two) {
    for (const Taxonomy::PartRef& x : taxonomy.PartsCalled(dimension, one)) {
      for (const Taxonomy::PartRef& y : taxonomy.PartsCalled(dimension, two)) {
        if (x.partition == y.partition && x.part != y.part) return true;
      }
    }
    return false;
  };
  if (a.ref_area != b.ref_area) {
    if (!one_statistic || (a.sector != b.sector && !a.sector.empty() && !b.sector.empty()))
      return false;
    if (a.links.extreme_of_nation && taxonomy.NationName(b.ref_area)) {
      // The text must say itself that it is the nation's; 其中，民营企业… leaves it open of whom.
      const int32_t level = b.links.level;
      return AreaPrinted(b) || (level >= 0 && AreaPrinted(index_.figure(level)));
    }
    return share_partition(Taxonomy::Partition::DIMENSION_AREA, a.ref_area, b.ref_area) ||
           (a.block == b.block && Provinces(a, b));
  }
  // 食品价格 and 居住类价格 are of one statistic though their names differ.
  if (FigureIndex::SameTail(name, other_name) &&
      share_partition(Taxonomy::Partition::DIMENSION_SECTOR, a.sector, b.sector)) {
    return true;
  }
  return one_statistic && a.sentence == b.sentence && a.sentence >= 0 && other < first &&
         !a.sector.empty() && !b.sector.empty() && a.sector != b.sector;
}

std::vector<Alternatives> Binder::BindOrder() const {
  std::vector<Alternatives> bindings;
  std::map<int32_t, std::vector<int32_t>> steady, ranked;  // by list
  for (const int32_t at : index_.Each()) {
    const Figure& figure = index_.figure(at);
    if (!index_.Usable(at) || figure.qualifier != Qualifier::kExact || figure.heading) continue;
    if (figure.links.steady != 0) steady[figure.links.list].push_back(at);
    if (figure.links.ranked) ranked[figure.links.list].push_back(at);
    // Ranks count downwards, and other counts may.
    if (figure.links.from >= 0 && figure.links.moved != 0 && !figure.counted &&
        index_.figure(figure.links.from).qualifier == Qualifier::kExact) {
      bindings.push_back({figure.links.moved > 0 ? InOrder({at, figure.links.from})
                                                 : InOrder({figure.links.from, at})});
    }
    if (figure.links.extreme == 0) continue;
    for (const int32_t other :
         FigureIndex::Nearest(index_.Alike(at), at, FigureIndex::kNeighbours)) {
      if (!Rivals(at, other)) continue;
      bindings.push_back({figure.links.extreme > 0 ? InOrder({at, other}) : InOrder({other, at})});
    }
  }
  for (auto& [list, figures] : ranked) {
    if (figures.size() >= 3) bindings.push_back({InOrder(std::move(figures))});
  }
  for (auto& [list, figures] : steady) {
    // Rates by their own periods, gaps by the periods that they reach back to.
    const auto end_of = [&](int32_t at) -> std::optional<absl::CivilDay> {
      const Figure& figure = index_.figure(at);
      if (figure.kind == FigureKind::kPointChange)
        return figure.comparator_period ? std::optional(figure.comparator_period->end)
                                        : std::nullopt;
      return figure.time_period ? std::optional(figure.time_period->end) : std::nullopt;
    };
    const Figure& first = index_.figure(figures.front());
    bool dated = figures.size() >= 2;
    for (size_t i = 0; i < figures.size(); ++i) {
      dated = dated && end_of(figures[i]) && index_.figure(figures[i]).kind == first.kind &&
              (i == 0 || *end_of(figures[i - 1]) < *end_of(figures[i]));
    }
    if (!dated) continue;
    // A fall from period to period is the deeper the further back one looks.
    const bool gaps = first.kind == FigureKind::kPointChange;
    if ((first.links.steady < 0) == gaps) std::reverse(figures.begin(), figures.end());
    bindings.push_back({InOrder(std::move(figures))});
  }
  return bindings;
}

}  // namespace crossfoot::rules
