#ifndef CROSSFOOT_RULES_RELATIONS_OUTCOME_H_
#define CROSSFOOT_RULES_RELATIONS_OUTCOME_H_

#include <utility>

#include "core/decimal.h"
#include "core/figure.h"
#include "core/interval.h"
#include "core/rational.h"
#include "core/verdict.h"

// What every relation takes and gives.  A relation is a pure function of its operands: it sees no
// figure, no text and no rule, and decides by the ladder of core/verdict.h.

namespace crossfoot::rules {

// One printed number as a relation sees it.
struct Operand {
  core::Rational value;   // signed, in the base unit
  core::Decimal quantum;  // worth of the last printed place; 0 when exact (100 %, a count of names)
  core::Qualifier qualifier = core::Qualifier::kExact;

  bool hedged() const { return qualifier != core::Qualifier::kExact; }

  static Operand Exact(core::Rational value) {
    return {std::move(value), core::Decimal(0), core::Qualifier::kExact};
  }

  // The numbers that this may stand for: by its quantum when exact; at least the value when kOver;
  // above 0 and at most the value when kAlmost; both in magnitude, since the words give the sign
  // (下降超5% is -5 or less).  kAbout and kRange admit a tenth of the value each way, which is what
  // 约 and 左右 rarely exceed, and no less than rounding does.
  core::Interval Admits(core::Reading reading) const;
};

// What a relation found.
struct Outcome {
  core::Verdict verdict = core::Verdict::kExact;
  core::Interval left;       // what the checked (left) operand admits, nearest rounding
  core::Interval right;      // what the other operands imply for it, nearest rounding
  core::Rational imbalance;  // distance between the two, 0 when they meet
  // What the printed digits of the other operands give for the left one: 2462.88 for a sum.  For
  // messages.
  core::Rational expected;
};

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_RELATIONS_OUTCOME_H_
