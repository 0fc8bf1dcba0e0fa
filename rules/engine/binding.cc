#include "rules/engine/binding.h"

#include <algorithm>
#include <functional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "rules/relations/growth_bounds.h"
#include "rules/relations/linear_sum.h"
#include "rules/relations/part_of.h"
#include "rules/relations/quotient.h"

namespace crossfoot::rules {
namespace {

using config::v1::PartSource;
using core::Basis;
using core::Figure;
using core::FigureKind;
using core::Qualifier;
using core::ToAbsl;

constexpr size_t kNeighbours = FigureIndex::kNeighbours;
constexpr int32_t kSpread = FigureIndex::kSpread;
constexpr int kLikeName = 60;
constexpr int kSameName = 80;
constexpr size_t kMostReferences = 8;  // statements of an earlier rate that are tried
constexpr int kNamed = 95;
// A whole that is not said to be meant: one that fits settles the check, one that does not makes
// none.
constexpr int kMayFit = 49;
constexpr int kTellingDigits = 4;  // of a number that is hardly met twice by chance

bool Exact(const Figure& figure) { return figure.qualifier == Qualifier::kExact; }
bool InTable(const Figure& figure) { return figure.sentence < 0; }

Binding MakeBinding(std::vector<int32_t> figures, std::vector<std::string> roles, bool inferred) {
  Binding binding;
  binding.figures = std::move(figures);
  binding.roles = std::move(roles);
  binding.inferred = inferred;
  return binding;
}

// Whether a part is of the statistic of its whole, by name: 住宅销售面积 and 商品房销售面积.  What
// stands behind 其中 in another statistic may measure anything.
bool OneStatistic(const FigureIndex& index, const Figure& part, const Figure& whole) {
  if (part.indicator == whole.indicator || InTable(part)) return true;
  if (part.indicator.empty() || whole.indicator.empty()) return false;
  constexpr size_t kAbridged = 3;  // characters
  const std::u32string name = index.NormalName(part.indicator);
  const std::u32string of = index.NormalName(whole.indicator);
  // 零售额 and 社会消费品零售总额.
  return FigureIndex::SameTail(name, of) ||
         (name.size() >= kAbridged && name.back() == of.back() && FigureIndex::Abridges(name, of));
}

// The strings that may hold the name of a part: 第一产业 of 第一产业增加值, 出口 alone.
std::vector<std::string> SectorNames(const Figure& figure) {
  std::vector<std::string> names;
  if (!figure.sector.empty()) names.push_back(figure.sector);
  if (figure.sector.empty() || figure.sector != figure.indicator) {
    if (figure.sector.empty()) {
      if (!figure.indicator.empty()) names.push_back(figure.indicator);
    } else {
      names.push_back(std::string(figure.sector) + figure.indicator);
    }
  }
  return names;
}

// Whether the parts of a partition do not make up this statistic.
bool LeavesOut(const Taxonomy::Partition& partition, const Figure& figure) {
  return std::any_of(partition.not_indicators().begin(), partition.not_indicators().end(),
                     [&](const std::string& name) {
                       return figure.indicator.view().find(name) != std::string::npos;
                     });
}

}  // namespace

std::vector<Alternatives> Binder::Bind(const config::v1::Rule& rule) {
  switch (rule.relation_case()) {
    case config::v1::Rule::kRestatement:
      return BindRestatement(rule.restatement().between());
    case config::v1::Rule::kSum:
      return BindSum(rule.sum().parts());
    case config::v1::Rule::kShare:
      return BindShare();
    case config::v1::Rule::kSharesSum:
      return BindSharesSum();
    case config::v1::Rule::kGrowthGap:
      return rule.growth_gap().against() == config::v1::GrowthGap::AGAINST_EARLIER_PERIOD
                 ? BindEarlierRate()
                 : BindGrowthGap();
    case config::v1::Rule::kGrowthMix:
      return BindGrowthMix(rule.growth_mix().parts());
    case config::v1::Rule::kGrowthBounds:
      return BindGrowthBounds(rule.growth_bounds().parts());
    case config::v1::Rule::kDirection:
      return BindDirection();
    case config::v1::Rule::kCount:
      return BindCount();
    case config::v1::Rule::kPartOf:
      return BindPartOf(rule.part_of().parts());
    case config::v1::Rule::kContributions:
      return BindContributions();
    case config::v1::Rule::kMovement:
      return rule.movement().before() == config::v1::Movement::BEFORE_IN_EARLIER_REPORT
                 ? BindYearBefore()
                 : BindMovement(rule.movement().measure());
    case config::v1::Rule::kStatedBound:
      return BindStatedBound();
    case config::v1::Rule::kOrder:
      return BindOrder();
    case config::v1::Rule::kChangeGrowth:
      return BindChangeGrowth();
    case config::v1::Rule::kIndexChange:
      return BindIndexChange(rule.index_change());
    case config::v1::Rule::kCommonBase:
      return BindCommonBase();
    case config::v1::Rule::kIdentity:
      return BindIdentity(rule);
    case config::v1::Rule::RELATION_NOT_SET:
      break;
  }
  return {};
}

// ---- Divisions
// ---------------------------------------------------------------------------------------------------------

std::vector<Binder::Division> Binder::TaxonomyParts(FigureKind kind, Parts wanted) const {
  std::vector<Division> divisions;
  const std::span<const Figure> figures = index_.figures();
  const Taxonomy& taxonomy = index_.taxonomy();
  struct Collected {
    std::vector<int32_t> parts;
    int32_t found = 0;
    const Taxonomy::Partition* partition = nullptr;
    bool by_row = false;
    std::string of;
  };
  // Takes a set as it is.
  auto finish = [&](Collected& collected) {
    if (wanted == Parts::kSome && collected.found > 0) {
      std::erase(collected.parts, -1);
      divisions.push_back({-1, std::move(collected.parts), true, collected.partition,
                           collected.by_row, std::move(collected.of)});
    }
    collected = {};
  };
  absl::flat_hash_map<std::string, size_t> places;
  std::vector<Collected> open;
  auto offer = [&](const Taxonomy::PartRef& ref, const std::string& key, int32_t at, bool by_row,
                   std::string_view of = {}) {
    const Taxonomy::Partition& partition = taxonomy.partitions()[ref.partition];
    if (partition.leaves_rest() && wanted == Parts::kAll) return;
    const auto [place, inserted] = places.try_emplace(key, open.size());
    if (inserted) open.emplace_back();
    Collected& collected = open[place->second];
    if (wanted == Parts::kSome && collected.found > 0 &&
        (collected.parts[ref.part] >= 0 ||
         at - *std::max_element(collected.parts.begin(), collected.parts.end()) > kSpread)) {
      finish(collected);
    }
    if (collected.parts.empty()) {
      collected.parts.assign(partition.parts_size(), -1);
      collected.partition = &partition;
      collected.by_row = by_row;
      collected.of = of;
    }
    // Parts that stand far apart are of different breakdowns: start anew.
    for (int32_t& part : collected.parts) {
      if (part >= 0 && at - part > kSpread) {
        part = -1;
        --collected.found;
      }
    }
    if (collected.parts[ref.part] < 0) ++collected.found;
    collected.parts[ref.part] = at;
    if (collected.found < partition.parts_size() || partition.leaves_rest()) return;
    if (wanted == Parts::kAll)
      divisions.push_back({-1, collected.parts, by_row, &partition, by_row, collected.of});
    collected = {};
  };
  // Offers a figure as a part of what stands in its column, or in prose, or of what stands in its
  // row: 年份, 国内生产总值, 第一产业增加值, ….
  const auto offer_all = [&](int32_t at, bool by_row) {
    const Figure& figure = figures[at];
    const std::string common = absl::StrCat(
        figure.article, "|", ToAbsl(figure.unit), "|", static_cast<int>(figure.basis), "|",
        index_.Period(at), by_row ? "|row " : "|", by_row ? index_.Row(at) : figure.column);
    for (const Taxonomy::PartRef& ref :
         taxonomy.PartsCalled(Taxonomy::Partition::DIMENSION_AREA, figure.ref_area)) {
      if (LeavesOut(taxonomy.partitions()[ref.partition], figure)) continue;
      offer(ref,
            absl::StrCat(common, "|a", ref.partition, "|", ToAbsl(figure.indicator), "|",
                         ToAbsl(figure.sector)),
            at, by_row);
    }
    std::set<int32_t> offered;
    for (const std::string& name : SectorNames(figure)) {
      for (const Taxonomy::PartRef& ref :
           taxonomy.PartsCalled(Taxonomy::Partition::DIMENSION_SECTOR, name)) {
        const Taxonomy::Partition& partition = taxonomy.partitions()[ref.partition];
        const bool by_sector = name == figure.sector;
        if (LeavesOut(partition, figure)) continue;
        if (partition.indicators_size() > 0 && by_sector) {
          const bool fits =
              std::any_of(partition.indicators().begin(), partition.indicators().end(),
                          [&](const std::string& indicator) {
                            return figure.indicator.view().find(indicator) != std::string::npos;
                          });
          if (!fits) continue;
        }
        if (!offered.insert(ref.partition).second) continue;
        offer(ref,
              absl::StrCat(
                  common, "|s", ref.partition, "|", ToAbsl(figure.ref_area), "|",
                  by_sector ? index_.taxonomy().Normalize(figure.indicator) : std::string("")),
              at, by_row);
      }
    }
    // 出口 of 货物贸易: the breakdown is a statistic with a breakdown of its own.
    if (!figure.sector.empty()) {
      for (const Taxonomy::PartRef& ref :
           taxonomy.PartsCalled(Taxonomy::Partition::DIMENSION_SECTOR, figure.indicator)) {
        if (!offered.insert(ref.partition).second) continue;
        offer(ref,
              absl::StrCat(common, "|s", ref.partition, "|", ToAbsl(figure.ref_area), "|of ",
                           ToAbsl(figure.sector)),
              at, by_row, figure.sector);
      }
    }
  };
  for (const size_t i : index_.Each()) {
    const Figure& figure = figures[i];
    const auto at = static_cast<int32_t>(i);
    if (figure.kind != kind || !index_.Usable(at) || !Exact(figure) || figure.heading) continue;
    if (figure.links.ratio) continue;  // names its parts itself
    if (kind == FigureKind::kGrowthRate && figure.basis != Basis::kYearAgo &&
        figure.basis != Basis::kPreviousMonth) {
      continue;
    }
    offer_all(at, /*by_row=*/false);
    if (index_.Row(at) >= 0) offer_all(at, /*by_row=*/true);
  }
  for (Collected& collected : open) finish(collected);
  return divisions;
}

std::vector<Binder::Division> Binder::Disjoint() const {
  std::vector<Division> divisions;
  for (Division& division : TaxonomyParts(FigureKind::kLevel, Parts::kSome)) {
    if (index_.stopped()) break;
    // Where one of them is a loss, the others may be more than the whole: profits, balances.
    const int32_t first = division.parts.front();
    const Figure& like = index_.figure(first);
    if (!FigureIndex::Additive(like, index_.taxonomy())) continue;
    const std::vector<int32_t> near = FigureIndex::Nearest(index_.Alike(first), first, kNeighbours);
    if (std::any_of(near.begin(), near.end(), [&](int32_t other) {
          const Figure& sibling = index_.figure(other);
          return sibling.value.sign() < 0 && sibling.column == like.column &&
                 sibling.indicator == like.indicator;
        })) {
      continue;
    }
    Wholes wholes = WholesFor(division);
    // A statistic without a breakdown may be of another whole: 规模以上企业增加值 for 工业增加值.
    if (division.partition->dimension() == Taxonomy::Partition::DIMENSION_SECTOR)
      wholes.by_statistic.clear();
    wholes.by_text.clear();
    if (!wholes.Named()) continue;
    std::vector<Operand> parts;
    for (const int32_t part : division.parts) parts.push_back(OperandOf(index_.figure(part)));
    const std::vector<int32_t> all = wholes.All();
    const auto holds = std::find_if(all.begin(), all.end(), [&](int32_t whole) {
      return CheckPartOf(OperandOf(index_.figure(whole)), parts).verdict !=
             core::Verdict::kInconsistent;
    });
    division.whole = holds == all.end() ? all.front() : *holds;
    divisions.push_back(std::move(division));
  }
  // 31个省份中28个增长，3个下降: none of them does both.
  std::map<int32_t, std::map<int32_t, std::vector<int32_t>>> counted;  // by whole and movement
  for (const int32_t at : index_.Each()) {
    const Figure& figure = index_.figure(at);
    if (figure.links.out_of && figure.trend != 0 && index_.Usable(at))
      counted[figure.links.whole][figure.trend].push_back(at);
  }
  for (const auto& [whole, moved] : counted) {
    if (moved.size() != 2 || moved.at(1).size() != 1 || moved.at(-1).size() != 1) continue;
    divisions.push_back({whole, {moved.at(1).front(), moved.at(-1).front()}, true, nullptr});
  }
  return divisions;
}

std::vector<int32_t> Binder::Wholes::All() const {
  std::vector<int32_t> all = by_name;
  all.insert(all.end(), by_statistic.begin(), by_statistic.end());
  all.insert(all.end(), by_text.begin(), by_text.end());
  return all;
}

Binder::Wholes Binder::WholesFor(const Division& division) const {
  const int32_t first = *std::min_element(division.parts.begin(), division.parts.end());
  const Figure& part = index_.figure(division.parts.front());
  const Taxonomy::Partition& partition = *division.partition;
  const bool by_area = partition.dimension() == Taxonomy::Partition::DIMENSION_AREA;
  Wholes wholes;
  for (const int32_t candidate : FigureIndex::Nearest(index_.Alike(first), first, kNeighbours)) {
    const Figure& whole = index_.figure(candidate);
    if (std::find(division.parts.begin(), division.parts.end(), candidate) != division.parts.end())
      continue;
    if (!Exact(whole) || whole.heading || !FigureIndex::PeriodsAgree(whole, part)) continue;
    if (part.basis != whole.basis) continue;
    // 扣除价格因素，实际增长: not what the parts grow by at the prices of each year.
    if (part.kind == FigureKind::kGrowthRate && part.comparable_basis != whole.comparable_basis)
      continue;
    if (by_area) {
      const bool area = std::find(partition.wholes().begin(), partition.wholes().end(),
                                  whole.ref_area) != partition.wholes().end();
      if (!area || index_.NormalName(whole.indicator) != index_.NormalName(part.indicator))
        continue;
      if (whole.sector == part.sector) {
        wholes.by_name.push_back(candidate);
      } else if (whole.sector.empty() || part.sector.empty() ||
                 FigureIndex::Likeness(index_.Name(candidate), index_.Name(first)) >= kLikeName) {
        wholes.by_statistic.push_back(candidate);
      }
      continue;
    }
    if (whole.ref_area != part.ref_area || InTable(whole) != InTable(part)) continue;
    if (division.by_row ? index_.Row(candidate) != index_.Row(first)
                        : whole.column != part.column) {
      continue;
    }
    // 一般贸易出口 and 一般贸易进口 make up 一般贸易进出口 and no other.
    if (!division.of.empty() && whole.sector != division.of) continue;
    const std::vector<std::string> names =
        division.of.empty() ? SectorNames(whole) : std::vector<std::string>{whole.indicator};
    const bool called = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      if (std::find(partition.wholes().begin(), partition.wholes().end(), name) ==
          partition.wholes().end()) {
        return false;
      }
      // 第二产业 says what the whole is of, not which statistic it is: 总产值 as 产值.
      return name != whole.sector || part.sector.empty() ||
             FigureIndex::SameTail(index_.NormalName(whole.indicator),
                                   index_.NormalName(part.indicator));
    });
    const bool is_part = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      for (const Taxonomy::PartRef& ref :
           index_.taxonomy().PartsCalled(Taxonomy::Partition::DIMENSION_SECTOR, name)) {
        if (&index_.taxonomy().partitions()[ref.partition] == &partition) return true;
      }
      return false;
    });
    if (is_part) continue;
    if (called) {
      wholes.by_name.push_back(candidate);
    } else if (whole.sector.empty() && !whole.indicator.empty() &&
               whole.indicator == part.indicator &&
               (InTable(whole) || whole.block == part.block || candidate < first)) {
      // Further on, what stands without a breakdown is often of another: 从大中型企业看，利润总额….
      wholes.by_statistic.push_back(candidate);
    }
  }
  for (const int32_t p : division.parts) {
    const int32_t whole = index_.figure(p).links.whole;
    if (whole >= 0 && index_.figure(whole).unit == part.unit &&
        index_.figure(whole).kind == part.kind &&
        std::find(division.parts.begin(), division.parts.end(), whole) == division.parts.end()) {
      wholes.by_text.push_back(whole);
    }
  }
  // Parts of different wholes make up neither.
  if (by_area || std::adjacent_find(wholes.by_text.begin(), wholes.by_text.end(),
                                    std::not_equal_to<>()) != wholes.by_text.end()) {
    wholes.by_text.clear();
  }
  if (wholes.by_text.size() > 1)
    wholes.by_text.erase(wholes.by_text.begin() + 1, wholes.by_text.end());
  return wholes;
}

