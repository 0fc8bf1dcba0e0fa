#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"
#include "rules/relations/quotient.h"

// Figures that follow from others beside them.

namespace crossfoot::rules {
namespace {

using core::Attribute;
using core::Basis;
using core::Figure;
using core::FigureKind;
using core::Origin;
using core::Qualifier;
using core::ToAbsl;

Binding Derived(std::vector<int32_t> figures, std::vector<std::string> roles) {
  Binding binding;
  binding.figures = std::move(figures);
  binding.roles = std::move(roles);
  binding.inferred = true;
  return binding;
}

// Whether `figure` is of `level`, in the same sentence.
bool SpeaksOf(const Figure& figure, int32_t at, const Figure& level) {
  return figure.links.level == at && figure.sentence == level.sentence && figure.sentence >= 0 &&
         figure.qualifier == Qualifier::kExact && figure.links.list < 0;
}

}  // namespace

std::vector<Alternatives> Binder::BindChangeGrowth() const {
  std::vector<Alternatives> bindings;
  const Taxonomy& taxonomy = index_.taxonomy();
  const auto size = static_cast<int32_t>(index_.figures().size());
  for (const int32_t at : index_.Each()) {
    if (at + 2 >= size) break;
    const Figure& level = index_.figure(at);
    const Figure& change = index_.figure(at + 1);
    const Figure& rate = index_.figure(at + 2);
    if (level.kind != FigureKind::kLevel || change.kind != FigureKind::kChange ||
        rate.kind != FigureKind::kGrowthRate || level.qualifier != Qualifier::kExact ||
        !index_.Usable(at) || !index_.Usable(at + 1) || !index_.Usable(at + 2)) {
      continue;
    }
    if (!SpeaksOf(change, at, level) || !SpeaksOf(rate, at, level) || change.unit != level.unit ||
        level.value.sign() <= 0) {
      continue;
    }
    // 同比 behind 比年初 would be another comparison.
    const bool printed = rate.evidence.origin(Attribute::kBasis) == Origin::kPrinted;
    if (printed && rate.basis != change.basis) continue;
    if (rate.comparable_basis || taxonomy.RealGrowth(level.indicator)) continue;
    // 与2010年的725482人相比，增加25907人，增长3.57%: the level is what the change is measured
    // against.
    if (CheckQuotient(OperandOf(rate), OperandOf(change), OperandOf(level), core::Rational(100))
            .verdict != core::Verdict::kInconsistent)
      continue;
    bindings.push_back({Derived({at + 2, at, at + 1}, {"rate", "level", "change"})});
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindIndexChange(
    const config::v1::IndexChange& index_change) const {
  std::vector<Alternatives> bindings;
  const auto size = static_cast<int32_t>(index_.figures().size());
  for (const int32_t at : index_.Each()) {
    if (at + 1 >= size) break;
    const Figure& index = index_.figure(at);
    const Figure& rate = index_.figure(at + 1);
    const bool known =
        std::any_of(index_change.indicators().begin(), index_change.indicators().end(),
                    [&](const std::string& name) {
                      return index.indicator.view().find(name) != std::string_view::npos;
                    });
    if (!known || index.kind != FigureKind::kRatio || !index.unit.empty() ||
        rate.kind != FigureKind::kGrowthRate || index.sentence < 0 ||
        index.sentence != rate.sentence || index.indicator != rate.indicator ||
        index.sector != rate.sector || index.qualifier != Qualifier::kExact ||
        rate.qualifier != Qualifier::kExact || !index_.Usable(at) || !index_.Usable(at + 1)) {
      continue;
    }
    bindings.push_back({Derived({at + 1, at}, {"rate", "index"})});
  }
  return bindings;
}

std::vector<Alternatives> Binder::BindCommonBase() const {
  std::vector<Alternatives> bindings;
  const Taxonomy& taxonomy = index_.taxonomy();
  // By what the whole is called: the share that the others are held against.
  absl::flat_hash_map<std::string, int32_t> first;
  for (const int32_t at : index_.Each()) {
    const Figure& share = index_.figure(at);
    const int32_t part = share.links.level;
    if (share.kind != FigureKind::kShare || share.unit != "%" || share.base.empty() ||
        share.qualifier != Qualifier::kExact || share.links.ratio || part < 0 ||
        !index_.Usable(at) || !index_.Usable(part)) {
      continue;
    }
    const Figure& level = index_.figure(part);
    if (level.kind != FigureKind::kLevel || level.qualifier != Qualifier::kExact ||
        level.value.sign() <= 0 || share.value.sign() <= 0 ||
        !FigureIndex::PeriodsAgree(share, level)) {
      continue;
    }
    // 占全国比重 is of the nation's statistic, whichever the part's is.
    const bool of_area = taxonomy.NationName(share.base);
    const std::string key = absl::StrCat(
        level.article, "|", ToAbsl(level.unit), "|", index_.Period(part), "|",
        static_cast<int>(level.status), "|", ToAbsl(share.base), "|",
        of_area ? ToAbsl(level.indicator) : "", "|", of_area ? ToAbsl(level.sector) : "", "|",
        of_area ? "" : ToAbsl(level.ref_area));
    const auto [place, inserted] = first.try_emplace(key, at);
    if (inserted) continue;
    const int32_t other = place->second;
    if (at - other > FigureIndex::kSpread || index_.figure(other).links.level == part) {
      place->second = at;
      continue;
    }
    bindings.push_back({Derived({at, part, other, index_.figure(other).links.level},
                                {"share", "part", "share", "part"})});
  }
  return bindings;
}

}  // namespace crossfoot::rules
