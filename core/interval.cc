#include "core/interval.h"

#include <utility>

namespace crossfoot::core {
namespace {

// One end with the sign of its infinity: -1 or 1, 0 when it is finite.
struct End {
  Rational value;
  bool closed;
  int infinity;
};

End Product(const Bound& a, int a_side, const Bound& b, int b_side) {
  const bool a_zero = !a.infinite && a.value.zero();
  const bool b_zero = !b.infinite && b.value.zero();
  // A zero that an operand holds makes the product 0 whatever the other is.
  if (a_zero || b_zero) return {Rational(), (a_zero && a.closed) || (b_zero && b.closed), 0};
  if (a.infinite || b.infinite) {
    const int a_sign = a.infinite ? a_side : a.value.sign();
    const int b_sign = b.infinite ? b_side : b.value.sign();
    return {Rational(), false, a_sign * b_sign};
  }
  return {a.value * b.value, a.closed && b.closed, 0};
}

int CompareEnds(const End& a, const End& b) {
  if (a.infinity != b.infinity) return a.infinity < b.infinity ? -1 : 1;
  return a.infinity != 0 ? 0 : Compare(a.value, b.value);
}

Bound ToBound(End end) {
  if (end.infinity != 0) return Bound::Infinite();
  return {std::move(end.value), end.closed, false};
}

Bound Negated(const Bound& bound) { return {-bound.value, bound.closed, bound.infinite}; }

Bound Sum(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return Bound::Infinite();
  return {a.value + b.value, a.closed && b.closed, false};
}

Bound Difference(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return Bound::Infinite();
  return {a.value - b.value, a.closed && b.closed, false};
}

// The end of 1/x at an end of x, which is not a closed zero.
Bound Reciprocal(const Bound& bound) {
  if (bound.infinite) return Bound::Open(Rational());
  if (bound.value.zero()) return Bound::Infinite();
  return {Rational(1) / bound.value, bound.closed, false};
}

// Whether a number can be at least `lo` and at most `hi`.
bool Compatible(const Bound& lo, const Bound& hi) {
  if (lo.infinite || hi.infinite) return true;
  const int order = Compare(lo.value, hi.value);
  return order < 0 || (order == 0 && lo.closed && hi.closed);
}

// The stronger of two lower ends.
const Bound& HigherLo(const Bound& a, const Bound& b) {
  if (a.infinite) return b;
  if (b.infinite) return a;
  const int order = Compare(a.value, b.value);
  return order > 0 || (order == 0 && !a.closed) ? a : b;
}

// The stronger of two upper ends.
const Bound& LowerHi(const Bound& a, const Bound& b) {
  if (a.infinite) return b;
  if (b.infinite) return a;
  const int order = Compare(a.value, b.value);
  return order < 0 || (order == 0 && !a.closed) ? a : b;
}

}  // namespace

Interval::Interval(Bound lo, Bound hi) : lo_(std::move(lo)), hi_(std::move(hi)) {}

Interval Interval::Point(Rational value) {
  Bound lo = Bound::Closed(value);
  return Interval(std::move(lo), Bound::Closed(std::move(value)));
}

Interval Interval::AtLeast(Rational value, bool closed) {
  return Interval({std::move(value), closed, false}, Bound::Infinite());
}

Interval Interval::AtMost(Rational value, bool closed) {
  return Interval(Bound::Infinite(), {std::move(value), closed, false});
}

Interval Interval::Everything() { return Interval(Bound::Infinite(), Bound::Infinite()); }

Interval Interval::Of(const Rational& value, const Decimal& quantum, Reading reading) {
  if (reading == Reading::kPrinted || quantum.zero()) return Point(value);
  if (reading == Reading::kRounded) {
    const Rational half(quantum * Decimal(5, -1));
    return Interval(Bound::Closed(value - half), Bound::Closed(value + half));
  }
  const Rational whole(quantum);
  if (value.sign() > 0) return Interval(Bound::Closed(value), Bound::Open(value + whole));
  if (value.sign() < 0) return Interval(Bound::Open(value - whole), Bound::Closed(value));
  return Interval(Bound::Open(-whole), Bound::Open(whole));
}

bool Interval::Contains(const Rational& value) const {
  if (!lo_.infinite) {
    const int order = Compare(lo_.value, value);
    if (order > 0 || (order == 0 && !lo_.closed)) return false;
  }
  if (!hi_.infinite) {
    const int order = Compare(value, hi_.value);
    if (order > 0 || (order == 0 && !hi_.closed)) return false;
  }
  return true;
}

bool Interval::Meets(const Interval& other) const {
  return Compatible(lo_, other.hi_) && Compatible(other.lo_, hi_);
}

bool Interval::Within(const Interval& other) const {
  if (!other.lo_.infinite) {
    if (lo_.infinite) return false;
    const int order = Compare(lo_.value, other.lo_.value);
    if (order < 0 || (order == 0 && lo_.closed && !other.lo_.closed)) return false;
  }
  if (!other.hi_.infinite) {
    if (hi_.infinite) return false;
    const int order = Compare(hi_.value, other.hi_.value);
    if (order > 0 || (order == 0 && hi_.closed && !other.hi_.closed)) return false;
  }
  return true;
}

std::optional<Interval> Interval::Intersect(const Interval& other) const {
  if (!Meets(other)) return std::nullopt;
  return Interval(HigherLo(lo_, other.lo_), LowerHi(hi_, other.hi_));
}

Rational Interval::Gap(const Interval& other) const {
  if (!lo_.infinite && !other.hi_.infinite && other.hi_.value < lo_.value) {
    return lo_.value - other.hi_.value;
  }
  if (!hi_.infinite && !other.lo_.infinite && hi_.value < other.lo_.value) {
    return other.lo_.value - hi_.value;
  }
  return Rational();
}

Interval Interval::operator-() const { return Interval(Negated(hi_), Negated(lo_)); }

Interval operator+(const Interval& a, const Interval& b) {
  return Interval(Sum(a.lo_, b.lo_), Sum(a.hi_, b.hi_));
}

Interval operator-(const Interval& a, const Interval& b) {
  return Interval(Difference(a.lo_, b.hi_), Difference(a.hi_, b.lo_));
}

Interval operator*(const Interval& a, const Interval& b) {
  // Printed figures are rarely negative: then each end follows from one pair.
  if (!a.lo_.infinite && !b.lo_.infinite && a.lo_.value.sign() >= 0 && b.lo_.value.sign() >= 0) {
    return Interval(ToBound(Product(a.lo_, -1, b.lo_, -1)), ToBound(Product(a.hi_, 1, b.hi_, 1)));
  }
  End lo = Product(a.lo_, -1, b.lo_, -1);
  End hi = lo;
  const auto widen = [&lo, &hi](End end) {
    const int below = CompareEnds(end, lo);
    const int above = CompareEnds(end, hi);
    if (below < 0 || (below == 0 && end.closed)) lo = end;
    if (above > 0 || (above == 0 && end.closed)) hi = std::move(end);
  };
  widen(Product(a.lo_, -1, b.hi_, 1));
  widen(Product(a.hi_, 1, b.lo_, -1));
  widen(Product(a.hi_, 1, b.hi_, 1));
  return Interval(ToBound(std::move(lo)), ToBound(std::move(hi)));
}

Interval operator/(const Interval& a, const Interval& b) {
  if (b.Contains(Rational())) return Interval::Everything();
  return a * Interval(Reciprocal(b.hi_), Reciprocal(b.lo_));
}

Interval operator*(const Interval& a, const Rational& factor) {
  if (factor.zero()) return Interval();
  const auto scaled = [&factor](const Bound& bound) -> Bound {
    if (bound.infinite) return Bound::Infinite();
    return {bound.value * factor, bound.closed, false};
  };
  return factor.sign() > 0 ? Interval(scaled(a.lo_), scaled(a.hi_))
                           : Interval(scaled(a.hi_), scaled(a.lo_));
}

std::string Interval::ToString() const {
  std::string text = lo_.closed && !lo_.infinite ? "[" : "(";
  text += lo_.infinite ? "-∞" : lo_.value.ToString();
  text += ", ";
  text += hi_.infinite ? "∞" : hi_.value.ToString();
  text += hi_.closed && !hi_.infinite ? "]" : ")";
  return text;
}

}  // namespace crossfoot::core
