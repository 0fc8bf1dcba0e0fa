#ifndef CROSSFOOT_RULES_ENGINE_BINDING_H_
#define CROSSFOOT_RULES_ENGINE_BINDING_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crossfoot/config/v1/rule_pack.pb.h"
#include "rules/engine/expression.h"
#include "rules/engine/figure_index.h"
#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// A tuple of figures that a rule may be applied to.
struct Binding {
  std::vector<int32_t> figures;    // the left one first
  std::vector<std::string> roles;  // of each
  // Bound by likeness of names or by place, not by name; a finding then needs a misprint that
  // explains it.
  bool inferred = false;
  // The printed digits are compared, whatever hedges them: 超300项 and 超300项.
  bool as_printed = false;
  // Of an identity; owned by the engine.
  const Expression* expression = nullptr;
  // The relation does not apply, and why.
  std::string not_applicable_zh, not_applicable_en;
  std::string note_zh, note_en;
};

// Bindings that exclude one another, best first: of a share to one of several wholes.  The first
// that holds is the check; when none does, the first of all is.
using Alternatives = std::vector<Binding>;

// Applies the relation of `rule` to the figures of `binding`.  `replaced` stands in for some of
// them (by index), to ask what would be if they were printed otherwise.
Outcome Evaluate(const config::v1::Rule& rule, const Binding& binding, const FigureIndex& index,
                 const std::map<int32_t, Operand>* replaced = nullptr);

// The relation with its numbers: "2178亿元 + 129.1亿元 = 2307.1亿元，印作 2463亿元" (zh) or with
// "printed" (en).
std::string Express(const config::v1::Rule& rule, const Binding& binding, const Outcome& outcome,
                    const FigureIndex& index, bool english);

// `value`, in the base unit, as it would be printed in the unit of `like`, two places finer:
// 2462.88亿元.
std::string PrintLike(const core::Rational& value, const core::Figure& like);

// Finds the tuples of each relation.  Joins go through the index; candidates by likeness are sought
// among a bounded number of neighbours, so that the whole is linear in the number of figures.
class Binder {
 public:
  Binder(const FigureIndex& index, const Expressions& expressions)
      : index_(index), expressions_(expressions) {}

  std::vector<Alternatives> Bind(const config::v1::Rule& rule);

 private:
  class Prose;

  // A whole and its parts.
  struct Division {
    int32_t whole = -1;
    std::vector<int32_t> parts;
    bool inferred = false;
    const Taxonomy::Partition* partition = nullptr;  // nullptr when the text makes the division
    bool by_row = false;  // the parts stand beside one another in a row of a table
    // What all parts are broken down by beside: 一般贸易 of 一般贸易出口 and 一般贸易进口.
    std::string of = {};
  };

  const std::vector<Division>& Divisions(config::v1::PartSource source);
  // Sets of parts of `kind`, by taxonomy: all of a partition, or those of its parts that stand
  // together where they are not all; wholes are left open.
  enum class Parts { kAll, kSome };
  std::vector<Division> TaxonomyParts(core::FigureKind kind, Parts wanted = Parts::kAll) const;
  // Of the second sort, with their wholes.
  std::vector<Division> Disjoint() const;
  // Parts under one whole whose names are opposites.
  std::vector<Division> Opposites();
  // What adds up for two statistics of the report and so should for others; in witness.cc.
  std::vector<Division> Witnessed() const;
  // The `count` levels of its unit that stand before a total in its paragraph; empty when they are
  // not clear.
  std::vector<int32_t> LevelsBefore(int32_t total, int count) const;
  // What the rows and columns of tables add up to; in table_total.cc.
  std::vector<Division> TableTotals() const;
  // Periods that follow one another and make up a longer one; in succession.cc.
  std::vector<Division> Successive() const;
  // Parts one by one with the wholes that their names say; in containment.cc.
  std::vector<Division> Contained() const;
  // What a set of parts may be the parts of, best first.
  struct Wholes {
    std::vector<int32_t> by_name;       // called as the partition calls its whole
    std::vector<int32_t> by_statistic;  // the statistic of the parts without a breakdown
    std::vector<int32_t> by_text;       // what 其中 puts them under
    bool Named() const { return !by_name.empty() || !by_statistic.empty(); }
    std::vector<int32_t> All() const;
  };
  Wholes WholesFor(const Division& division) const;
  // The one that the parts add up to; the best when none is.
  void ChooseWhole(Division& division) const;

  // Whether the parts are known to be all there are: by definition, or because they add up.
  bool Exhaustive(const Division& division, config::v1::PartSource source) const;

  // In restatement.cc.
  std::vector<Alternatives> BindRestatement(config::v1::Restatement::Between between) const;
  std::vector<Alternatives> BindProse() const;
  std::vector<Alternatives> BindPlaces(config::v1::Restatement::Between between) const;
  std::vector<Alternatives> BindStatements() const;
  std::vector<Alternatives> BindReports() const;
  std::vector<Alternatives> BindContents() const;

  // Whether the parts that 其中 names may be all there are, and are printed so finely that a sum
  // that nearly holds is meant to.
  bool MayBeAll(const Division& division) const;
  // Whether parts that the text names fall short of their whole, so that it may have others: loans
  // abroad behind 分部门看, other power plants behind 其中.
  bool MayLeaveOut(const Division& division, config::v1::PartSource source) const;
  std::vector<Alternatives> BindSum(config::v1::PartSource source);
  std::vector<Alternatives> BindShare() const;
  // The level of the same name that stands before a share in its paragraph, or -1.
  int32_t NamedLevel(int32_t share) const;
  std::vector<Alternatives> BindSharesSum() const;
  std::vector<Alternatives> BindGrowthGap() const;
  // The rate of the same statistic in the period before.
  std::vector<Alternatives> BindEarlierRate() const;
  std::vector<Alternatives> BindGrowthMix(config::v1::PartSource source);
  std::vector<Alternatives> BindGrowthBounds(config::v1::PartSource source);
  std::vector<Alternatives> BindDirection() const;
  std::vector<Alternatives> BindCount() const;
  std::vector<Alternatives> BindPartOf(config::v1::PartSource source);

  std::vector<Alternatives> BindContributions() const;
  // In derivation.cc.
  std::vector<Alternatives> BindChangeGrowth() const;
  std::vector<Alternatives> BindIndexChange(const config::v1::IndexChange& index_change) const;
  std::vector<Alternatives> BindCommonBase() const;
  // In ranking.cc.
  std::vector<Alternatives> BindOrder() const;
  bool Rivals(int32_t first, int32_t other) const;
  // In movement.cc.
  std::vector<Alternatives> BindMovement(config::v1::Movement::Measure measure) const;
  int32_t EarlierLevel(int32_t level) const;
  std::vector<Alternatives> BindYearBefore() const;
  // In stated_bound.cc.
  std::vector<Alternatives> BindStatedBound() const;
  bool BoundedBy(int32_t figure, int32_t bound) const;
  // In identity.cc.
  std::vector<Alternatives> BindIdentity(const config::v1::Rule& rule) const;

  const FigureIndex& index_;
  const Expressions& expressions_;
  std::map<config::v1::PartSource, std::vector<Division>> divisions_;
};

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_BINDING_H_