void Binder::ChooseWhole(Division& division) const {
  const Wholes wholes = WholesFor(division);
  std::vector<Operand> parts;
  for (const int32_t part : division.parts) parts.push_back(OperandOf(index_.figure(part)));
  const std::vector<int32_t> all = wholes.All();
  for (const int32_t whole : all) {
    const Outcome outcome = CheckLinearSum(OperandOf(index_.figure(whole)), parts, {});
    if (outcome.verdict != core::Verdict::kInconsistent) {
      division.whole = whole;
      division.inferred = false;
      return;
    }
  }
  if (all.empty()) return;
  // Another level that they make to the digit is their whole, whatever it is called.
  core::Rational sum;
  for (const int32_t part : division.parts) sum = sum + index_.figure(part).value;
  const int32_t first = division.parts.front();
  for (const int32_t other : FigureIndex::Nearest(index_.Alike(first), first, kNeighbours)) {
    if (index_.figure(other).value == sum &&
        FigureIndex::SignificantDigits(index_.figure(other)) >= kTellingDigits) {
      return;
    }
  }
  division.whole = all.front();
  division.inferred = division.by_row || !wholes.Named();
}

std::vector<int32_t> Binder::LevelsBefore(int32_t total, int count) const {
  constexpr int32_t kBack = 64;  // figures
  const Figure& sum = index_.figure(total);
  std::vector<int32_t> levels;
  for (int32_t at = total - 1; at >= std::max(total - kBack, 0); --at) {
    const Figure& figure = index_.figure(at);
    if (figure.block != sum.block || static_cast<int>(levels.size()) == count) break;
    if (figure.kind != FigureKind::kLevel || figure.unit != sum.unit) continue;
    // Another total, or a part of what was taken already.
    if (figure.links.sum_of_list || figure.links.sum_of > 0 || !Exact(figure) ||
        !index_.Usable(at) || !FigureIndex::PeriodsAgree(figure, sum)) {
      return {};
    }
    levels.insert(levels.begin(), at);
  }
  if (static_cast<int>(levels.size()) != count) levels.clear();
  return levels;
}

