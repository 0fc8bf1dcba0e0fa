#ifndef CROSSFOOT_SERVICES_FIGURE_SETTING_H_
#define CROSSFOOT_SERVICES_FIGURE_SETTING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "core/cancellation.h"
#include "core/document.h"
#include "core/mention.h"
#include "core/text.h"
#include "core/text_span.h"
#include "services/lexicon/lexicon.h"

// What a document says as a whole, before any figure is read.

namespace crossfoot::figure {

// By block, whether it is a paragraph that repeats earlier text, as a bad extraction of a page
// leaves it: most of its long sentences stood in the document before, blanks aside.
// `cancellation` may be null.
std::vector<bool> FindCopies(const core::Document& document,
                             const core::Cancellation* cancellation = nullptr);

// By block, the heading that an entry of a table of contents names: the index of its block when the
// two are the same words, numbers and blanks aside, and hold as many numbers; -1 otherwise.  Empty
// when there is no such entry.
std::vector<int32_t> FindContents(const core::Document& document);

// The area that an article's figures are of when nothing else is said.
struct Home {
  core::Text area;
  core::Text code;
  core::TextRange range;  // the words that say so; empty for the default
};

// By article, at least one: the place that its title names; else, when it speaks of 全市 or 全省,
// the city or province that it names far more often than any other; else `home_area`, unless it
// is another sort of place; without one the only city or province that the URI's host or last
// segment names, in Chinese or Latin letters; else that word itself; else the nation.
// `cancellation` may be null.
std::vector<Home> FindHomes(const core::Document& document,
                            const std::vector<core::Mention>& mentions,
                            const lexicon::Lexicon& lexicon, std::string_view home_area,
                            const core::Cancellation* cancellation = nullptr);

// By article, the day that it bears in its first short lines: 2026年2月3日 in a subtitle or byline.
std::vector<std::optional<absl::CivilDay>> FindDates(const core::Document& document,
                                                     const std::vector<core::Mention>& mentions);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_SETTING_H_
