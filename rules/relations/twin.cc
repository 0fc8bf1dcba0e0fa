#include "rules/relations/twin.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Integer;
using core::Rational;
using core::Reading;
using core::Verdict;

const Number& Nearly() {
  static const Number& nearly = *new Number(1, pow(Integer(10), 80));
  return nearly;
}

// Calls `visit` with every corner of the box; stops when it returns false.
void VisitCorners(const std::vector<Ends>& box, const std::function<bool(const Numbers&)>& visit) {
  Numbers corner(box.size());
  for (uint64_t bits = 0; bits < uint64_t{1} << box.size(); ++bits) {
    for (size_t i = 0; i < box.size(); ++i)
      corner[i] = (bits >> i & 1) != 0 ? box[i].hi : box[i].lo;
    if (!visit(corner)) return;
  }
}

std::vector<Ends> BoxOf(const std::vector<Operand>& operands, Reading reading) {
  std::vector<Ends> box;
  for (const Operand& operand : operands) box.push_back(ReadEnds(operand, reading));
  return box;
}

}  // namespace

Number ToNumber(const Rational& value) {
  Number number(value.numerator().coefficient(), value.denominator());
  for (int i = 0; i < value.numerator().exponent(); ++i) number *= 10;
  for (int i = 0; i > value.numerator().exponent(); --i) number /= 10;
  return number;
}

Ends ReadEnds(const Operand& operand, Reading reading) {
  const Number value = ToNumber(operand.value);
  const Number quantum = ToNumber(operand.quantum);
  if (reading == Reading::kPrinted || quantum == 0) return {value, value};
  if (reading == Reading::kRounded) return {value - quantum / 2, value + quantum / 2};
  Ends ends{value, value};
  if (value >= 0) ends.hi += quantum - Nearly();
  if (value <= 0) ends.lo -= quantum - Nearly();
  return ends;
}

std::optional<Ends> RangeOf(const std::vector<Operand>& operands, Reading reading,
                            const Function& f) {
  std::optional<Ends> range;
  bool defined = true;
  VisitCorners(BoxOf(operands, reading), [&](const Numbers& corner) {
    const std::optional<Number> result = f(corner);
    defined = result.has_value();
    if (!defined) return false;
    if (!range.has_value()) range = Ends{*result, *result};
    range->lo = std::min(range->lo, *result);
    range->hi = std::max(range->hi, *result);
    return true;
  });
  return defined ? range : std::nullopt;
}

Verdict TwinEquation(const Operand& left, const std::vector<Operand>& others, const Function& f) {
  const Verdict verdicts[] = {Verdict::kExact, Verdict::kWithinRounding, Verdict::kTruncated};
  const Reading readings[] = {Reading::kPrinted, Reading::kRounded, Reading::kTruncated};
  for (int i = 0; i < 3; ++i) {
    const std::optional<Ends> right = RangeOf(others, readings[i], f);
    if (!right.has_value()) return Verdict::kUndetermined;
    const Ends ends = ReadEnds(left, readings[i]);
    if (ends.lo <= right->hi && right->lo <= ends.hi) return verdicts[i];
  }
  return Verdict::kInconsistent;
}

Verdict TwinPredicate(const std::vector<Operand>& operands, const Predicate& holds) {
  const Verdict verdicts[] = {Verdict::kExact, Verdict::kWithinRounding, Verdict::kTruncated};
  const Reading readings[] = {Reading::kPrinted, Reading::kRounded, Reading::kTruncated};
  for (int i = 0; i < 3; ++i) {
    bool found = false;
    VisitCorners(BoxOf(operands, readings[i]), [&](const Numbers& corner) {
      found = holds(corner);
      return !found;
    });
    if (found) return verdicts[i];
  }
  return Verdict::kInconsistent;
}

int64_t Draw::Int(int64_t lo, int64_t hi) {
  return lo + static_cast<int64_t>(random_() % static_cast<uint64_t>(hi - lo + 1));
}

Operand Draw::Printed(int64_t lo, int64_t hi, int lo_place, int hi_place) {
  const auto place = static_cast<int32_t>(Int(lo_place, hi_place));
  return {Decimal(Integer(Int(lo, hi)), place), Decimal::PowerOfTen(place)};
}

Operand Draw::Near(const Rational& expected, int lo_place, int hi_place) {
  const auto place = static_cast<int32_t>(Int(lo_place, hi_place));
  const Decimal quantum = Decimal::PowerOfTen(place);
  const Decimal off = quantum * Decimal(Int(-4, 4));
  return {Rational(expected.RoundedTo(-place) + off), quantum};
}

std::string ToText(const std::vector<Operand>& operands) {
  std::string text;
  for (const Operand& operand : operands) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", operand.value.ToString(), " ± ",
                    operand.quantum.ToString());
  }
  return text;
}

}  // namespace crossfoot::rules