const std::vector<Binder::Division>& Binder::Divisions(PartSource source) {
  auto [at, inserted] = divisions_.try_emplace(source);
  std::vector<Division>& divisions = at->second;
  if (!inserted) return divisions;
  const std::span<const Figure> figures = index_.figures();
  std::set<int32_t> limited;  // levels whose shares are of less than all
  for (const Figure& figure : figures) {
    if (figure.kind == FigureKind::kShare && figure.base_limited && figure.links.level >= 0)
      limited.insert(figure.links.level);
  }
  switch (source) {
    case config::v1::PART_SOURCE_TAXONOMY:
      for (Division& division : TaxonomyParts(FigureKind::kLevel)) {
        if (index_.stopped()) break;
        // 占全国（扣除跨地区企业）: the parts leave something out.
        if (std::any_of(division.parts.begin(), division.parts.end(),
                        [&](int32_t part) { return limited.contains(part); }))
          continue;
        ChooseWhole(division);
        if (division.whole >= 0) divisions.push_back(std::move(division));
      }
      break;
    case config::v1::PART_SOURCE_BREAKDOWN: {
      // A breakdown may divide two statistics at once: 同城业务量…件，业务收入…元；异地业务量….
      std::map<std::pair<int32_t, int32_t>, Division> by_group;  // by partition and whole
      std::set<int32_t> totalled;  // lists that have a total of their own
      for (const Figure& figure : figures) {
        if (figure.links.sum_of_list) totalled.insert(figure.links.list);
      }
      for (const size_t i : index_.Each()) {
        const Figure& figure = figures[i];
        if (figure.links.partition < 0 || figure.kind != FigureKind::kLevel ||
            !index_.Usable(static_cast<int32_t>(i)) ||
            (figure.links.list >= 0 && totalled.contains(figure.links.list))) {
          continue;
        }
        Division& division = by_group[{figure.links.partition, figure.links.whole}];
        division.whole = figure.links.whole;
        division.inferred = true;
        division.parts.push_back(static_cast<int32_t>(i));
      }
      for (auto& [group, division] : by_group) {
        if (division.parts.size() >= 2 && division.whole >= 0)
          divisions.push_back(std::move(division));
      }
      break;
    }
    case config::v1::PART_SOURCE_LIST_TOTAL: {
      std::map<int32_t, std::vector<int32_t>> lists;
      for (const size_t i : index_.Each()) {
        if (figures[i].links.list >= 0 && !figures[i].links.sum_of_list) {
          lists[figures[i].links.list].push_back(static_cast<int32_t>(i));
        }
      }
      for (const size_t i : index_.Each()) {
        const Figure& figure = figures[i];
        if (figure.links.sum_of > 0) {
          std::vector<int32_t> parts = LevelsBefore(static_cast<int32_t>(i), figure.links.sum_of);
          if (!parts.empty())
            divisions.push_back({static_cast<int32_t>(i), std::move(parts), true, nullptr});
          continue;
        }
        if (!figure.links.sum_of_list || figure.links.list < 0) continue;
        Division division{static_cast<int32_t>(i), {}, true, nullptr};
        for (const int32_t part : lists[figure.links.list]) {
          if (figures[part].article == figure.article) division.parts.push_back(part);
        }
        if (division.parts.size() >= 2) divisions.push_back(std::move(division));
      }
      break;
    }
    case config::v1::PART_SOURCE_INCLUDING: {
      std::map<int32_t, Division> by_whole;
      for (const size_t i : index_.Each()) {
        const Figure& figure = figures[i];
        if (figure.kind != FigureKind::kLevel || figure.links.whole < 0 ||
            figure.links.partition >= 0)
          continue;
        if (!index_.Usable(static_cast<int32_t>(i)) ||
            figures[figure.links.whole].unit != figure.unit)
          continue;
        if (!FigureIndex::PeriodsAgree(figure, figures[figure.links.whole])) continue;
        Division& division = by_whole[figure.links.whole];
        division.whole = figure.links.whole;
        division.inferred = true;
        division.parts.push_back(static_cast<int32_t>(i));
      }
      for (auto& [whole, division] : by_whole) divisions.push_back(std::move(division));
      break;
    }
    case config::v1::PART_SOURCE_CONTAINED:
      divisions = Contained();
      break;
    case config::v1::PART_SOURCE_OPPOSITES:
      divisions = Opposites();
      break;
    case config::v1::PART_SOURCE_WITNESSED:
      divisions = Witnessed();
      break;
    case config::v1::PART_SOURCE_TABLE:
      divisions = TableTotals();
      break;
    case config::v1::PART_SOURCE_PERIODS:
      divisions = Successive();
      break;
    case config::v1::PART_SOURCE_DISJOINT:
      divisions = Disjoint();
      break;
    default:
      break;
  }
  // 减少52.7亿元 is below zero among what moved, and 增收165.4亿元 is no part of an amount.
  std::erase_if(divisions, [&](const Division& division) {
    const int moved = FigureIndex::MovedBy(index_.figure(division.whole));
    return moved < 0 || std::any_of(division.parts.begin(), division.parts.end(), [&](int32_t at) {
             return FigureIndex::MovedBy(index_.figure(at)) != moved;
           });
  });
  return divisions;
}

