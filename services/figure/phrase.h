#ifndef CROSSFOOT_SERVICES_FIGURE_PHRASE_H_
#define CROSSFOOT_SERVICES_FIGURE_PHRASE_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/lexicon/lexicon.h"

// Noun phrases: what names a statistic.

namespace crossfoot::figure {

// `phrase` without what stands in brackets, without blanks and quotation marks at its ends, and
// without the filler words (已, 均, 的, …) that it begins or ends with.
std::string CleanPhrase(std::string_view phrase, const lexicon::Lexicon& lexicon);

// `phrase` without the fillers and blanks at its end; brackets stay.
std::string_view WithoutTrailingFiller(std::string_view phrase, const lexicon::Lexicon& lexicon);

// `phrase` without conjunctions and blanks at its ends: 企业 of 企业和.
std::string WithoutConjunctions(std::string_view phrase, const lexicon::Lexicon& lexicon);

// A phrase cut into the breakdown and the statistic: 第一产业增加值 → 第一产业 + 增加值.
struct StatisticName {
  std::string sector;
  std::string indicator;
  bool known = false;    // the lexicon knows the indicator
  bool generic = false;  // and it says little without the breakdown: 收入
};
// The longest statistic that the lexicon knows at the end of `phrase`; without one the whole phrase
// is the indicator.
StatisticName SplitStatistic(std::string_view phrase, const lexicon::Lexicon& lexicon);

// The `count` items of a coordination: 棉纺、化纤、服装 or 高技术产业和装备制造业.  A conjunction
// inside an item cannot be told from one between items (批发和零售业), so list commas divide first,
// then one kind of conjunction after the other until there are `count` items.  Empty when no way of
// dividing gives that many.
std::vector<std::string> SplitCoordination(std::string_view phrase, size_t count,
                                           const lexicon::Lexicon& lexicon);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_PHRASE_H_
