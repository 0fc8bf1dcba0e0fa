// Runs the case files in testdata/, whose headers describe their formats.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "core/decimal.h"
#include "core/interval.h"
#include "core/rational.h"
#include "core/string_view.h"
#include "core/verdict.h"
#include "rules/relations/linear_sum.h"
#include "rules/relations/outcome.h"
#include "rules/relations/statements.h"

namespace crossfoot::rules {
namespace {

using core::Bound;
using core::Decimal;
using core::FromAbsl;
using core::Interval;
using core::Rational;
using core::Reading;
using core::Verdict;

// The lines of a case file without comments and empty ones.
std::vector<std::string> ReadLines(const std::string& name) {
  std::ifstream file("rules/relations/testdata/" + name);
  EXPECT_TRUE(file.is_open()) << name;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

Decimal ParseDecimal(absl::string_view text) {
  absl::StatusOr<Decimal> number = Decimal::Parse(FromAbsl(text));
  EXPECT_TRUE(number.ok()) << text;
  return number.value_or(Decimal());
}

// "1234 @10" or "1234".
Operand ParseStatement(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, " @");
  Operand operand = Operand::Exact(ParseDecimal(parts[0]));
  if (parts.size() > 1) operand.quantum = ParseDecimal(parts[1]);
  return operand;
}

std::vector<Operand> ParseStatements(absl::string_view text) {
  std::vector<Operand> statements;
  for (absl::string_view statement : absl::StrSplit(text, ", ")) {
    statements.push_back(ParseStatement(statement));
  }
  return statements;
}

// "[5, 15]": both ends closed.
Interval ParseInterval(absl::string_view text) {
  EXPECT_TRUE(absl::ConsumePrefix(&text, "[") && absl::ConsumeSuffix(&text, "]")) << text;
  const std::pair<absl::string_view, absl::string_view> ends = absl::StrSplit(text, ", ");
  return Interval(Bound::Closed(ParseDecimal(ends.first)),
                  Bound::Closed(ParseDecimal(ends.second)));
}

struct SumCase {
  std::string name;
  std::vector<Operand> total;
  std::vector<std::pair<Rational, std::vector<Operand>>> parts;
  std::string rounded;
  std::optional<std::string> truncated;

  std::vector<SumItem> Items() const {
    std::vector<SumItem> items;
    for (const auto& [weight, statements] : parts) items.push_back({statements, weight});
    return items;
  }
};

std::vector<SumCase> ReadSumCases() {
  std::vector<SumCase> cases;
  for (const std::string& line : ReadLines("sums.txt")) {
    const std::pair<std::string, std::string> field = absl::StrSplit(line, absl::MaxSplits(' ', 1));
    if (field.first == "case") {
      cases.emplace_back().name = field.second;
    } else if (field.first == "total") {
      cases.back().total = ParseStatements(field.second);
    } else if (field.first == "part") {
      const std::pair<std::string, std::string> part = absl::StrSplit(field.second, " x ");
      cases.back().parts.emplace_back(ParseDecimal(part.first), ParseStatements(part.second));
    } else if (field.first == "rounded") {
      cases.back().rounded = field.second;
    } else if (field.first == "truncated") {
      cases.back().truncated = field.second;
    } else {
      ADD_FAILURE() << line;
    }
  }
  return cases;
}

// What a case file says of one reading: "consistent [total] [sum]".
std::string Describe(const SumCase& sum_case, Reading reading) {
  const std::vector<SumItem> items = sum_case.Items();
  const std::optional<SumSides> sides = ReadSum(sum_case.total, items, reading);
  if (!sides.has_value()) {
    const bool excess = AnyExcessDigits(sum_case.total) ||
                        std::any_of(items.begin(), items.end(), [](const SumItem& item) {
                          return AnyExcessDigits(item.statements);
                        });
    return excess ? "excess-digits" : "contradiction";
  }
  return absl::StrCat(sides->total.Meets(sides->sum) ? "consistent " : "inconsistent ",
                      sides->total.ToString(), " ", sides->sum.ToString());
}

TEST(CasesTest, SumsAgreeWithXbrlCalculations) {
  const std::vector<SumCase> cases = ReadSumCases();
  ASSERT_EQ(cases.size(), 21u);
  for (const SumCase& sum_case : cases) {
    SCOPED_TRACE(sum_case.name);
    EXPECT_EQ(Describe(sum_case, Reading::kRounded), sum_case.rounded);
    if (sum_case.truncated.has_value()) {
      EXPECT_EQ(Describe(sum_case, Reading::kTruncated), *sum_case.truncated);
    }
  }
}

TEST(CasesTest, VerdictsOfSumsFollowFromBothReadings) {
  for (const SumCase& sum_case : ReadSumCases()) {
    SCOPED_TRACE(sum_case.name);
    const Verdict verdict = CheckLinearSum(sum_case.total, sum_case.Items()).verdict;
    const std::string truncated = sum_case.truncated.value_or("");
    if (absl::StartsWith(sum_case.rounded, "consistent")) {
      EXPECT_TRUE(verdict == Verdict::kExact || verdict == Verdict::kWithinRounding);
    } else if (absl::StartsWith(truncated, "consistent")) {
      EXPECT_EQ(verdict, Verdict::kTruncated);
    } else if (absl::StartsWith(sum_case.rounded, "inconsistent")) {
      EXPECT_EQ(verdict, Verdict::kInconsistent);
    } else {
      EXPECT_EQ(verdict, Verdict::kBlocked);
    }
  }
}

TEST(CasesTest, ExcessDigitsAgreeWithArelle) {
  const std::vector<std::string> lines = ReadLines("excess_digits.txt");
  ASSERT_EQ(lines.size(), 19u);
  for (const std::string& line : lines) {
    const size_t space = line.rfind(' ');
    const Operand operand = ParseStatement(absl::string_view(line).substr(0, space));
    const bool excess = line.substr(space + 1) == "excess";
    EXPECT_EQ(!operand.value.numerator().IsMultipleOf(operand.quantum), excess) << line;
    EXPECT_EQ(HasExcessDigits(operand), excess) << line;
  }
}

TEST(CasesTest, IntervalsAgreeWithIxbrlViewer) {
  const std::vector<std::string> lines = ReadLines("intervals.txt");
  ASSERT_EQ(lines.size(), 17u);
  for (const std::string& line : lines) {
    const std::pair<std::string, std::string> sides = absl::StrSplit(line, " = ");
    const std::pair<std::string, std::string> call =
        absl::StrSplit(sides.first, absl::MaxSplits(' ', 1));
    std::optional<Interval> result;
    if (call.first == "read") {
      result = ParseStatement(call.second).Admits(Reading::kRounded);
    } else if (call.first == "times") {
      const size_t space = call.second.rfind(' ');
      result = ParseInterval(absl::string_view(call.second).substr(0, space)) *
               Rational(ParseDecimal(absl::string_view(call.second).substr(space + 1)));
    } else {
      std::vector<Interval> arguments;
      for (absl::string_view rest = call.second; !rest.empty();) {
        const size_t end = rest.find(']') + 1;
        arguments.push_back(ParseInterval(rest.substr(0, end)));
        rest.remove_prefix(end);
        absl::ConsumePrefix(&rest, " ");
      }
      result = arguments.front();
      for (size_t i = 1; i < arguments.size() && result.has_value(); ++i) {
        result = call.first == "add" ? *result + arguments[i] : result->Intersect(arguments[i]);
      }
    }
    EXPECT_EQ(result.has_value() ? result->ToString() : "none", sides.second) << line;
  }
}

}  // namespace
}  // namespace crossfoot::rules