std::vector<Binder::Division> Binder::Opposites() {
  std::vector<Division> opposites;
  const Taxonomy& taxonomy = index_.taxonomy();
  for (const Division& division : Divisions(config::v1::PART_SOURCE_INCLUDING)) {
    if (index_.stopped()) break;
    if (division.parts.size() < 2) continue;
    if (!FigureIndex::Additive(index_.figure(division.whole), taxonomy)) continue;
    std::map<int32_t, std::vector<int32_t>> found;  // partition → figures by part
    std::set<int32_t> twice;
    for (const int32_t figure : division.parts) {
      const Figure& part = index_.figure(figure);
      const std::string_view name = part.sector.empty() ? part.indicator : part.sector;
      for (const Taxonomy::PartRef& ref : taxonomy.PartsBegunBy(name)) {
        std::vector<int32_t>& parts = found[ref.partition];
        parts.resize(taxonomy.partitions()[ref.partition].parts_size(), -1);
        if (parts[ref.part] >= 0) twice.insert(ref.partition);
        parts[ref.part] = figure;
      }
    }
    for (const auto& [partition, parts] : found) {
      if (twice.contains(partition) || std::count(parts.begin(), parts.end(), -1) > 0) continue;
      opposites.push_back({division.whole, parts, true, &taxonomy.partitions()[partition]});
    }
  }
  // Without 其中: 中直投资 and 地方投资 of 固定资产投资, by what the names go on with.
  struct Pair {
    std::vector<int32_t> parts;
    const Taxonomy::Partition* partition = nullptr;
  };
  std::map<std::string, Pair> open;
  const std::span<const Figure> figures = index_.figures();
  for (const size_t i : index_.Each()) {
    const Figure& figure = figures[i];
    const auto at = static_cast<int32_t>(i);
    if (figure.kind != FigureKind::kLevel || !index_.Usable(at) || !Exact(figure) ||
        figure.heading || figure.sector.empty() || figure.sector == figure.indicator ||
        !FigureIndex::Additive(figure, taxonomy)) {
      continue;
    }
    const std::string name = std::string(figure.sector) + figure.indicator;
    for (const Taxonomy::PartRef& ref : taxonomy.PartsBegunBy(name)) {
      const Taxonomy::Partition& partition = taxonomy.partitions()[ref.partition];
      size_t prefix = 0;
      for (const std::string& begins : partition.parts(ref.part).names()) {
        if (name.compare(0, begins.size(), begins) == 0) prefix = std::max(prefix, begins.size());
      }
      const std::string rest = taxonomy.Normalize(std::string_view(name).substr(prefix));
      if (prefix == name.size() || rest.empty()) continue;
      Pair& pair =
          open[absl::StrCat(figure.article, "|", ref.partition, "|", ToAbsl(figure.unit), "|",
                            ToAbsl(figure.ref_area), "|", index_.Period(at), "|", rest)];
      if (pair.parts.empty()) pair.parts.assign(partition.parts_size(), -1);
      for (int32_t& part : pair.parts) {
        if (part >= 0 && at - part > kSpread) part = -1;
      }
      pair.parts[ref.part] = at;
      if (std::count(pair.parts.begin(), pair.parts.end(), -1) > 0) continue;
      // The nearest statistic of that name, without a breakdown, that is no smaller than the parts.
      const std::u32string whole_name = index_.NormalName(std::string_view(name).substr(prefix));
      for (const int32_t candidate : FigureIndex::Nearest(index_.Alike(at), at, kNeighbours)) {
        const Figure& whole = figures[candidate];
        if (!Exact(whole) || whole.heading || index_.Name(candidate) != whole_name ||
            whole.ref_area != figure.ref_area || !FigureIndex::PeriodsAgree(whole, figure)) {
          continue;
        }
        opposites.push_back({candidate, pair.parts, true, &partition});
        break;
      }
      pair.parts.clear();
    }
  }
  return opposites;
}

