#include "rules/relations/outcome.h"

#include <utility>

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Decimal;
using core::Interval;
using core::Qualifier;
using core::Rational;
using core::Reading;

// The numbers within a tenth of `value`, and no fewer than rounding admits.
Interval Around(const Rational& value, const Decimal& quantum) {
  const Rational tenth = value.Abs() * Rational(Decimal::PowerOfTen(-1));
  Interval rounded = Interval::Of(value, quantum, Reading::kRounded);
  Rational lo = value - tenth;
  Rational hi = value + tenth;
  if (!(rounded.hi().value < hi)) return rounded;
  return Interval(Bound::Closed(std::move(lo)), Bound::Closed(std::move(hi)));
}

}  // namespace

Interval Operand::Admits(Reading reading) const {
  switch (qualifier) {
    case Qualifier::kExact:
      break;
    case Qualifier::kOver:
      return value.sign() < 0 ? Interval::AtMost(value) : Interval::AtLeast(value);
    case Qualifier::kAlmost:
      if (value.sign() > 0) return Interval(Bound::Open(0), Bound::Closed(value));
      if (value.sign() < 0) return Interval(Bound::Closed(value), Bound::Open(0));
      break;
    case Qualifier::kAbout:
    case Qualifier::kRange:
      return Around(value, quantum);
  }
  return Interval::Of(value, quantum, reading);
}

}  // namespace crossfoot::rules
