#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "rules/engine/binding.h"

// What something was and what it has come to.

namespace crossfoot::rules {
namespace {

using config::v1::Movement;
using core::Attribute;
using core::Basis;
using core::Figure;
using core::FigureKind;
using core::Origin;
using core::Qualifier;

constexpr int32_t kBehind = 2;  // figures behind a level among which its change is sought

// Whether `before` is of the same months of the year before.
bool YearBefore(const Figure& now, const Figure& before) {
  if (!now.time_period || !before.time_period) return false;
  const auto year_on = [](absl::CivilDay day) {
    return absl::CivilMonth(day.year() + 1, day.month());
  };
  return year_on(before.time_period->start) == absl::CivilMonth(now.time_period->start) &&
         year_on(before.time_period->end) == absl::CivilMonth(now.time_period->end);
}

bool BasisPrinted(const Figure& figure) {
  return figure.evidence.origin(Attribute::kBasis) == Origin::kPrinted;
}

}  // namespace

// The figure that says what `level` was before, in the same sentence or row; -1 when none does.
int32_t Binder::EarlierLevel(int32_t level) const {
  const Figure& now = index_.figure(level);
  if (now.links.from >= 0) return now.links.from;
  if (now.kind != FigureKind::kLevel || now.links.list >= 0) return -1;
  int32_t found = -1;
  for (const int32_t other :
       FigureIndex::Nearest(index_.Alike(level), level, FigureIndex::kNeighbours)) {
    const Figure& before = index_.figure(other);
    if (other == level || before.sentence != now.sentence || before.block != now.block ||
        before.indicator != now.indicator || before.sector != now.sector ||
        before.ref_area != now.ref_area || before.links.list >= 0 || !YearBefore(now, before)) {
      continue;
    }
    if (found >= 0) return -1;  // two of them
    found = other;
  }
  return found;
}

std::vector<Alternatives> Binder::BindMovement(Movement::Measure measure) const {
  std::vector<Alternatives> bindings;
  const auto size = static_cast<int32_t>(index_.figures().size());
  const auto exact = [&](int32_t at) {
    return index_.Usable(at) && index_.figure(at).qualifier == Qualifier::kExact;
  };
  for (const int32_t at : index_.Each()) {
    const Figure& now = index_.figure(at);
    if (!exact(at)) continue;
    for (int32_t behind = at + 1; behind < size && behind <= at + kBehind; ++behind) {
      const Figure& change = index_.figure(behind);
      if (change.sentence != now.sentence || change.block != now.block || !exact(behind) ||
          change.links.list >= 0) {
        break;
      }
      const bool of_now = change.links.level == at || change.links.rate == at ||
                          (now.links.from >= 0 && behind == at + 1);
      if (!of_now || change.indicator != now.indicator || change.sector != now.sector) continue;
      const bool rate = change.kind == FigureKind::kGrowthRate;
      const bool difference = (change.kind == FigureKind::kChange && change.unit == now.unit) ||
                              (change.kind == FigureKind::kPointChange && now.unit == "%");
      if (measure == Movement::MEASURE_RATE ? !rate : !difference) continue;
      if (rate && (now.kind != FigureKind::kLevel || change.comparable_basis ||
                   index_.taxonomy().RealGrowth(now.indicator))) {
        continue;
      }
      const int32_t earlier = EarlierLevel(at);
      if (earlier < 0 || !exact(earlier)) continue;
      const Figure& before = index_.figure(earlier);
      // What is said to be against another time must be against that of the earlier figure.
      const bool known = change.basis == Basis::kYearAgo && YearBefore(now, before);
      if (BasisPrinted(change) && !known) continue;
      if (now.links.from < 0 && !known) continue;
      Binding binding;
      binding.figures = {behind, at, earlier};
      binding.roles = {rate ? "rate" : "change", "now", "before"};
      binding.inferred = true;
      bindings.push_back({std::move(binding)});
      break;
    }
  }
  return bindings;
}

// The levels that earlier reports state for the year before, under the growth rates of the report.
std::vector<Alternatives> Binder::BindYearBefore() const {
  std::vector<Alternatives> bindings;
  absl::flat_hash_map<std::string, int32_t> earlier;  // the most recent statement of a fact
  for (const int32_t at : index_.EachOrEarlier()) {
    if (!index_.Earlier(at)) continue;
    const Figure& figure = index_.figure(at);
    if (figure.kind != FigureKind::kLevel || figure.qualifier != Qualifier::kExact) continue;
    earlier.try_emplace(FigureIndex::FactOf(figure, index_.taxonomy()), at);
  }
  if (earlier.empty()) return bindings;
  for (const int32_t at : index_.Each()) {
    const Figure& level = index_.figure(at);
    const int32_t rate = index_.RateOf(at);
    if (rate < 0 || !index_.Usable(at) || level.qualifier != Qualifier::kExact ||
        index_.figure(rate).qualifier != Qualifier::kExact ||
        index_.figure(rate).comparable_basis || index_.taxonomy().RealGrowth(level.indicator)) {
      continue;
    }
    const auto before = earlier.find(FigureIndex::YearBeforeOf(level, index_.taxonomy()));
    if (before == earlier.end() || before->first.empty()) continue;
    Binding binding;
    binding.figures = {rate, at, before->second};
    binding.roles = {"rate", "now", "before"};
    bindings.push_back({std::move(binding)});
  }
  return bindings;
}

}  // namespace crossfoot::rules
