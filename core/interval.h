#ifndef CROSSFOOT_CORE_INTERVAL_H_
#define CROSSFOOT_CORE_INTERVAL_H_

#include <optional>
#include <string>

#include "core/rational.h"

namespace crossfoot::core {

// How the last printed digit of a figure came about.  One reading holds for every operand of a
// check.
enum class Reading {
  kPrinted,    // the digits are the value
  kRounded,    // to the nearest, ties either way: [v - q/2, v + q/2], both ends closed
  kTruncated,  // cut off: [v, v + q) for v > 0, (v - q, v] for v < 0, (-q, q) for v = 0
};

// One end of an interval.
struct Bound {
  Rational value;      // meaningless when infinite
  bool closed = true;  // an infinite end is open
  bool infinite = false;

  static Bound Closed(Rational value) { return {std::move(value), true, false}; }
  static Bound Open(Rational value) { return {std::move(value), false, false}; }
  static Bound Infinite() { return {Rational(), false, true}; }
};

// A non-empty set of numbers between two ends.  An end carries its own open or closed flag through
// every operation: negation and a negative factor swap flags with ends.  The semantics are those of
// XBRL Calculations 1.1, section 4, in the strict reading (touching at one point counts only when
// both touching ends are closed).
class Interval {
 public:
  Interval() = default;          // the point 0
  Interval(Bound lo, Bound hi);  // lo <= hi; both closed when they are equal

  static Interval Point(Rational value);
  static Interval AtLeast(Rational value, bool closed = true);
  static Interval AtMost(Rational value, bool closed = true);
  static Interval Everything();

  // What a figure printed as `value` stands for when its last digit is worth `quantum` (0: the
  // value is exact).
  static Interval Of(const Rational& value, const Decimal& quantum, Reading reading);

  const Bound& lo() const { return lo_; }
  const Bound& hi() const { return hi_; }
  bool bounded() const { return !lo_.infinite && !hi_.infinite; }

  bool Contains(const Rational& value) const;
  bool Meets(const Interval& other) const;   // some number lies in both
  bool Within(const Interval& other) const;  // every number of this lies in other
  std::optional<Interval> Intersect(const Interval& other) const;

  // The distance between the nearest ends; 0 when they meet or touch.
  Rational Gap(const Interval& other) const;

  Interval operator-() const;
  friend Interval operator+(const Interval& a, const Interval& b);
  friend Interval operator-(const Interval& a, const Interval& b);
  friend Interval operator*(const Interval& a, const Interval& b);
  // Everything when b holds zero in its inside or at a closed end.
  friend Interval operator/(const Interval& a, const Interval& b);
  friend Interval operator*(const Interval& a, const Rational& factor);

  // "[19.5, 20.5]", "(-∞, 3)".
  std::string ToString() const;

 private:
  Bound lo_;
  Bound hi_;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_INTERVAL_H_
