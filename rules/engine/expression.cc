#include "rules/engine/expression.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/decimal.h"
#include "core/error.h"
#include "core/interval.h"
#include "core/string_view.h"
#include "rules/relations/ladder.h"

namespace crossfoot::rules {

using config::v1::Identity;
using core::Bound;
using core::Interval;
using core::Rational;
using core::Reading;

// Reads the grammar of the header from left to right and writes nodes in postfix order.
class ExpressionParser {
 public:
  explicit ExpressionParser(const Identity& identity)
      : identity_(identity), text_(identity.expression()) {}

  absl::StatusOr<Expression> Parse() {
    used_.assign(identity_.variables_size(), false);
    const std::string left = Name();
    const int32_t variable = VariableCalled(left);
    if (variable < 0) return Problem("the left side must be a variable");
    const int32_t left_atom = AtomOf(variable, /*growth=*/false);
    if (left_atom != 0) return Problem("the left side must come first");
    if (Take("<=")) {
      expression_.comparison_ = Expression::Comparison::kAtMost;
    } else if (Take(">=")) {
      expression_.comparison_ = Expression::Comparison::kAtLeast;
    } else if (!Take("=")) {
      return Problem("expected =, <= or >=");
    }
    const std::optional<Expression::Type> type = Sum();
    if (problem_.empty() && !AtEnd()) problem_ = "unexpected text";
    if (problem_.empty() && type != identity_.variables(variable).type())
      problem_ = "the two sides are of different types";
    if (problem_.empty() && left_used_) problem_ = "the left side stands on the right as well";
    for (int i = 0; i < identity_.variables_size() && problem_.empty(); ++i) {
      if (!used_[i])
        problem_ = absl::StrCat("variable \"", identity_.variables(i).name(), "\" is not used");
    }
    if (!problem_.empty()) return Problem(problem_);
    return std::move(expression_);
  }

 private:
  using Type = Expression::Type;
  using Op = Expression::Op;
  static constexpr Type kAmount = Identity::Variable::TYPE_AMOUNT;
  static constexpr Type kPercent = Identity::Variable::TYPE_PERCENT;
  static constexpr Type kNumber = Identity::Variable::TYPE_NUMBER;

  absl::Status Problem(std::string_view what) const {
    return core::MakeError(core::ErrorReason::kDataInvalid,
                           absl::StrCat("expression \"", identity_.expression(), "\", column ",
                                        at_ + 1, ": ", core::ToAbsl(what)));
  }
  std::optional<Type> Fail(std::string_view what) {
    if (problem_.empty()) problem_ = std::string(what);
    return std::nullopt;
  }

