#include "core/verdict.h"

#include <gtest/gtest.h>

namespace crossfoot::core {
namespace {

TEST(VerdictTest, NamesAreTheEnumeratorsOfTheProto) {
  EXPECT_EQ(ToString(Verdict::kExact), "EXACT");
  EXPECT_EQ(ToString(Verdict::kWithinRounding), "WITHIN_ROUNDING");
  EXPECT_EQ(ToString(Verdict::kTruncated), "TRUNCATED");
  EXPECT_EQ(ToString(Verdict::kInconsistent), "INCONSISTENT");
  EXPECT_EQ(ToString(Verdict::kUndetermined), "UNDETERMINED");
  EXPECT_EQ(ToString(Verdict::kNotApplicable), "NOT_APPLICABLE");
  EXPECT_EQ(ToString(Verdict::kBlocked), "BLOCKED");
}

TEST(SeverityTest, NamesAreTheEnumeratorsOfTheProto) {
  EXPECT_EQ(ToString(Severity::kUnspecified), "UNSPECIFIED");
  EXPECT_EQ(ToString(Severity::kInfo), "INFO");
  EXPECT_EQ(ToString(Severity::kWarning), "WARNING");
  EXPECT_EQ(ToString(Severity::kError), "ERROR");
}

}  // namespace
}  // namespace crossfoot::core