std::vector<Alternatives> Binder::BindContributions() const {
  std::vector<Alternatives> bindings;
  const std::span<const Figure> figures = index_.figures();
  for (const Division& division : TaxonomyParts(FigureKind::kContribution)) {
    if (index_.stopped()) break;
    const Figure& part = figures[division.parts.front()];
    const std::u32string statistic = index_.NormalName(part.indicator);
    const int32_t first = *std::min_element(division.parts.begin(), division.parts.end());
    for (const int32_t candidate : FigureIndex::Nearest(
             index_.Alike(part.article, FigureKind::kGrowthRate, "%"), first, kNeighbours)) {
      const Figure& rate = figures[candidate];
      if (!Exact(rate) || rate.heading || rate.basis != Basis::kYearAgo || !rate.sector.empty() ||
          rate.ref_area != part.ref_area || index_.NormalName(rate.indicator) != statistic ||
          !FigureIndex::PeriodsAgree(rate, part)) {
        continue;
      }
      Binding binding;
      binding.figures = {candidate};
      binding.roles = {"rate"};
      for (const int32_t contribution : division.parts) {
        binding.figures.push_back(contribution);
        binding.roles.push_back("contribution");
      }
      binding.inferred = true;
      bindings.push_back({std::move(binding)});
      break;
    }
  }
  return bindings;
}

bool Binder::MayBeAll(const Division& division) const {
  // Few sums of other parts come within one misprint of numbers this fine by chance.
  constexpr int64_t kFineness = 20000;
  const Figure& whole = index_.figure(division.whole);
  if (division.parts.size() < 2 || !Exact(whole) || FigureIndex::MovedBy(whole) != 0 ||
      !FigureIndex::Additive(whole, index_.taxonomy())) {
    return false;
  }
  core::Rational sum;
  for (const int32_t at : division.parts) {
    const Figure& part = index_.figure(at);
    if (!Exact(part) || part.selective || part.value.sign() <= 0 ||
        whole.value < core::Rational(part.quantum) * core::Rational(kFineness)) {
      return false;
    }
    sum = sum + part.value;
  }
  const core::Rational two(2);
  return core::Rational(whole.quantum) * core::Rational(kFineness) <= whole.value &&
         whole.value <= sum * two && sum <= whole.value * two;
}

bool Binder::MayLeaveOut(const Division& division, PartSource source) const {
  if (source != config::v1::PART_SOURCE_INCLUDING && source != config::v1::PART_SOURCE_BREAKDOWN)
    return false;
  core::Rational sum;
  std::vector<Operand> parts;
  for (const int32_t part : division.parts) {
    sum = sum + index_.figure(part).value;
    parts.push_back(OperandOf(index_.figure(part)));
  }
  const Figure& whole = index_.figure(division.whole);
  // What a list leaves out is little: less than a fiftieth; where the text divides the whole, more
  // than a thousandth.
  const core::Rational gap = whole.value - sum;
  const bool tiny = whole.value >= gap * core::Rational(1000);
  return gap.sign() > 0 && gap * core::Rational(50) < whole.value &&
         (source == config::v1::PART_SOURCE_INCLUDING || !tiny) &&
         CheckLinearSum(OperandOf(whole), parts, {}).verdict == core::Verdict::kInconsistent;
}

