#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "rules/engine/binding.h"
#include "rules/relations/linear_sum.h"

// What tables add up to.  A row that is called 合计 is the sum of other rows, and which rows those
// are shows in the columns: those behind it, before it, or the other totals.  The division that
// holds in most columns is the table's; where it fails, a figure is wrong.  Columns headed 合计 are
// to rows what such rows are to columns.

namespace crossfoot::rules {
namespace {

using core::Figure;
using core::FigureKind;
using core::Qualifier;

// Of a sum.
constexpr size_t kMostParts = 200;
// How far its parts are sought.
constexpr size_t kMostEntries = 1000;
// How many rows or columns must hold where no word says that there is a sum.
constexpr int kFewestUnnamed = 2;
// How small the last digits of all parts are beside the whole, at least, for a sum that holds to
// tell anything; and for one that fails without another to bear witness.
constexpr int64_t kFineness = 20;
constexpr int64_t kFinenessAlone = 500;
// How many must hold for each that fails.
constexpr int kWitnesses = 3;

// A cell of a line, which is a column or a row, by its place in it.
struct Entry {
  int32_t place;  // row or column
  int32_t indent;
  bool total;  // called so
  bool area;   // by the name of a place alone
  int32_t figure;
};
using Line = std::vector<Entry>;

// Places of a whole and of its parts, the same for all lines of a table.
struct Places {
  int32_t whole;
  std::vector<int32_t> parts;