  void SkipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool AtEnd() {
    SkipBlanks();
    return at_ >= text_.size();
  }
  bool Take(std::string_view mark) {
    SkipBlanks();
    if (text_.substr(at_, mark.size()) != mark) return false;
    at_ += mark.size();
    return true;
  }
  static bool NameCharacter(char c, bool first) {
    return (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
  }
  std::string Name() {
    SkipBlanks();
    const size_t start = at_;
    while (at_ < text_.size() && NameCharacter(text_[at_], at_ == start)) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  int32_t VariableCalled(std::string_view name) const {
    for (int i = 0; i < identity_.variables_size(); ++i) {
      if (identity_.variables(i).name() == name) return i;
    }
    return -1;
  }
  int32_t AtomOf(int32_t variable, bool growth) {
    std::vector<Expression::Atom>& atoms = expression_.atoms_;
    used_[variable] = true;
    for (size_t i = 0; i < atoms.size(); ++i) {
      if (atoms[i].variable == variable && atoms[i].growth == growth)
        return static_cast<int32_t>(i);
    }
    atoms.push_back({variable, growth});
    return static_cast<int32_t>(atoms.size()) - 1;
  }
  void Write(Op op, int32_t atom = 0, Rational constant = {}) {
    if (expression_.nodes_.size() >= Expression::kMaxNodes) {
      Fail("the expression is too long");
      return;
    }
    expression_.nodes_.push_back({op, atom, std::move(constant)});
  }

  std::optional<Type> Sum() {
    if (++depth_ > Expression::kMaxDepth) return Fail("the expression is nested too deeply");
    std::optional<Type> type = Product();
    while (type && problem_.empty()) {
      const bool plus = Take("+");
      if (!plus && !Take("-")) break;
      const std::optional<Type> other = Product();
      if (!other) return std::nullopt;
      if (*other != *type) return Fail("a sum of different types");
      Write(plus ? Op::kAdd : Op::kSubtract);
    }
    --depth_;
    return problem_.empty() ? type : std::nullopt;
  }

  std::optional<Type> Product() {
    std::optional<Type> type = Factor();
    while (type && problem_.empty()) {
      const bool times = Take("*");
      if (!times && !Take("/")) break;
      const std::optional<Type> other = Factor();
      if (!other) return std::nullopt;
      if (times) {
        if (*type != kNumber && *other != kNumber) return Fail("a product of two quantities");
        if (*type == kNumber) type = other;
      } else if (*type == *other) {
        type = kNumber;
      } else if (*other != kNumber) {
        return Fail("a quotient of different types");
      }
      Write(times ? Op::kMultiply : Op::kDivide);
    }
    return problem_.empty() ? type : std::nullopt;
  }

  std::optional<Type> Factor() {
    if (Take("(")) {
      const std::optional<Type> type = Sum();
      return type && !Take(")") ? Fail("expected )") : type;
    }
    if (Take("-")) {
      if (++depth_ > Expression::kMaxDepth) return Fail("the expression is nested too deeply");
      const std::optional<Type> type = Factor();
      --depth_;
      Write(Op::kNegate);
      return type;
    }
    SkipBlanks();
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return Number();
    const std::string name = Name();
    if (name.empty()) return Fail("expected a number, a name or (");
    if (Take("(")) return Function(name);
    const int32_t variable = VariableCalled(name);
    if (variable < 0) return Fail(absl::StrCat("unknown name \"", name, "\""));
    const int32_t atom = AtomOf(variable, /*growth=*/false);
    left_used_ |= atom == 0;
    Write(Op::kAtom, atom);
    return identity_.variables(variable).type();
  }

  std::optional<Type> Number() {
    const size_t start = at_;
    while (at_ < text_.size() && ((text_[at_] >= '0' && text_[at_] <= '9') || text_[at_] == '.'))
      ++at_;
    const absl::StatusOr<core::Decimal> value =
        core::Decimal::Parse(text_.substr(start, at_ - start));
    if (!value.ok()) return Fail("a number that cannot be read");
    Write(Op::kConstant, 0, Rational(*value));
    return kNumber;
  }

  std::optional<Type> Function(const std::string& name) {
    if (name == "growth" || name == "previous") {
      const std::string argument = Name();
      const int32_t variable = VariableCalled(argument);
      if (variable < 0 || identity_.variables(variable).type() != kAmount || !Take(")"))
        return Fail(absl::StrCat(name, "() takes the name of an amount"));
      const int32_t growth = AtomOf(variable, /*growth=*/true);
      if (name == "growth") {
        Write(Op::kAtom, growth);
        return kPercent;
      }
      const int32_t level = AtomOf(variable, /*growth=*/false);
      left_used_ |= level == 0;
      Write(Op::kAtom, level);
      Write(Op::kConstant, 0, Rational(1));
      Write(Op::kAtom, growth);
      Write(Op::kConstant, 0, Rational(100));
      Write(Op::kDivide);
      Write(Op::kAdd);
      Write(Op::kDivide);
      return kAmount;
    }
    const bool extreme = name == "min" || name == "max";
    if (!extreme && name != "sum" && name != "percent" && name != "ratio")
      return Fail(absl::StrCat("unknown function \"", name, "\""));
    std::optional<Type> type = Sum();
    int count = 1;
    while (type && Take(",")) {
      const std::optional<Type> other = Sum();
      if (!other) return std::nullopt;
      if (*other != *type) return Fail(absl::StrCat(name, "() of different types"));
      Write(name == "min" ? Op::kMin : name == "max" ? Op::kMax : Op::kAdd);
      ++count;
    }
    if (!type) return std::nullopt;
    if (!Take(")")) return Fail("expected )");
    if (name == "percent" || name == "ratio") {
      const bool percent = name == "percent";
      if (count != 1 || *type != (percent ? kNumber : kPercent))
        return Fail(absl::StrCat(name, "() takes a ", percent ? "number" : "percentage"));
      Write(Op::kConstant, 0, Rational(100));
      Write(percent ? Op::kMultiply : Op::kDivide);
      return percent ? kPercent : kNumber;
    }
    return type;
  }

  const Identity& identity_;
  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  bool left_used_ = false;
  std::vector<bool> used_;
  std::string problem_;
  Expression expression_;
};

namespace {

// Whether `a` comes before `b` as the lower end of a minimum.
bool LowerStart(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return a.infinite;
  return a.value != b.value ? a.value < b.value : a.closed;
}
bool LowerEnd(const Bound& a, const Bound& b) {
  if (a.infinite || b.infinite) return b.infinite;
  return a.value != b.value ? a.value < b.value : !a.closed;
}

Interval MinOf(const Interval& a, const Interval& b) {
  return Interval(LowerStart(a.lo(), b.lo()) ? a.lo() : b.lo(),
                  LowerEnd(a.hi(), b.hi()) ? a.hi() : b.hi());
}

}  // namespace

absl::StatusOr<Expression> Expression::Parse(const Identity& identity) {
  return ExpressionParser(identity).Parse();
}

Outcome Expression::Evaluate(std::span<const Operand> operands) const {
  const bool hedged = AnyHedged(operands.subspan(1));
  // The right side under a reading; nullopt where it divides by what may be zero.
  const auto right = [&](Reading reading) -> std::optional<Interval> {
    std::vector<Interval> stack;
    for (const Node& node : nodes_) {
      if (node.op == Op::kConstant) {
        stack.push_back(Interval::Point(node.constant));
        continue;
      }
      if (node.op == Op::kAtom) {
        stack.push_back(operands[node.atom].Admits(reading));
        continue;
      }
      const Interval b = std::move(stack.back());
      stack.pop_back();
      if (node.op == Op::kNegate) {
        stack.push_back(-b);
        continue;
      }
      Interval& a = stack.back();
      switch (node.op) {
        case Op::kAdd:
          a = a + b;
          break;
        case Op::kSubtract:
          a = a - b;
          break;
        case Op::kMultiply:
          a = a * b;
          break;
        case Op::kDivide:
          if (b.Contains(Rational())) return std::nullopt;
          a = a / b;
          break;
        case Op::kMin:
          a = MinOf(a, b);
          break;
        default:
          a = -MinOf(-a, -b);
          break;
      }
    }
    return stack.back();
  };
  const std::optional<Interval> printed = right(Reading::kPrinted);
  std::optional<Rational> expected;
  if (printed && printed->bounded()) expected = printed->lo().value;
  if (comparison_ == Comparison::kEqual) return JudgeEquation(operands[0], hedged, expected, right);
  return JudgeRange(operands[0], hedged, expected.value_or(Rational()), [&](Reading reading) {
    const std::optional<Interval> range = right(reading);
    if (!range) return Implied{Interval::Everything(), std::nullopt};
    const bool at_most = comparison_ == Comparison::kAtMost;
    const Bound& far = at_most ? range->hi() : range->lo();
    const Bound& near = at_most ? range->lo() : range->hi();
    const auto side = [at_most](const Bound& bound) {
      if (bound.infinite) return Interval::Everything();
      return at_most ? Interval::AtMost(bound.value, bound.closed)
                     : Interval::AtLeast(bound.value, bound.closed);
    };
    std::optional<Interval> certain;
    if (!near.infinite) certain = side(near);
    return Implied{side(far), certain};
  });
}

}  // namespace crossfoot::rules
