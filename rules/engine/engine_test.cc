#include "rules/engine/engine.h"

#include <memory>
#include <vector>

#include "core/decimal.h"
#include "core/figure.h"
#include "core/rational.h"
#include "core/verdict.h"
#include "gtest/gtest.h"

namespace crossfoot::rules {
namespace {

// Rates beside words of rise, which make a check each.
std::vector<core::Figure> Rises(int count) {
  std::vector<core::Figure> figures(count);
  for (int i = 0; i < count; ++i) {
    core::Figure& figure = figures[i];
    figure.kind = core::FigureKind::kGrowthRate;
    figure.basis = core::Basis::kYearAgo;
    figure.unit = "%";
    figure.value = core::Rational(i + 1);
    figure.quantum = core::Decimal(1);
    figure.trend = 1;
  }
  return figures;
}

TEST(EngineTest, TheLimitOfOperandsEndsTheChecksAndSaysSo) {
  const auto engine = Engine::Create();
  ASSERT_TRUE(engine.ok()) << engine.status();
  const std::vector<core::Figure> figures = Rises(10);
  const EngineResult all = (*engine)->Run(figures);
  ASSERT_EQ(all.checks.size(), 10u);
  for (const core::Check& check : all.checks) EXPECT_EQ(check.verdict, core::Verdict::kExact);

  EngineOptions options;
  options.max_operands = 4;
  const EngineResult some = (*engine)->Run(figures, options);
  ASSERT_EQ(some.checks.size(), 5u);
  EXPECT_EQ(some.checks[3].verdict, core::Verdict::kExact);
  EXPECT_EQ(some.checks[4].verdict, core::Verdict::kUndetermined);
  EXPECT_EQ(some.checks[4].note_en, "the limit max_operands=4 was reached; no more was checked");
  EXPECT_TRUE(some.findings.empty());
}

}  // namespace
}  // namespace crossfoot::rules
