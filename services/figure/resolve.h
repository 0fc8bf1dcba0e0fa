#ifndef CROSSFOOT_SERVICES_FIGURE_RESOLVE_H_
#define CROSSFOOT_SERVICES_FIGURE_RESOLVE_H_

#include <string>
#include <vector>

#include "core/cancellation.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/mention.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::figure {

struct ResolveOptions {
  // The place that 全市 or 我省 stand for in an article that does not name it; used where its sort
  // fits the word.  Empty: the word itself is the area.
  std::string home_area;
  // Gives the work up: the result is then without sense.  Not owned; may be null.
  const core::Cancellation* cancellation = nullptr;
};

// mentions → figures: finds for every number what it measures, of whom, when and against what.
//
// `mentions` must be those of `document`, in text order.  The result is in text order and its ids
// are f1, f2, ….  Numbers that are no statistics (durations, bare numbers without a list or table
// to give them a unit) become no figure.
//
// A sentence is cut into clauses once (services/figure/clause.h).  A clause with a name of its own
// starts a new subject; one without speaks of the subject before.  Periods are carried within a
// paragraph and from the lead of the article, areas within a sentence and from its title.  Nothing
// is carried from one article to the next.
std::vector<core::Figure> ResolveFigures(const core::Document& document,
                                         const std::vector<core::Mention>& mentions,
                                         const lexicon::Lexicon& lexicon,
                                         const ResolveOptions& options = {});

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_RESOLVE_H_
