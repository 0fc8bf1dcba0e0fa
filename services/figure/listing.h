#ifndef CROSSFOOT_SERVICES_FIGURE_LISTING_H_
#define CROSSFOOT_SERVICES_FIGURE_LISTING_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/lexicon/lexicon.h"

// The items of a list beside their count: 增值税、房产税、印花税3个税种, 提升三种能力：….
//
// A list is believed in when it says itself that it is one: its items end alike (…税), stand
// between semicolons and begin or end alike (支持…；支持…), or a word opens it (从…、…、…3个方面).
// `stated` is the count.  Where a list may be read in two ways, as one conjunction may divide an
// item or stand inside it, the way that fits `stated` is taken; where 等 leaves it open, it tells
// nothing of a larger count.

namespace crossfoot::figure {

// The list that ends where the count stands.  `clause` is what stands before the count, from the
// last mark that is no list comma on, without 等.  Empty when there is no list or it cannot tell.
std::vector<std::string> ItemsBefore(std::string_view clause, bool open, int64_t stated,
                                     const lexicon::Lexicon& lexicon);

// The list behind the colon of a count.  `rest` ends with the sentence, without its stop.
std::vector<std::string> ItemsBehind(std::string_view rest, int64_t stated,
                                     const lexicon::Lexicon& lexicon);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_LISTING_H_
