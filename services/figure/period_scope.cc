#include "services/figure/period_scope.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "core/string_view.h"

namespace crossfoot::figure {

using core::Attribute;
using core::Origin;
using core::Period;

namespace {

bool IsWholeYear(const core::Mention& mention) {
  return mention.period && mention.period->start == absl::CivilDay(mention.period->start.year()) &&
         mention.period->end == absl::CivilDay(mention.period->start.year() + 1) - 1;
}

}  // namespace

void PeriodScope::StartBlock(int heading_level) {
  block_ = sentence_ = aim_ = {};
  heading_level_ = heading_level;
  if (heading_level == 0) return;
  while (!sections_.empty() && sections_.back().level >= heading_level) sections_.pop_back();
  sections_.push_back({heading_level, {}});
}

void PeriodScope::Speak(const core::Mention& mention, bool aimed) {
  if (mention.relative) return;
  bool day = false;
  if (mention.period) {
    const Period& period = *mention.period;
    day = period.start == period.end;
    const bool month_end = absl::CivilMonth(period.end) != absl::CivilMonth(period.end + 1);
    const bool year_start = period.start.month() == 1 && period.start.day() == 1;
    if (day && !month_end && !year_start) return;
  }
  EndAim();
  sentence_ = {mention.period, mention.period_key, mention.range};
  printed_ = true;
  if (day || aimed) return;
  block_ = sentence_;
  if (!article_.set()) article_ = sentence_;
  if (sections_.empty() || sections_.back().spoken.set()) return;
  if (heading_level_ > 0 || IsWholeYear(mention)) sections_.back().spoken = sentence_;
}

int32_t PeriodScope::SectionYear() const {
  for (size_t i = sections_.size(); i-- > 0;) {
    const SpokenPeriod& spoken = sections_[i].spoken;
    if (!spoken.set()) continue;
    if (!spoken.period || spoken.period->start.year() != spoken.period->end.year()) return 0;
    return static_cast<int32_t>(spoken.period->start.year());
  }
  return 0;
}

bool PeriodScope::Aim(const core::Mention& mention) {
  if (mention.relative || !mention.period) return false;
  Period end = *mention.period;
  const bool point = end.start == end.end;
  const bool whole_year = end.start == absl::CivilDay(absl::CivilYear(end.end)) &&
                          end.end + 1 == absl::CivilDay(absl::CivilYear(end.end) + 1);
  if (!point && !whole_year) return false;
  if (article_.period && (point ? end.end <= article_.period->end : end.end < article_.period->end))
    return false;
  // Nothing says when the text speaks: 到2023年底 may as well be past.
  if (!article_.period && point) return false;
  end.start = end.end;
  sentence_ = {};
  aim_ = {end, mention.period_key, mention.range};
  return true;
}

void PeriodScope::Apply(bool year_before, core::Figure& figure) const {
  const SpokenPeriod& spoken = current();
  if (!spoken.set()) return;
  figure.time_period = spoken.period;
  figure.period_key = spoken.key;
  const bool assumed = spoken.period && spoken.period->assumed;
  figure.evidence.Set(Attribute::kTimePeriod, spoken.range,
                      assumed                       ? Origin::kAssumed
                      : sentence_.set() && printed_ ? Origin::kPrinted
                                                    : Origin::kCarried);
  if (year_before) MoveToYearBefore(figure);
}

void MoveToYearBefore(core::Figure& figure) {
  figure.period_key = absl::StrCat("-1 ", core::ToAbsl(figure.period_key));
  if (!figure.time_period) return;
  Period& period = *figure.time_period;
  period.start = absl::CivilDay(period.start.year() - 1, period.start.month(), period.start.day());
  period.end = absl::CivilDay(absl::CivilMonth(period.end.year() - 1, period.end.month()) + 1) - 1;
}

}  // namespace crossfoot::figure
