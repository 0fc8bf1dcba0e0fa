#include "rules/engine/expression.h"

#include <random>
#include <string>
#include <vector>

#include "core/decimal.h"
#include "gtest/gtest.h"

namespace crossfoot::rules {
namespace {

using config::v1::Identity;
using core::Decimal;
using core::Rational;
using core::Verdict;

constexpr auto kAmount = Identity::Variable::TYPE_AMOUNT;
constexpr auto kPercent = Identity::Variable::TYPE_PERCENT;
constexpr auto kNumber = Identity::Variable::TYPE_NUMBER;

// a, b, c are amounts, p and q percentages, n is a number; only those that stand in the text.
Identity IdentityOf(const std::string& expression) {
  Identity identity;
  identity.set_expression(expression);
  const auto add = [&](const std::string& name, Identity::Variable::Type type) {
    Identity::Variable* variable = identity.add_variables();
    variable->set_name(name);
    variable->set_type(type);
  };
  for (const char c : std::string("abcdpqn")) {
    bool used = false;
    for (size_t i = 0; i < expression.size(); ++i) {
      const auto letter = [&](size_t at) {
        return at < expression.size() && expression[at] >= 'a' && expression[at] <= 'z';
      };
      used |= expression[i] == c && !letter(i + 1) && (i == 0 || !letter(i - 1));
    }
    if (used)
      add(std::string(1, c), c == 'n' ? kNumber : c == 'p' || c == 'q' ? kPercent : kAmount);
  }
  return identity;
}

std::string ErrorOf(const std::string& expression) {
  const auto parsed = Expression::Parse(IdentityOf(expression));
  return parsed.ok() ? "" : std::string(parsed.status().message());
}

Operand Printed(int64_t digits, int32_t exponent) {
  return {Rational(Decimal(digits, exponent)), Decimal::PowerOfTen(exponent)};
}

Verdict VerdictOf(const std::string& expression, const std::vector<Operand>& operands) {
  const auto parsed = Expression::Parse(IdentityOf(expression));
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->atoms().size(), operands.size());
  return parsed->Evaluate(operands).verdict;
}

TEST(ExpressionTest, ReadsTheGrammar) {
  for (const char* expression :
       {"a = b + c", "p = percent(b / c)", "a = sum(b, c, d)", "a <= min(b, c)", "a >= max(b, c)",
        "a = b * (1 + ratio(p))", "a = -(b - c) * 2.5", "p = growth(a)", "a = previous(b) + c",
        "n = a / b", "p = q + percent(a / b)", "a = b * n"}) {
    EXPECT_EQ(ErrorOf(expression), "") << expression;
  }
}

TEST(ExpressionTest, RefusesWhatDoesNotFit) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"a = b + p", "different types"},       {"a = b * c", "two quantities"},
      {"a = p", "different types"},           {"p = a / b", "different types"},
      {"p = percent(a)", "takes a number"},   {"a = growth(b) + c", "different types"},
      {"a = growth(p)", "name of an amount"}, {"a = x", "unknown name"},
      {"a = f(b)", "unknown function"},       {"a = (b", "expected )"},
      {"a = b c", "unexpected text"},         {"a b", "expected =, <= or >="},
      {"= a", "must be a variable"},          {"a = a + b", "on the right as well"},
      {"a = b +", "expected a number"},       {"a = 1..2 * b", "cannot be read"},
      {"a = b / p", "different types"},       {"", "must be a variable"}};
  for (const auto& [expression, message] : cases) {
    EXPECT_NE(ErrorOf(expression).find(message), std::string::npos)
        << expression << ": " << ErrorOf(expression);
  }
}

TEST(ExpressionTest, BoundsItsCost) {
  std::string deep = "a = ";
  for (int i = 0; i < 100000; ++i) deep += "(";
  EXPECT_NE(ErrorOf(deep).find("too deeply"), std::string::npos);
  std::string minus = "a = ";
  for (int i = 0; i < 100000; ++i) minus += "-";
  EXPECT_NE(ErrorOf(minus).find("too deeply"), std::string::npos);
  std::string longer = "a = b";
  for (int i = 0; i < 100; ++i) longer += " + b";
  EXPECT_NE(ErrorOf(longer).find("too long"), std::string::npos);
}

TEST(ExpressionTest, RefusesAVariableThatIsNotUsed) {
  Identity identity = IdentityOf("a = b");
  Identity::Variable* variable = identity.add_variables();
  variable->set_name("spare");
  variable->set_type(kAmount);
  EXPECT_FALSE(Expression::Parse(identity).ok());
}

TEST(ExpressionTest, JudgesByTheLadder) {
  // 118.1 / 2140 is 5.5187 %.
  const std::vector<Operand> margin = {Printed(55, -1), Printed(1181, -1), Printed(2140, 0)};
  EXPECT_EQ(VerdictOf("p = percent(a / b)", margin), Verdict::kWithinRounding);
  EXPECT_EQ(VerdictOf("p = percent(a / b)", {Printed(85, -1), margin[1], margin[2]}),
            Verdict::kInconsistent);
  EXPECT_EQ(VerdictOf("a = b - c", {Printed(2623, 0), Printed(12414, 0), Printed(9791, 0)}),
            Verdict::kExact);
  EXPECT_EQ(VerdictOf("a <= min(b, c)", {Printed(5, 0), Printed(7, 0), Printed(6, 0)}),
            Verdict::kExact);
  EXPECT_EQ(VerdictOf("a <= min(b, c)", {Printed(9, 0), Printed(7, 0), Printed(20, 0)}),
            Verdict::kInconsistent);
  EXPECT_EQ(VerdictOf("n = a / b", {Printed(8, 0), Printed(7, 0), Printed(0, 0)}),
            Verdict::kUndetermined)
      << "a division by what may be zero says nothing";
}

// Against the slow twin: an equation of sums holds within rounding exactly when the printed sides
// differ by no more than half the quanta.
TEST(ExpressionTest, AgreesWithTheTwinOnSums) {
  std::mt19937 random(7);
  const auto parsed = Expression::Parse(IdentityOf("a = b - c + d"));
  ASSERT_TRUE(parsed.ok());
  for (int round = 0; round < 4000; ++round) {
    const auto draw = [&](int64_t low, int64_t high) {
      return low + static_cast<int64_t>(random() % static_cast<uint64_t>(high - low + 1));
    };
    std::vector<Operand> operands;
    for (int i = 0; i < 4; ++i)
      operands.push_back(Printed(draw(-60, 60), static_cast<int32_t>(draw(-1, 1))));
    const Rational right = operands[1].value - operands[2].value + operands[3].value;
    Rational slack;
    for (const Operand& operand : operands) slack = slack + Rational(operand.quantum) / Rational(2);
    const bool fits = (operands[0].value - right).Abs() <= slack;
    const Verdict verdict = parsed->Evaluate(operands).verdict;
    const bool proved = verdict == Verdict::kExact || verdict == Verdict::kWithinRounding;
    EXPECT_EQ(proved, fits) << round;
    EXPECT_EQ(verdict == Verdict::kExact, operands[0].value == right) << round;
  }
}

}  // namespace
}  // namespace crossfoot::rules
