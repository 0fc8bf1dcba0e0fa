#include "rules/engine/figure_index.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "core/string_view.h"

namespace crossfoot::rules {
namespace {

using core::Figure;
using core::FigureKind;

std::u32string Decode(std::string_view text) {
  std::u32string out;
  for (size_t i = 0; i < text.size();) {
    const uint8_t lead = static_cast<uint8_t>(text[i]);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0xFF >> (size + 1));
    for (size_t k = 1; k < size && i + k < text.size(); ++k)
      c = (c << 6) | (static_cast<uint8_t>(text[i + k]) & 0x3F);
    out.push_back(c);
    i += size;
  }
  return out;
}

}  // namespace

FigureIndex::FigureIndex(const std::vector<Figure>& figures, const Taxonomy& taxonomy, int32_t own,
                         const core::Cancellation* cancellation)
    : figures_(figures),
      taxonomy_(taxonomy),
      own_(own),
      cancellation_(cancellation),
      usable_(figures.size()),
      rate_of_(figures.size(), -1) {
  names_.reserve(figures.size());
  periods_.reserve(figures.size());
  rows_.reserve(figures.size());
  for (const size_t i : core::Steps(figures.size(), cancellation)) {
    const Figure& figure = figures[i];
    usable_[i] =
        figure.status != core::Status::kTarget && !figure.copy && !Earlier(static_cast<int32_t>(i));
    names_.push_back(NormalName(StatisticName(figure)));
    periods_.push_back(PeriodKey(figure));
    // Figures of a table come row by row.
    const bool same_row = i > 0 && figures[i - 1].block == figure.block && figure.row >= 0 &&
                          figures[i - 1].row == figure.row;
    rows_.push_back(figure.column < 0 ? -1 : same_row ? rows_.back() : static_cast<int32_t>(i));
    if (!usable_[i]) continue;
    alike_[Key(figure.article, figure.kind, figure.unit)].push_back(static_cast<int32_t>(i));
    if (figure.kind == FigureKind::kGrowthRate && figure.links.level >= 0 &&
        figure.basis == core::Basis::kYearAgo && rate_of_[figure.links.level] < 0 &&
        figure.unit == "%" && figure.qualifier == core::Qualifier::kExact) {
      rate_of_[figure.links.level] = static_cast<int32_t>(i);
    }
  }
}

std::string FigureIndex::FullName(const Figure& figure) {
  return figure.sector == figure.indicator ? std::string(figure.indicator)
                                           : std::string(figure.sector) + figure.indicator;
}

std::string FigureIndex::StatisticName(const Figure& figure) {
  if (figure.statistic.empty() || figure.sector == figure.indicator) return FullName(figure);
  return std::string(figure.sector) + figure.statistic;
}

std::string FigureIndex::PeriodKey(const Figure& figure) {
  return figure.time_period ? figure.time_period->ToString() : figure.period_key;
}

bool FigureIndex::SameTail(std::u32string_view a, std::u32string_view b) {
  const auto tail = [](std::u32string_view text) {
    return text.substr(text.size() - std::min<size_t>(text.size(), 2));
  };
  return tail(a) == tail(b);
}

int FigureIndex::SignificantDigits(const Figure& figure) {
  int count = 0;
  for (const char c : figure.digits) {
    if ((c >= '1' && c <= '9') || (c == '0' && count > 0)) ++count;
  }
  return count;
}

bool FigureIndex::StatesAFact(const Figure& figure) {
  return figure.kind == FigureKind::kLevel || figure.kind == FigureKind::kGrowthRate ||
         figure.kind == FigureKind::kShare || figure.kind == FigureKind::kRatio ||
         figure.kind == FigureKind::kMultiple || figure.kind == FigureKind::kChange ||
         figure.kind == FigureKind::kContribution;
}

std::string FigureIndex::SeriesOf(const Figure& figure, std::string_view normal_name) {
  return absl::StrCat(static_cast<int>(figure.kind), "|", static_cast<int>(figure.status), "|",
                      static_cast<int>(figure.qualifier), "|", core::ToAbsl(figure.unit), "|",
                      core::ToAbsl(figure.ref_area), "|", core::ToAbsl(normal_name), "|",
                      static_cast<int>(figure.basis), "|", core::ToAbsl(figure.comparator), "|",
                      core::ToAbsl(figure.base));
}

std::string FigureIndex::FactOf(const Figure& figure, const Taxonomy& taxonomy) {
  if (!StatesAFact(figure) || figure.copy || figure.heading || figure.indicator.empty() ||
      !figure.time_period || figure.time_period->assumed ||
      figure.status != core::Status::kActual || figure.qualifier == core::Qualifier::kRange) {
    return "";
  }
  return absl::StrCat(SeriesOf(figure, taxonomy.Normalize(StatisticName(figure))), "|",
                      figure.time_period->ToString());
}

bool FigureIndex::Additive(const Figure& figure, const Taxonomy& taxonomy) {
  return figure.unit.view().find('/') == std::string_view::npos &&
         taxonomy.Additive(figure.indicator) && taxonomy.Additive(figure.sector);
}

