#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/binding.h"

// Which figures words put above or below a round one.

namespace crossfoot::rules {
namespace {

using core::Figure;
using core::FigureKind;
using core::Qualifier;

constexpr size_t kMinName = 3;             // characters
constexpr std::string_view kComma = "、";  // between the areas of a list

// Whether `area` is one of those in `list`: 安徽、山东、贵州.
bool Lists(std::string_view list, std::string_view area) {
  while (!area.empty() && !list.empty()) {
    const size_t end = std::min(list.find(kComma), list.size());
    if (list.substr(0, end) == area) return true;
    list.remove_prefix(std::min(end + kComma.size(), list.size()));
  }
  return false;
}

}  // namespace

// Whether what is said of `bound` is said of the same fact as `figure`, which is exact.
bool Binder::BoundedBy(int32_t figure, int32_t bound) const {
  const Figure& a = index_.figure(figure);
  const Figure& b = index_.figure(bound);
  if (a.qualifier != Qualifier::kExact || a.heading || a.counted || a.basis != b.basis ||
      a.status != b.status || a.comparator != b.comparator || a.base != b.base ||
      a.value.sign() != b.value.sign() || a.sentence < 0 ||
      (a.links.list >= 0 && a.links.list == b.links.list)) {
    return false;
  }
  const std::string& period = index_.Period(bound);
  if (period.empty() || period != index_.Period(figure)) return false;
  // 7650万亩以上，其中玉米5790万亩
  if (a.kind == FigureKind::kLevel && a.sentence == b.sentence) return false;
  const bool listed = a.ref_area != b.ref_area && Lists(b.ref_area, a.ref_area);
  if (a.ref_area != b.ref_area && !listed) return false;
  if (index_.Name(bound) == index_.Name(figure)) return index_.Name(bound).size() >= kMinName;
  // A sentence that says first what its paragraph is about leaves the breakdown to the others.
  const bool topic = a.block == b.block && bound < figure && b.sector.empty() && !listed;
  return topic && !b.indicator.empty() &&
         index_.NormalName(a.indicator) == index_.NormalName(b.indicator);
}

std::vector<Alternatives> Binder::BindStatedBound() const {
  std::vector<Alternatives> bindings;
  const auto bind = [](int32_t figure, int32_t bound, bool inferred) {
    Binding binding;
    binding.figures = {figure, bound};
    binding.roles = {"figure", "bound"};
    binding.inferred = inferred;
    return binding;
  };
  for (const int32_t at : index_.Each()) {
    const Figure& bound = index_.figure(at);
    if (!index_.Usable(at)) continue;
    if (bound.links.bounds >= 0) {
      if (index_.Usable(bound.links.bounds))
        bindings.push_back({bind(bound.links.bounds, at, false)});
      continue;
    }
    if (bound.qualifier != Qualifier::kOver || bound.selective || bound.counted || bound.heading ||
        bound.sentence < 0) {
      continue;
    }
    std::vector<int32_t> bounded;
    for (const int32_t other :
         FigureIndex::Nearest(index_.Alike(at), at, FigureIndex::kNeighbours)) {
      if (BoundedBy(other, at)) bounded.push_back(other);
    }
    if (bounded.empty()) continue;
    // Of one fact, any statement may be meant; of several areas each is.
    const bool listed = index_.figure(bounded.front()).ref_area != bound.ref_area;
    Alternatives alternatives;
    for (const int32_t other : bounded) {
      alternatives.push_back(bind(other, at, true));
      if (!listed) continue;
      bindings.push_back(std::move(alternatives));
      alternatives.clear();
    }
    if (!alternatives.empty()) bindings.push_back(std::move(alternatives));
  }
  return bindings;
}

}  // namespace crossfoot::rules
