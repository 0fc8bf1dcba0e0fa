#ifndef CROSSFOOT_RULES_ENGINE_EXPRESSION_H_
#define CROSSFOOT_RULES_ENGINE_EXPRESSION_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/rational.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "rules/relations/outcome.h"

namespace crossfoot::rules {

// An identity between named figures, as rule packs write it:
//
//   margin = percent(profit / revenue)
//   balance = exports - imports
//   part <= min(whole, limit)
//
//   identity   = NAME ( "=" | "<=" | ">=" ) sum
//   sum        = product { ( "+" | "-" ) product }
//   product    = factor { ( "*" | "/" ) factor }
//   factor     = NUMBER | NAME | "(" sum ")" | "-" factor | FUNCTION "(" sum { "," sum } ")"
//   FUNCTION   = sum | min | max | percent | ratio | growth | previous
//
// Values are typed: an amount, a percentage or a plain number.  Sums, comparisons, min and max take
// one type; a product has at most one factor that is no number; a quotient of one type is a number.
// percent() makes a number a percentage, ratio() the other way round; growth(x) is the printed
// growth of the amount x in percent, previous(x) is x before that growth.  Evaluated in intervals;
// nothing recurses on the text beyond kMaxDepth.  Immutable and safe to share.
class Expression {
 public:
  using Type = config::v1::Identity::Variable::Type;

  static constexpr size_t kMaxNodes = 64;
  static constexpr int kMaxDepth = 16;

  enum class Comparison { kEqual, kAtMost, kAtLeast };

  // What a figure must be bound to: a variable, or the growth of one.
  struct Atom {
    int32_t variable = 0;  // index into the identity's variables
    bool growth = false;
  };

  // kDataInvalid with a message that quotes the place for text that does not parse, an unknown
  // name, types that do not fit, a variable that is not used or used as its own right side, and
  // more than kMaxNodes nodes or kMaxDepth levels.
  static absl::StatusOr<Expression> Parse(const config::v1::Identity& identity);

  // The first is the left side.
  const std::vector<Atom>& atoms() const { return atoms_; }

  // `operands` stand for the atoms, in order.
  Outcome Evaluate(std::span<const Operand> operands) const;

 private:
  enum class Op { kConstant, kAtom, kAdd, kSubtract, kMultiply, kDivide, kNegate, kMin, kMax };
  // In postfix order.
  struct Node {
    Op op = Op::kConstant;
    int32_t atom = 0;
    core::Rational constant;
  };
  friend class ExpressionParser;

  Comparison comparison_ = Comparison::kEqual;
  std::vector<Node> nodes_;
  std::vector<Atom> atoms_;
};

// The expressions of the rules that have one, by the rule's id.
using Expressions = std::map<std::string, Expression>;

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_EXPRESSION_H_