std::string FigureIndex::FlowOf(const Figure& figure, const Taxonomy& taxonomy) {
  if (figure.kind != core::FigureKind::kLevel || figure.qualifier != core::Qualifier::kExact ||
      figure.copy || figure.heading || figure.indicator.empty() || !figure.time_period ||
      figure.time_period->assumed || !figure.time_period->WholeMonths() ||
      figure.status != core::Status::kActual || !figure.base.empty() ||
      figure.unit.view().find('/') != std::string_view::npos || !Additive(figure, taxonomy) ||
      MovedBy(figure) != 0) {
    return "";
  }
  return SeriesOf(figure, StatisticName(figure));
}

std::string FigureIndex::YearBeforeOf(const Figure& level, const Taxonomy& taxonomy) {
  if (level.kind != core::FigureKind::kLevel || !level.time_period) return "";
  Figure before = level;
  before.time_period = level.time_period->YearBefore();
  return FactOf(before, taxonomy);
}

std::string FigureIndex::ReferenceOf(const Figure& gap, const Figure& rate,
                                     const Taxonomy& taxonomy) {
  if (gap.kind != FigureKind::kPointChange || rate.kind != FigureKind::kGrowthRate ||
      !rate.time_period) {
    return "";
  }
  Figure reference = rate;
  if (gap.basis == core::Basis::kPreviousPeriod) {
    if (!gap.comparator_period || !(gap.comparator_period->end < rate.time_period->end)) return "";
    reference.time_period = *gap.comparator_period;
  } else if (gap.basis == core::Basis::kPreviousMonth) {
    const absl::CivilMonth month(rate.time_period->end);
    const bool one_month = rate.time_period->start == absl::CivilDay(month) &&
                           rate.time_period->end == absl::CivilDay(month + 1) - 1;
    if (!one_month) return "";
    reference.time_period->start = absl::CivilDay(month - 1);
    reference.time_period->end = absl::CivilDay(month) - 1;
  } else if (gap.basis == core::Basis::kYearAgo) {
    reference.time_period = rate.time_period->YearBefore();
  } else {
    return "";
  }
  return FactOf(reference, taxonomy);
}

std::string FigureIndex::Key(int32_t article, FigureKind kind, std::string_view unit) {
  return absl::StrCat(article, "|", static_cast<int>(kind), "|", core::ToAbsl(unit));
}

const std::vector<int32_t>& FigureIndex::Alike(int32_t like) const {
  return Alike(figures_[like].article, figures_[like].kind, figures_[like].unit);
}

const std::vector<int32_t>& FigureIndex::Alike(int32_t article, FigureKind kind,
                                               std::string_view unit) const {
  static const auto& kNone = *new std::vector<int32_t>();
  const auto at = alike_.find(Key(article, kind, unit));
  return at == alike_.end() ? kNone : at->second;
}

std::vector<int32_t> FigureIndex::Nearest(const std::vector<int32_t>& list, int32_t at,
                                          size_t limit) {
  std::vector<int32_t> nearest;
  auto right = std::lower_bound(list.begin(), list.end(), at);
  auto left = right;
  if (right != list.end() && *right == at) ++right;
  while (nearest.size() < limit && (left != list.begin() || right != list.end())) {
    const bool take_left =
        left != list.begin() && (right == list.end() || at - *(left - 1) <= *right - at);
    if (take_left) {
      nearest.push_back(*--left);
    } else {
      nearest.push_back(*right++);
    }
  }
  return nearest;
}

std::u32string FigureIndex::NormalName(std::string_view name) const {
  return Decode(taxonomy_.Normalize(name));
}

int FigureIndex::Likeness(std::u32string_view a, std::u32string_view b) {
  constexpr size_t kMaxName = 48;
  a = a.substr(0, kMaxName);
  b = b.substr(0, kMaxName);
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 100;
  // Longest common subsequence, one row at a time.
  int row[kMaxName + 1] = {0};
  for (const char32_t c : a) {
    int diagonal = 0;
    for (size_t j = 0; j < b.size(); ++j) {
      const int above = row[j + 1];
      row[j + 1] = c == b[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return 200 * row[b.size()] / static_cast<int>(a.size() + b.size());
}

bool FigureIndex::Abridges(std::u32string_view shorter, std::u32string_view longer) {
  size_t matched = 0;
  for (const char32_t c : longer) {
    if (matched < shorter.size() && c == shorter[matched]) ++matched;
  }
  return matched == shorter.size();
}

bool FigureIndex::PeriodsAgree(const Figure& a, const Figure& b) {
  if (a.time_period && b.time_period) return *a.time_period == *b.time_period;
  return a.period_key.empty() || b.period_key.empty() || a.period_key == b.period_key;
}

bool FigureIndex::PeriodsMayAgree(const Figure& a, const Figure& b) {
  if (PeriodsAgree(a, b)) return true;
  const auto closes = [](const Figure& day, const Figure& longer) {
    return day.time_period->start == day.time_period->end &&
           longer.evidence.origin(core::Attribute::kTimePeriod) == core::Origin::kCarried;
  };
  return a.time_period && b.time_period && a.time_period->end == b.time_period->end &&
         (closes(a, b) || closes(b, a));
}

}  // namespace crossfoot::rules