  friend auto operator<=>(const Places&, const Places&) = default;
};

// Calls `found` with the sets of entries that the one at `at` may be the sum of.
// `totals` are the entries that are called so.
template <typename Found>
void ForEachCandidate(const Line& line, const std::vector<size_t>& totals, size_t at,
                      const Found& found) {
  const Entry& whole = line[at];
  // The entries of [begin, end) that are indented least, if they are not left of the whole.
  const auto least = [&](size_t begin, size_t end) {
    std::vector<size_t> parts;
    int32_t indent = INT32_MAX;
    for (size_t i = begin; i < end; ++i) indent = std::min(indent, line[i].indent);
    if (indent < whole.indent) return;
    for (size_t i = begin; i < end && parts.size() <= kMostParts; ++i) {
      if (line[i].indent == indent) parts.push_back(i);
    }
    if (parts.size() >= 2 && parts.size() <= kMostParts) found(parts);
  };
  // Right below it, indented.
  size_t end = at + 1;
  while (end < line.size() && line[end].indent > whole.indent) ++end;
  if (end > at + 1) least(at + 1, end);
  if (!whole.total) return;
  // Up to the next total behind it, and from the last one before it; nothing where that is far.
  size_t behind = at + 1;
  while (behind < line.size() && !line[behind].total && behind - at <= kMostEntries) ++behind;
  if (behind != end && behind - at <= kMostEntries) least(at + 1, behind);
  size_t before = at;
  while (before > 0 && !line[before - 1].total && at - before <= kMostEntries) --before;
  if (at - before <= kMostEntries) least(before, at);
  // The other totals.
  if (totals.size() < 3 || totals.size() > kMostParts) return;
  std::vector<size_t> others;
  for (const size_t total : totals) {
    if (total != at) others.push_back(total);
  }
  found(others);
}

}  // namespace

std::vector<Binder::Division> Binder::TableTotals() const {
  const std::span<const Figure> figures = index_.figures();
  std::vector<Division> divisions;

  // What is known of a division in one line.
  struct Use {
    Division division;
    bool holds = false;
    bool tells = false;     // by chance it would hardly hold
    bool fine = false;      // nor would a misprint make it hold
    bool near = false;      // the parts do not make much more than the whole
    bool average = false;   // the whole lies among its parts
    bool short_of = false;  // the parts make less than the whole
  };
  struct Uses {
    std::vector<Use> list;
    bool named = false;  // a word says that it is a sum
    bool area = false;   // the name of a place
  };

  const auto usable = [&](int32_t at) {
    const Figure& figure = figures[at];
    return (figure.kind == FigureKind::kLevel || figure.kind == FigureKind::kShare) &&
           index_.Usable(at) && figure.qualifier == Qualifier::kExact &&
           FigureIndex::Additive(figure, index_.taxonomy());
  };
  const auto use_of = [&](const Line& line, size_t whole, const std::vector<size_t>& parts) {
    Use use;
    use.division = {line[whole].figure, {}, true, nullptr};
    std::vector<Operand> operands;
    const Figure& total = figures[line[whole].figure];
    core::Rational least = figures[line[parts.front()].figure].value;
    core::Rational most = least;
    core::Rational coarse;
    core::Rational sum;
    for (const size_t part : parts) {
      const Figure& figure = figures[line[part].figure];
      use.division.parts.push_back(line[part].figure);
      operands.push_back(OperandOf(figure));
      least = std::min(least, figure.value);
      most = std::max(most, figure.value);
      coarse = coarse + core::Rational(figure.quantum);
      sum = sum + figure.value;
    }
    use.holds =
        CheckLinearSum(OperandOf(total), operands, {}).verdict != core::Verdict::kInconsistent;
    use.tells = coarse * core::Rational(kFineness) <= total.value;
    use.fine = coarse * core::Rational(kFinenessAlone) <= total.value;
    use.average = least <= total.value && total.value <= most;
    // Twice the whole are two breakdowns beside one another.
    use.near = sum * core::Rational(2) < total.value * core::Rational(3);
    use.short_of = sum < total.value;
    return use;
  };
  const auto add_lines = [&](const std::map<int32_t, Line>& lines, bool by_row) {
    std::map<Places, Uses> found;
    for (const auto& [key, line] : lines) {
      if (index_.stopped()) return;
      std::vector<size_t> totals;
      for (size_t at = 0; at < line.size() && totals.size() <= kMostParts; ++at) {
        if (line[at].total) totals.push_back(at);
      }
      for (size_t at = 0; at < line.size(); ++at) {
        if ((at & 15) == 0 && index_.stopped()) return;
        if (!usable(line[at].figure)) continue;
        ForEachCandidate(line, totals, at, [&](const std::vector<size_t>& parts) {
          Places places{line[at].place, {}};
          for (const size_t part : parts) {
            if (!usable(line[part].figure) ||
                figures[line[part].figure].unit != figures[line[at].figure].unit ||
                figures[line[part].figure].kind != figures[line[at].figure].kind)
              return;
            places.parts.push_back(line[part].place);
          }
          Uses& uses = found[std::move(places)];
          uses.named = line[at].total;
          uses.area = line[at].area;
          uses.list.push_back(use_of(line, at, parts));
          uses.list.back().division.by_row = by_row;
        });
      }
    }
    // Of those with the same whole, the one that most lines tell.
    std::map<int32_t, std::vector<const Uses*>> by_whole;
    for (const auto& [places, uses] : found) by_whole[places.whole].push_back(&uses);
    for (const auto& [whole, candidates] : by_whole) {
      const auto telling = [](const Uses* uses) {
        return std::count_if(uses->list.begin(), uses->list.end(),
                             [](const Use& use) { return use.holds && use.tells; });
      };
      const Uses* const best =
          *std::max_element(candidates.begin(), candidates.end(),
                            [&](const Uses* a, const Uses* b) { return telling(a) < telling(b); });
      const auto holding = telling(best);
      std::vector<const Use*> failing;
      for (const Use& use : best->list) {
        if (!use.holds) failing.push_back(&use);
      }
      const auto failures = static_cast<std::ptrdiff_t>(failing.size());
      if (!best->named && holding < kFewestUnnamed) continue;
      // A single line may be wrong when there is nothing else that it could be.
      const bool alone = holding == 0 && failures == 1 && !best->area && candidates.size() == 1 &&
                         failing.front()->fine && failing.front()->near;
      // What often fails is no sum, and parts that fall short again and again are not all.
      const bool doubtful =
          failures > 1 && (failures * kWitnesses > holding ||
                           std::all_of(failing.begin(), failing.end(),
                                       [](const Use* use) { return use->short_of; }));
      if (failures > 0 && (doubtful || (holding == 0 && !alone))) continue;
      for (const Use& use : best->list) {
        // What lies among its parts is an average of them, or the last of them.
        if (!use.holds && use.average) continue;
        Division division = use.division;
        division.inferred = failures > 1 || holding < kWitnesses;
        divisions.push_back(std::move(division));
      }
    }
  };

  for (size_t begin = 0; begin < figures.size();) {
    if (index_.stopped()) return divisions;
    if (figures[begin].row < 0) {
      ++begin;
      continue;
    }
    size_t end = begin;
    std::map<int32_t, Line> columns;
    std::map<int32_t, Line> rows;
    bool headed = false;
    for (; end < figures.size() && figures[end].row >= 0 &&
           figures[end].block == figures[begin].block;
         ++end) {
      const Figure& figure = figures[end];
      const auto at = static_cast<int32_t>(end);
      columns[figure.column].push_back(
          {figure.row, figure.indent, figure.row_total, figure.row_total_area, at});
      rows[figure.row].push_back({figure.column, 0, figure.column_total, false, at});
      headed |= figure.column_total;
    }
    add_lines(columns, false);
    if (headed) add_lines(rows, true);
    begin = end;
  }
  return divisions;
}

}  // namespace crossfoot::rules
