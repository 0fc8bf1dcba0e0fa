#ifndef CROSSFOOT_SERVICES_FIGURE_RUN_H_
#define CROSSFOOT_SERVICES_FIGURE_RUN_H_

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "core/decimal.h"
#include "core/document.h"
#include "core/mention.h"
#include "core/rational.h"
#include "core/text.h"
#include "services/lexicon/lexicon.h"

// Numbers that stand beside one another and share what only one of them prints.

namespace crossfoot::figure {

// A run: 69.8%、16.4%、13.3%和0.6%, or 3.9：59.5：36.6; most runs hold one number.
struct NumberRun {
  absl::InlinedVector<int32_t, 2> mentions;  // indices, in text order, never empty
  bool ratio = false;                        // divided by colons
};

// Cuts the numbers among `count` mentions from `first` on, those of one sentence, into runs.
std::vector<NumberRun> FindRuns(const core::Document& document,
                                const std::vector<core::Mention>& mentions,
                                const lexicon::Lexicon& lexicon, int32_t first, int32_t count);

// A number's value, quantum and unit after what it inherits from its run.
struct Quantity {
  core::Rational value;
  core::Decimal quantum;
  core::Text unit;
  core::UnitKind unit_kind = core::UnitKind::kNone;
  bool figure = false;     // whether it can be a statistic: it has a unit or a scale, and lasts no
                           // time
  bool inherited = false;  // the unit stands behind the last number of the run
};

// What the number says by itself.
Quantity OwnQuantity(const core::Mention& mention);

// One for each number of a run.
using Quantities = absl::InlinedVector<Quantity, 1>;

// The quantities of a run.  A unit, a scale or a % that is printed behind the
// last number alone belongs to all of them; ratios that make 100 are shares.
Quantities RunQuantities(const core::Document& document, const std::vector<core::Mention>& mentions,
                         const NumberRun& run);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_RUN_H_
