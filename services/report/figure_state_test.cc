#include "services/report/figure_state.h"

#include <gtest/gtest.h>

#include <cstddef>

#include "core/verdict.h"

namespace crossfoot::report {
namespace {

TEST(FigureStateTest, TheTableGoesFromTheWorst) {
  for (size_t i = 0; i < kFigureStates.size(); ++i) {
    EXPECT_EQ(OrderOf(kFigureStates[i].state), i);
    EXPECT_EQ(NameOf(kFigureStates[i].state).key, kFigureStates[i].key);
  }
}

TEST(FigureStateTest, ACheckSaysWhetherItHolds) {
  EXPECT_EQ(StateOf(core::Verdict::kExact), FigureState::kExact);
  EXPECT_EQ(StateOf(core::Verdict::kTruncated), FigureState::kTruncated);
  EXPECT_EQ(StateOf(core::Verdict::kInconsistent), FigureState::kDisagrees);
  EXPECT_EQ(StateOf(core::Verdict::kBlocked), FigureState::kOpen);
}

// What decides wins over what does not, and of that the worse.
TEST(FigureStateTest, TheWorseIsTheGreater) {
  EXPECT_LT(FigureState::kUnchecked, StateOf(core::Verdict::kUndetermined));
  EXPECT_LT(StateOf(core::Verdict::kUndetermined), StateOf(core::Verdict::kExact));
  EXPECT_LT(StateOf(core::Verdict::kExact), StateOf(core::Verdict::kWithinRounding));
  EXPECT_LT(StateOf(core::Verdict::kInconsistent), FigureState::kContradicted);
}

}  // namespace
}  // namespace crossfoot::report
