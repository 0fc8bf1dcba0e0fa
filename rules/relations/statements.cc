#include "rules/relations/statements.h"

#include <algorithm>
#include <vector>

namespace crossfoot::rules {
namespace {

using core::Decimal;
using core::Integer;
using core::Interval;
using core::Reading;

// Whether two statements round at the same place to different digits.
bool DigitsDiffer(std::span<const Operand> statements) {
  if (statements.size() < 2) return false;
  std::vector<const Operand*> exact;
  for (const Operand& statement : statements) {
    if (!statement.hedged()) exact.push_back(&statement);
  }
  std::sort(exact.begin(), exact.end(),
            [](const Operand* a, const Operand* b) { return a->quantum < b->quantum; });
  return std::adjacent_find(exact.begin(), exact.end(), [](const Operand* a, const Operand* b) {
           return a->quantum == b->quantum && !(a->value == b->value);
         }) != exact.end();
}

}  // namespace

bool HasExcessDigits(const Operand& operand) {
  if (operand.hedged() || operand.quantum.zero()) return false;
  const Integer& denominator = operand.value.denominator();
  if (denominator == 1) return !operand.value.numerator().IsMultipleOf(operand.quantum);
  // n/d is a multiple of q when n is one of q*d.
  return !operand.value.numerator().IsMultipleOf(operand.quantum * Decimal(denominator, 0));
}

bool AnyExcessDigits(std::span<const Operand> operands) {
  return std::any_of(operands.begin(), operands.end(), HasExcessDigits);
}

std::optional<Interval> IntersectStatements(std::span<const Operand> statements, Reading reading) {
  std::optional<Interval> common = statements.front().Admits(reading);
  for (const Operand& statement : statements.subspan(1)) {
    common = common->Intersect(statement.Admits(reading));
    if (!common.has_value()) return std::nullopt;
  }
  if (DigitsDiffer(statements)) return std::nullopt;
  return common;
}

const Operand& MostPrecise(std::span<const Operand> statements) {
  return *std::min_element(statements.begin(), statements.end(),
                           [](const Operand& a, const Operand& b) {
                             if (a.hedged() != b.hedged()) return b.hedged();
                             return a.quantum < b.quantum;
                           });
}

}  // namespace crossfoot::rules
