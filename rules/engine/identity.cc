#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "rules/engine/binding.h"
#include "rules/engine/expression.h"

// Which figures an identity of a rule pack binds.

namespace crossfoot::rules {
namespace {

using config::v1::Identity;
using core::Figure;
using core::FigureKind;
using core::ToAbsl;

constexpr size_t kNeighbours = 16;

// Whether `text` is one of `wanted`, or anything will do.
template <typename Texts>
bool OneOf(const Texts& wanted, std::string_view text) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), text) != wanted.end();
}

bool Fits(const Figure& figure, const Identity::Variable& variable) {
  if (!OneOf(variable.units(), figure.unit) || !OneOf(variable.sectors(), figure.sector))
    return false;
  const bool with_units = variable.units_size() > 0;
  switch (variable.type()) {
    case Identity::Variable::TYPE_AMOUNT:
      return figure.kind == FigureKind::kLevel;
    case Identity::Variable::TYPE_PERCENT:
      return (figure.kind == FigureKind::kShare || figure.kind == FigureKind::kRatio) &&
             (with_units || figure.unit == "%");
    case Identity::Variable::TYPE_NUMBER:
      return figure.kind == FigureKind::kRatio || figure.kind == FigureKind::kMultiple ||
             (with_units && figure.kind == FigureKind::kLevel);
    default:
      return false;
  }
}

}  // namespace

std::vector<Alternatives> Binder::BindIdentity(const config::v1::Rule& rule) const {
  const Expression& expression = expressions_.at(rule.id());
  const Identity& identity = rule.identity();
  const std::span<const Figure> figures = index_.figures();
  // Figures by variable and by what they must share, and the breakdown of each.
  absl::flat_hash_map<std::string, std::vector<int32_t>> found;
  absl::flat_hash_map<int64_t, std::string> sectors;
  const auto key = [](int variable, const Figure& figure) {
    return absl::StrCat(variable, "|", figure.article, "|", ToAbsl(figure.ref_area));
  };
  const auto pair = [&](int variable, int32_t figure) {
    return int64_t{figure} * identity.variables_size() + variable;
  };
  // One breakdown, or in one sentence none beside one, or one that the other goes on.
  const auto of_one = [&](int32_t a, const std::string& sector_a, int32_t b,
                          const std::string& sector_b) {
    if (sector_a == sector_b) return true;
    if (figures[a].sentence < 0 || figures[a].sentence != figures[b].sentence) return false;
    return sector_a.find(sector_b) != std::string::npos ||
           sector_b.find(sector_a) != std::string::npos;
  };
  // The breakdown of a figure whose statistic is one of the variable's, or nothing.
  const auto sector_of = [&](const Figure& figure,
                             const Identity::Variable& variable) -> std::optional<std::string> {
    const auto called = [&](std::string_view name) {
      return std::find(variable.indicators().begin(), variable.indicators().end(), name) !=
             variable.indicators().end();
    };
    if (called(figure.indicator)) return std::string(figure.sector);
    if (!figure.sector.empty() && called(std::string(figure.sector) + figure.indicator))
      return std::string();
    return std::nullopt;
  };
  std::vector<std::pair<int32_t, std::string>> anchors;
  const int32_t left = expression.atoms().front().variable;
  for (const size_t i : index_.Each()) {
    const auto at = static_cast<int32_t>(i);
    if (!index_.Usable(at) || figures[i].heading) continue;
    for (int v = 0; v < identity.variables_size(); ++v) {
      if (!Fits(figures[i], identity.variables(v))) continue;
      const std::optional<std::string> sector = sector_of(figures[i], identity.variables(v));
      if (!sector) continue;
      found[key(v, figures[i])].push_back(at);
      sectors[pair(v, at)] = *sector;
      if (v == left) anchors.emplace_back(at, *sector);
    }
  }
  std::vector<Alternatives> bindings;
  for (const auto& [anchor, sector] : anchors) {
    std::vector<int32_t> chosen(identity.variables_size(), -1);
    chosen[left] = anchor;
    std::string_view unit;  // of the amounts
    if (identity.variables(left).type() == Identity::Variable::TYPE_AMOUNT &&
        identity.variables(left).units().empty())
      unit = figures[anchor].unit;
    bool complete = true;
    for (int v = 0; v < identity.variables_size() && complete; ++v) {
      if (v == left) continue;
      const bool amount = identity.variables(v).type() == Identity::Variable::TYPE_AMOUNT &&
                          identity.variables(v).units().empty();
      const bool any_sector = identity.variables(v).sectors_size() > 0;
      const auto candidates = found.find(key(v, figures[anchor]));
      if (candidates != found.end()) {
        // One of the same breakdown first.
        for (const bool same : {true, false}) {
          if (chosen[v] >= 0 || (same && any_sector)) continue;
          for (const int32_t other :
               FigureIndex::Nearest(candidates->second, anchor, kNeighbours)) {
            const std::string& own = sectors[pair(v, other)];
            if (same ? own != sector : !any_sector && !of_one(anchor, sector, other, own)) continue;
            if (!FigureIndex::PeriodsAgree(figures[other], figures[anchor])) continue;
            if (std::find(chosen.begin(), chosen.end(), other) != chosen.end()) continue;
            if (amount && !unit.empty() && figures[other].unit != unit) continue;
            chosen[v] = other;
            break;
          }
        }
      }
      complete = chosen[v] >= 0;
      if (complete && amount && unit.empty()) unit = figures[chosen[v]].unit;
    }
    if (!complete) continue;
    Binding binding;
    binding.expression = &expression;
    binding.inferred = rule.inconsistent() == config::v1::SEVERITY_UNSPECIFIED;
    for (const Expression::Atom& atom : expression.atoms()) {
      const int32_t level = chosen[atom.variable];
      const int32_t figure = atom.growth ? index_.RateOf(level) : level;
      if (figure < 0) break;
      binding.figures.push_back(figure);
      binding.roles.push_back(
          atom.growth ? absl::StrCat("growth of ", identity.variables(atom.variable).name())
                      : identity.variables(atom.variable).name());
    }
    if (binding.figures.size() == expression.atoms().size())
      bindings.push_back({std::move(binding)});
  }
  return bindings;
}

}  // namespace crossfoot::rules