std::vector<Alternatives> Binder::BindSum(PartSource source) {
  std::vector<Alternatives> bindings;
  for (const Division& division : Divisions(source)) {
    if (index_.stopped()) break;
    Binding binding;
    binding.figures = {division.whole};
    binding.roles = {"total"};
    bool levels = true;
    for (const int32_t part : division.parts) {
      // The columns of tables may be shares.
      levels &= (index_.figure(part).kind == FigureKind::kLevel ||
                 source == config::v1::PART_SOURCE_TABLE) &&
                index_.figure(part).unit == index_.figure(division.whole).unit;
      binding.figures.push_back(part);
      binding.roles.push_back("part");
    }
    if (!levels) continue;
    if (source == config::v1::PART_SOURCE_INCLUDING && !MayBeAll(division)) continue;
    if (MayLeaveOut(division, source)) continue;
    binding.inferred = division.inferred;
    bindings.push_back({std::move(binding)});
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindPartOf(PartSource source) {
  std::vector<Alternatives> bindings;
  for (const Division& division : Divisions(source)) {
    if (index_.stopped()) break;
    if (source == config::v1::PART_SOURCE_DISJOINT) {
      std::vector<int32_t> all = {division.whole};
      all.insert(all.end(), division.parts.begin(), division.parts.end());
      std::vector<std::string> roles(all.size(), "part");
      roles[0] = "whole";
      bindings.push_back({MakeBinding(std::move(all), std::move(roles), division.inferred)});
      continue;
    }
    for (const int32_t part : division.parts) {
      const Figure& figure = index_.figure(part);
      if (figure.value.sign() < 0 || !Exact(figure) || !Exact(index_.figure(division.whole)))
        continue;
      // Of an average, a part may be above it.
      const Figure& whole = index_.figure(division.whole);
      if (!FigureIndex::Additive(whole, index_.taxonomy())) continue;
      // Bare numbers, 2.6亿 and 1187.3万, are of one thing when both say so.
      if (figure.unit.empty() && figure.statistic != whole.statistic) continue;
      // What may fall, or be below zero, may have parts above it.
      if (FigureIndex::MovedBy(whole) != 0 ||
          index_.taxonomy().MayBeNegative(FigureIndex::FullName(whole))) {
        continue;
      }
      if (source == config::v1::PART_SOURCE_INCLUDING && !figure.links.out_of &&
          !OneStatistic(index_, figure, index_.figure(division.whole))) {
        continue;
      }
      bindings.push_back(
          {MakeBinding({division.whole, part}, {"whole", "part"}, division.inferred)});
    }
  }
  return bindings;
}

// ---- Shares
// ------------------------------------------------------------------------------------------------------------

namespace {

// Whether `base` is `name` with words left out of its middle: 纺织工业总产值 for
// 纺织工业规模以上企业工业总产值.
bool Shortens(std::u32string_view base, std::u32string_view name) {
  constexpr size_t kKept = 2;  // characters at the start
  if (base.size() < 2 * kKept || base.substr(0, kKept) != name.substr(0, kKept)) return false;
  return FigureIndex::Abridges(base, name) && base.back() == name.back();
}

}  // namespace

int32_t Binder::NamedLevel(int32_t share) const {
  constexpr int32_t kBack = 12;
  const Figure& figure = index_.figure(share);
  if (figure.indicator.empty()) return -1;
  for (int32_t at = share - 1; at >= std::max(share - kBack, 0); --at) {
    const Figure& level = index_.figure(at);
    if (level.block != figure.block) break;
    const bool sector = level.sector == figure.sector || figure.sector.empty();
    if (level.kind == FigureKind::kLevel && level.indicator == figure.indicator && sector &&
        level.ref_area == figure.ref_area && !level.counted) {
      return at;
    }
  }
  return -1;
}

std::vector<Alternatives> Binder::BindShare() const {
  std::vector<Alternatives> bindings;
  const std::span<const Figure> figures = index_.figures();
  const Taxonomy& taxonomy = index_.taxonomy();
  std::map<int32_t, std::vector<int32_t>> ratios;  // by list
  for (const size_t i : index_.Each()) {
    if (figures[i].links.ratio) ratios[figures[i].links.list].push_back(static_cast<int32_t>(i));
  }
  // What is itself a share of a whole is not that whole: by what the whole is called.
  std::set<std::pair<std::string_view, int32_t>> parts_of;
  for (const Figure& figure : figures) {
    // All of it is no part.
    if (figure.kind == FigureKind::kShare && figure.links.level >= 0 && !figure.base.empty() &&
        figure.value != core::Rational(100))
      parts_of.emplace(figure.base, figure.links.level);
  }
  absl::flat_hash_map<int32_t, int32_t> own_share;  // of a level, the first
  for (const size_t i : index_.Each()) {
    const Figure& share = figures[i];
    if (share.kind != FigureKind::kShare || share.unit != "%") continue;
    const auto at = static_cast<int32_t>(i);
    int32_t level = share.links.level;
    // 96.8亿美元，占全省的76.6%
    if (level < 0 && at > 0 && figures[i - 1].kind == FigureKind::kLevel &&
        figures[i - 1].sentence == share.sentence && share.sentence >= 0) {
      level = at - 1;
    }
    if (level >= 0) own_share.try_emplace(level, at);
  }
  for (const size_t i : index_.Each()) {
    const Figure& share = figures[i];
    const auto at = static_cast<int32_t>(i);
    if (share.kind != FigureKind::kShare || share.unit != "%" || !index_.Usable(at) ||
        !Exact(share))
      continue;
    // The level that it is the share of.
    int32_t part = share.links.level;
    if (part < 0 && !share.base.empty()) part = NamedLevel(at);
    if (part < 0) continue;
    if (share.links.ratio) {
      // 三次产业比 gives its parts in the order of the division, whatever the order of the text.
      const std::vector<int32_t>& ratio = ratios[share.links.list];
      Alternatives alternatives;
      for (const int32_t sibling : ratio) {
        const int32_t level = figures[sibling].links.level;
        if (level < 0 || figures[level].links.whole < 0 ||
            figures[level].kind != FigureKind::kLevel ||
            !FigureIndex::PeriodsAgree(share, figures[level])) {
          continue;
        }
        Binding binding =
            MakeBinding({at, level, figures[level].links.whole}, {"share", "part", "base"}, true);
        alternatives.insert(sibling == at ? alternatives.begin() : alternatives.end(),
                            std::move(binding));
      }
      if (!alternatives.empty()) bindings.push_back(std::move(alternatives));
      continue;
    }
    const Figure& level = figures[part];
    if (level.kind != FigureKind::kLevel || !Exact(level) || !index_.Usable(part)) continue;
    if (!FigureIndex::PeriodsMayAgree(share, level)) continue;
    // 占比43.8%，…，小微企业占比达64%: a part has one share without a base.
    const auto own = own_share.find(part);
    if (share.base.empty() && own != own_share.end() && own->second != at &&
        figures[own->second].base.empty()) {
      continue;
    }
    // Candidates for the whole, best first.
    const std::u32string base = index_.NormalName(share.base);
    const bool base_is_area = share.base.empty() || taxonomy.NationName(share.base);
    std::vector<std::pair<int, int32_t>> ranked;
    for (const int32_t candidate : FigureIndex::Nearest(index_.Alike(part), part, kNeighbours)) {
      const Figure& whole = figures[candidate];
      if (!Exact(whole) || whole.value.sign() <= 0 || whole.heading) continue;
      if (!FigureIndex::PeriodsMayAgree(whole, level)) continue;
      int score = 0;
      const bool nation = taxonomy.NationName(whole.ref_area);
      if (base_is_area) {
        // 占全国比重, 占比: the same statistic of the whole area, or the breakdown's total.
        if (whole.indicator == level.indicator && nation && !taxonomy.NationName(level.ref_area)) {
          score = whole.sector == level.sector ? 100 : whole.sector.empty() ? 90 : 70;
        } else if (candidate == level.links.whole) {
          score = 85;
        } else if (whole.ref_area == level.ref_area && whole.sector.empty() &&
                   !whole.indicator.empty() && whole.indicator == level.indicator) {
          score = 80;
        } else if (share.base.empty() && whole.block == share.block && share.sentence >= 0 &&
                   level.value < whole.value) {
          score = kMayFit;
        }
      } else if (parts_of.contains({share.base, candidate})) {
        continue;
      } else {
        const std::u32string& name = index_.Name(candidate);
        score = FigureIndex::Likeness(base, name);
        if (score < 100) {
          // A name that holds the base is a narrower or a longer name; a mere likeness is less.
          const bool holds = name.find(base) != std::u32string::npos;
          score = Shortens(base, name) ? 85
                  : holds              ? std::clamp(score, 78, 79)
                                       : std::min(score, 75);
        }
        // The area that the base names, else that of the part.
        if (taxonomy.StartsWithNation(share.base)) {
          // 占全省出口总值 is of all, not of what the paragraph is about.
          if (taxonomy.StartsWithHome(share.base) && !whole.sector.empty() &&
              base.find(index_.NormalName(whole.sector)) == std::u32string::npos)
            continue;
          const bool home = taxonomy.StartsWithHome(share.base) && whole.ref_area == level.ref_area;
          if (!nation && !home && whole.ref_area_code != "CN") continue;
        } else if (whole.ref_area != level.ref_area && !nation &&
                   share.base.view().find(whole.ref_area) == std::string::npos) {
          continue;
        }
        if (candidate == level.links.whole) score = std::max(score, 70);
      }
      // 合计 | 男 | 女 | 比重: of the total of its row.
      if (share.base.empty() && whole.column_total && index_.Row(candidate) >= 0 &&
          index_.Row(candidate) == index_.Row(at))
        score = 110;
      // A share of more than the whole is no share; only a base that is called by its name is held
      // against it.
      if (score < 95 && whole.value < level.value) continue;
      // 60岁及以上133万人，占18.5%，其中65岁及以上97万人，占13.4%: what has a share of its own is
      // another part of the whole, unless it is said to be the whole of this one and the shares
      // do not say otherwise.
      if (const auto shared = own_share.find(candidate);
          shared != own_share.end() && shared->second != at &&
          (share.base.empty() || figures[shared->second].base == share.base)) {
        const Figure& other = figures[shared->second];
        if (candidate != level.links.whole ||
            CheckCommonBase(OperandOf(share), OperandOf(level), OperandOf(other), OperandOf(whole))
                    .verdict != core::Verdict::kInconsistent) {
          continue;
        }
      }
      if (score >= kMayFit) ranked.emplace_back(-score, candidate);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (ranked.size() > 8) ranked.resize(8);
    if (!ranked.empty() && -ranked.front().first == kMayFit) continue;
    Alternatives alternatives;
    for (const auto& [score, whole] : ranked) {
      Binding binding = MakeBinding({at, part, whole}, {"share", "part", "base"}, true);
      // Of a handful of things, a share is seldom that of their number.
      const bool handful = level.counted && FigureIndex::SignificantDigits(level) < 2;
      binding.inferred = -score < kSameName || handful;
      if (share.base_limited) {
        binding.not_applicable_zh = absl::StrCat("另有口径：", ToAbsl(share.base));
        binding.not_applicable_en = absl::StrCat("another base is named: ", ToAbsl(share.base));
      }
      alternatives.push_back(std::move(binding));
    }
    if (!alternatives.empty()) bindings.push_back(std::move(alternatives));
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindSharesSum() const {
  std::vector<Alternatives> bindings;
  const std::span<const Figure> figures = index_.figures();
  std::set<std::vector<int32_t>> seen;
  auto add = [&](const std::vector<int32_t>& shares, bool inferred) {
    std::vector<int32_t> sorted = shares;
    std::sort(sorted.begin(), sorted.end());
    if (!seen.insert(sorted).second) return;
    Binding binding;
    binding.figures = shares;
    binding.roles.assign(shares.size(), "share");
    binding.inferred = inferred;
    bindings.push_back({std::move(binding)});
  };
  for (const Division& division : TaxonomyParts(FigureKind::kShare)) {
    if (index_.stopped()) break;
    // Shares of one base only.
    const bool one_base =
        std::all_of(division.parts.begin(), division.parts.end(), [&](int32_t part) {
          return figures[part].sentence >= 0 ||
                 figures[part].block == figures[division.parts.front()].block;
        });
    if (one_base) add(division.parts, true);
  }
  // A ratio, or a list of shares of a list that divides a whole.
  std::map<int32_t, std::vector<int32_t>> lists;
  for (const size_t i : index_.Each()) {
    const Figure& figure = figures[i];
    if (figure.kind == FigureKind::kShare && figure.links.ratio &&
        index_.Usable(static_cast<int32_t>(i))) {
      lists[figure.links.list].push_back(static_cast<int32_t>(i));
    }
  }
  for (const auto& [list, shares] : lists) {
    if (shares.size() >= 2) add(shares, false);
  }
  return bindings;
}

// ---- Growth
// ------------------------------------------------------------------------------------------------------------

std::vector<Alternatives> Binder::BindEarlierRate() const {
  const Taxonomy& taxonomy = index_.taxonomy();
  struct Gap {
    int32_t figure;
    std::string reference;
  };
  std::vector<Gap> gaps;
  absl::flat_hash_map<std::string, std::vector<int32_t>> rates;  // by fact, of those asked for
  for (const size_t i : index_.Each()) {
    const Figure& gap = index_.figures()[i];
    const auto at = static_cast<int32_t>(i);
    if (gap.kind != FigureKind::kPointChange || !index_.Usable(at) || !Exact(gap) ||
        gap.links.rate < 0 || !Exact(index_.figure(gap.links.rate))) {
      continue;
    }
    std::string reference = FigureIndex::ReferenceOf(gap, index_.figure(gap.links.rate), taxonomy);
    if (reference.empty()) continue;
    rates[reference];
    gaps.push_back({at, std::move(reference)});
  }
  std::vector<Alternatives> bindings;
  if (gaps.empty()) return bindings;
  for (const int32_t at : index_.EachOrEarlier()) {
    const Figure& figure = index_.figure(at);
    if (figure.kind != FigureKind::kGrowthRate || !Exact(figure)) continue;
    const auto asked = rates.find(FigureIndex::FactOf(figure, taxonomy));
    if (asked != rates.end() && asked->second.size() < kMostReferences) asked->second.push_back(at);
  }
  for (const Gap& gap : gaps) {
    Alternatives alternatives;
    const int32_t rate = index_.figure(gap.figure).links.rate;
    for (const int32_t other : rates[gap.reference]) {
      alternatives.push_back(MakeBinding({gap.figure, rate, other}, {"gap", "rate", "reference"},
                                         /*inferred=*/true));
    }
    if (!alternatives.empty()) bindings.push_back(std::move(alternatives));
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindGrowthGap() const {
  std::vector<Alternatives> bindings;
  const std::span<const Figure> figures = index_.figures();
  const Taxonomy& taxonomy = index_.taxonomy();
  for (const size_t i : index_.Each()) {
    const Figure& gap = figures[i];
    const auto at = static_cast<int32_t>(i);
    if (gap.kind != FigureKind::kPointChange || !index_.Usable(at) || !Exact(gap) ||
        gap.links.rate < 0)
      continue;
    if (gap.basis != Basis::kArea && gap.basis != Basis::kSector && gap.basis != Basis::kTotal)
      continue;
    const Figure& rate = figures[gap.links.rate];
    if (rate.kind != FigureKind::kGrowthRate || !Exact(rate)) continue;
    const std::u32string comparator = index_.NormalName(gap.comparator);
    const bool area = taxonomy.NationName(gap.comparator) || gap.basis == Basis::kArea;
    // 高于东部地区: of a part of the nation, which its name says.
    const bool part = area && !taxonomy.StartsWithNation(gap.comparator);
    std::vector<std::pair<int, int32_t>> ranked;
    for (const int32_t candidate :
         FigureIndex::Nearest(index_.Alike(gap.links.rate), gap.links.rate, kNeighbours)) {
      const Figure& other = figures[candidate];
      if (!Exact(other) || other.heading || other.basis != rate.basis ||
          !FigureIndex::PeriodsAgree(other, rate))
        continue;
      int score = 0;
      if (area) {
        if (part) {
          if (other.ref_area == rate.ref_area || other.ref_area.empty() ||
              gap.comparator.view().find(other.ref_area) == std::string_view::npos) {
            continue;
          }
        } else if (!taxonomy.NationName(other.ref_area) || taxonomy.NationName(rate.ref_area)) {
          continue;
        }
        if (other.indicator == rate.indicator) {
          score = other.sector == rate.sector ? 100 : other.sector.empty() ? 90 : 75;
        } else {
          score = FigureIndex::Likeness(index_.Name(candidate), index_.Name(gap.links.rate));
        }
      } else {
        score = std::max(FigureIndex::Likeness(comparator, index_.Name(candidate)),
                         FigureIndex::Likeness(comparator, index_.NormalName(other.sector)));
        if (other.indicator == rate.indicator && !other.sector.empty() && score >= kLikeName)
          score += 10;
      }
      if (score >= 50) ranked.emplace_back(-score, candidate);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    // A rate that bears the name leaves no room for others.
    if (!ranked.empty() && -ranked.front().first >= kNamed) {
      std::erase_if(ranked, [](const auto& entry) { return -entry.first < kNamed; });
    }
    if (ranked.size() > 6) ranked.resize(6);
    // 名义增长6.8%，实际增长6.3%，增速快于城镇居民2.2个百分点: of either rate.
    std::vector<int32_t> rates = {gap.links.rate};
    for (int32_t before = gap.links.rate - 1; before >= 0; --before) {
      const Figure& other = figures[before];
      if (other.sentence != gap.sentence || other.block != gap.block) break;
      if (other.kind == FigureKind::kGrowthRate && other.indicator == rate.indicator &&
          other.sector == rate.sector && other.ref_area == rate.ref_area &&
          other.basis == rate.basis && Exact(other)) {
        rates.push_back(before);
      }
    }
    Alternatives alternatives;
    for (const int32_t own : rates) {
      for (const auto& [score, other] : ranked) {
        if (other == own) continue;
        alternatives.push_back(
            MakeBinding({at, own, other}, {"gap", "rate", "reference"}, -score < kSameName));
      }
    }
    if (!alternatives.empty()) bindings.push_back(std::move(alternatives));
  }
  return bindings;
}

bool Binder::Exhaustive(const Division& division, PartSource source) const {
  if (source != config::v1::PART_SOURCE_BREAKDOWN) return true;
  std::vector<Operand> parts;
  for (const int32_t part : division.parts) parts.push_back(OperandOf(index_.figure(part)));
  const core::Verdict verdict =
      CheckLinearSum(OperandOf(index_.figure(division.whole)), parts, {}).verdict;
  return verdict == core::Verdict::kExact || verdict == core::Verdict::kWithinRounding;
}

std::vector<Alternatives> Binder::BindGrowthMix(PartSource source) {
  std::vector<Alternatives> bindings;
  for (const Division& division : Divisions(source)) {
    if (index_.stopped()) break;
    if (!Exhaustive(division, source)) continue;
    const int32_t total = index_.RateOf(division.whole);
    if (total < 0) continue;
    Binding binding;
    binding.figures = {total};
    binding.roles = {"rate"};
    binding.inferred = division.inferred;
    bool complete = true;
    for (const int32_t part : division.parts) {
      const int32_t rate = index_.RateOf(part);
      complete &= rate >= 0;
      binding.figures.insert(binding.figures.end(), {part, rate});
      binding.roles.insert(binding.roles.end(), {"part", "part rate"});
    }
    if (!complete) continue;
    const Figure& whole = index_.figure(division.whole);
    const Taxonomy& taxonomy = index_.taxonomy();
    bool real = taxonomy.RealGrowth(whole.indicator) || index_.figure(total).comparable_basis;
    for (const int32_t part : division.parts)
      real |= taxonomy.RealGrowth(index_.figure(part).indicator);
    if (real) {
      binding.not_applicable_zh = "增速按可比价格计算，绝对额按现价计算";
      binding.not_applicable_en = "growth is at comparable prices, levels are at current prices";
    }
    bindings.push_back({std::move(binding)});
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindGrowthBounds(PartSource source) {
  std::vector<Alternatives> bindings;
  std::set<std::vector<int32_t>> seen;
  auto add = [&](int32_t total, const std::vector<int32_t>& rates, bool inferred) {
    Binding binding;
    binding.figures = {total};
    binding.roles = {"rate"};
    for (const int32_t rate : rates) {
      binding.figures.push_back(rate);
      binding.roles.push_back("part rate");
    }
    binding.inferred = inferred;
    if (seen.insert(binding.figures).second) bindings.push_back({std::move(binding)});
  };
  for (const Division& division : Divisions(source)) {
    if (index_.stopped()) break;
    if (!Exhaustive(division, source)) continue;
    const int32_t total = index_.RateOf(division.whole);
    if (total < 0) continue;
    std::vector<int32_t> rates;
    for (const int32_t part : division.parts) {
      const Figure& figure = index_.figure(part);
      const int32_t rate = figure.kind == FigureKind::kGrowthRate ? part : index_.RateOf(part);
      if (rate >= 0) rates.push_back(rate);
    }
    if (rates.size() == division.parts.size()) add(total, rates, division.inferred);
  }
  if (source == config::v1::PART_SOURCE_TAXONOMY) {
    for (Division& division : TaxonomyParts(FigureKind::kGrowthRate)) {
      if (index_.stopped()) break;
      const Wholes wholes = WholesFor(division);
      if (!wholes.Named()) continue;
      std::vector<Operand> rates;
      for (const int32_t part : division.parts) rates.push_back(OperandOf(index_.figure(part)));
      const std::vector<int32_t> all = wholes.All();
      const auto holds = std::find_if(all.begin(), all.end(), [&](int32_t whole) {
        return CheckGrowthBounds(OperandOf(index_.figure(whole)), rates).verdict !=
               core::Verdict::kInconsistent;
      });
      add(holds == all.end() ? all.front() : *holds, division.parts, false);
    }
  }
  return bindings;
}

// ---- Words
// -------------------------------------------------------------------------------------------------------------

std::vector<Alternatives> Binder::BindDirection() const {
  std::vector<Alternatives> bindings;
  for (const size_t i : index_.Each()) {
    const Figure& figure = index_.figures()[i];
    if (figure.kind != FigureKind::kGrowthRate || figure.trend == 0 ||
        !index_.Usable(static_cast<int32_t>(i)))
      continue;
    if (figure.value.zero()) continue;
    bindings.push_back({MakeBinding({static_cast<int32_t>(i)}, {"rate"}, false)});
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindCount() const {
  std::vector<Alternatives> bindings;
  for (const size_t i : index_.Each()) {
    const Figure& figure = index_.figures()[i];
    if (figure.names.empty() || !Exact(figure) || !index_.Usable(static_cast<int32_t>(i))) continue;
    bindings.push_back({MakeBinding({static_cast<int32_t>(i)}, {"count"}, false)});
  }
  return bindings;
}

}  // namespace crossfoot::rules
