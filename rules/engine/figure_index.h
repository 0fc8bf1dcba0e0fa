#ifndef CROSSFOOT_RULES_ENGINE_FIGURE_INDEX_H_
#define CROSSFOOT_RULES_ENGINE_FIGURE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/cancellation.h"
#include "core/figure.h"
#include "rules/engine/taxonomy.h"
#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// The figures of a document, ready to be joined: by article, kind and unit, and by name.  Refers to
// the figures and the taxonomy, which must outlive it.
class FigureIndex {
 public:
  // The figures from `own` on are of earlier reports: no rule sees them but those that reach there.
  // `cancellation` may be null.
  FigureIndex(const std::vector<core::Figure>& figures, const Taxonomy& taxonomy, int32_t own,
              const core::Cancellation* cancellation = nullptr);

  // Those of the report itself; `figure` knows the earlier ones too.
  std::span<const core::Figure> figures() const {
    return std::span(figures_).first(static_cast<size_t>(own_));
  }
  // Their indices; less of them when the work is given up.
  core::Steps Each() const { return {static_cast<size_t>(own_), cancellation_}; }
  // And of those of earlier reports.
  core::Steps EachOrEarlier() const { return {figures_.size(), cancellation_}; }
  // Whether the work is given up; what rules bind then is thrown away.
  bool stopped() const { return core::Stopped(cancellation_); }
  // How many there are with those of earlier reports.
  int32_t size() const { return static_cast<int32_t>(figures_.size()); }
  const core::Figure& figure(int32_t index) const { return figures_[index]; }
  bool Earlier(int32_t index) const { return index >= own_; }
  const Taxonomy& taxonomy() const { return taxonomy_; }

  // Figures that take part in checks: no targets, no copies, none of earlier reports.
  bool Usable(int32_t index) const { return usable_[index]; }

  // The usable figures of the same article, kind and unit as `like`, in text order.
  const std::vector<int32_t>& Alike(int32_t like) const;
  // The same for a kind and unit other than its own.
  const std::vector<int32_t>& Alike(int32_t article, core::FigureKind kind,
                                    std::string_view unit) const;

  // How far, in figures, what belongs together may stand apart, and how many candidates are tried.
  static constexpr int32_t kSpread = 64;
  static constexpr size_t kNeighbours = 48;

  // At most `limit` of `list` (text order) nearest to figure `at`, nearest first, those before it
  // first among equals; `at` itself left out.
  static std::vector<int32_t> Nearest(const std::vector<int32_t>& list, int32_t at, size_t limit);

  // The growth rate against a year ago of level `level`, or -1.
  int32_t RateOf(int32_t level) const { return rate_of_[level]; }

  // Breakdown and statistic, as they are printed one behind the other.
  static std::string FullName(const core::Figure& figure);
  // The same with the statistic's canonical name.
  static std::string StatisticName(const core::Figure& figure);
  // The same without noise words.
  const std::u32string& Name(int32_t index) const { return names_[index]; }
  // Its PeriodKey.
  const std::string& Period(int32_t index) const { return periods_[index]; }
  // What the figures of one row of a table share and no others; -1 in prose.
  int32_t Row(int32_t index) const { return rows_[index]; }
  // How alike two names are, 0 to 100: twice the longest common subsequence over both lengths.
  static int Likeness(std::u32string_view a, std::u32string_view b);
  // Whether two names end in the same noun, of two characters.
  static bool SameTail(std::u32string_view a, std::u32string_view b);
  // Whether `shorter` is `longer` with characters left out: 零售额, 社会消费品零售总额.
  static bool Abridges(std::u32string_view shorter, std::u32string_view longer);
  std::u32string NormalName(std::string_view name) const;

  // What tells a figure's period from others: its days, or what is printed of them.
  static std::string PeriodKey(const core::Figure& figure);

  // How many printed digits tell a number from others: 4 of 0.3848 and 384.0.
  static int SignificantDigits(const core::Figure& figure);

  // Whether a figure says how large something is: no gap, no rank.
  static bool StatesAFact(const core::Figure& figure);
  // What a figure is of, without the time: an SDMX series.  `normal_name` is what it is called, as
  // the taxonomy normalizes it.
  static std::string SeriesOf(const core::Figure& figure, std::string_view normal_name);
  // Series and period, the same in every report that states them; empty when they are not known
  // well enough to look for them elsewhere.
  static std::string FactOf(const core::Figure& figure, const Taxonomy& taxonomy);

  // Whether parts add up to it: neither its statistic nor its breakdown is an average, nor its unit
  // one per something.
  static bool Additive(const core::Figure& figure, const Taxonomy& taxonomy);
  // Which way a level says that something moved, by how much: 贷款增加486.2亿元 +1; else 0.
  static int MovedBy(const core::Figure& figure) {
    const bool moves = figure.kind == core::FigureKind::kLevel && figure.links.from < 0;
    return moves ? figure.links.moved : 0;
  }

  // The series of an amount that accrues over whole months, so that those of months make that of
  // the months together; empty for what does not.
  static std::string FlowOf(const core::Figure& figure, const Taxonomy& taxonomy);

  // The fact that a level's growth is measured against: the same a year before.  Empty when the
  // level has no fact.
  static std::string YearBeforeOf(const core::Figure& level, const Taxonomy& taxonomy);

  // The same of the rate of an earlier period that `rate` is measured against in points by `gap`:
  // 增速较前三季度提高0.8个百分点.  Empty when the period is not known.
  static std::string ReferenceOf(const core::Figure& gap, const core::Figure& rate,
                                 const Taxonomy& taxonomy);

  // One of them is open, or they are equal.
  static bool PeriodsAgree(const core::Figure& a, const core::Figure& b);
  // Or one is the last day of the other, which nothing but the text around gave: behind 年末… a
  // sentence without a period of its own may go on with the stock.
  static bool PeriodsMayAgree(const core::Figure& a, const core::Figure& b);

 private:
  static std::string Key(int32_t article, core::FigureKind kind, std::string_view unit);

  const std::vector<core::Figure>& figures_;
  const Taxonomy& taxonomy_;
  int32_t own_;
  const core::Cancellation* cancellation_;
  std::vector<bool> usable_;
  std::vector<int32_t> rate_of_;
  std::vector<std::u32string> names_;
  std::vector<std::string> periods_;
  std::vector<int32_t> rows_;
  absl::flat_hash_map<std::string, std::vector<int32_t>> alike_;
};

// The operand that a figure is.
inline Operand OperandOf(const core::Figure& figure) {
  return {figure.value, figure.quantum, figure.qualifier};
}

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_FIGURE_INDEX_H_
