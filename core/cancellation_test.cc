#include "core/cancellation.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "core/error.h"

namespace crossfoot::core {
namespace {

TEST(CancellationTest, StopsByCall) {
  Cancellation cancellation;
  EXPECT_FALSE(Stopped(&cancellation));
  EXPECT_TRUE(cancellation.status().ok());
  cancellation.Cancel();
  EXPECT_TRUE(Stopped(&cancellation));
  EXPECT_EQ(ReasonOf(cancellation.status()), ErrorReason::kCancelled);
}

TEST(CancellationTest, StopsByTime) {
  const Cancellation past(Cancellation::Clock::now() - std::chrono::seconds(1));
  EXPECT_TRUE(past.stopped());
  EXPECT_EQ(ReasonOf(past.status()), ErrorReason::kDeadlineExceeded);
  const Cancellation future(Cancellation::Clock::now() + std::chrono::hours(1));
  EXPECT_FALSE(future.stopped());
}

TEST(CancellationTest, KnowsAShortDeadlineAtOnce) {
  for (int i = 0; i < 100; ++i) {
    const Cancellation now{Cancellation::Clock::now()};
    EXPECT_EQ(ReasonOf(now.status()), ErrorReason::kDeadlineExceeded);
  }
}

TEST(CancellationTest, KeepsWhatIsLeftUntilItIsTaken) {
  const Cancellation cancellation;
  const auto first = std::make_shared<int>(1), second = std::make_shared<int>(2);
  cancellation.Leave(first);
  cancellation.Leave(std::make_unique<std::shared_ptr<int>>(second));
  EXPECT_EQ(first.use_count(), 2);
  EXPECT_EQ(second.use_count(), 2);
  std::vector<std::shared_ptr<void>> remains = cancellation.TakeRemains();
  EXPECT_EQ(remains.size(), 2u);
  EXPECT_TRUE(cancellation.TakeRemains().empty());
  remains.clear();
  EXPECT_EQ(first.use_count(), 1);
  EXPECT_EQ(second.use_count(), 1);
}

TEST(CancellationTest, NothingStopsWithoutOne) { EXPECT_FALSE(Stopped(nullptr)); }

TEST(StepsTest, CountsToTheEnd) {
  for (const size_t count : {0u, 1u, 31u, 32u, 33u, 1000u}) {
    size_t next = 0;
    for (const size_t at : Steps(count, nullptr)) EXPECT_EQ(at, next++);
    EXPECT_EQ(next, count);
  }
}

TEST(StepsTest, EndsEarlyWhenStopped) {
  Cancellation cancellation;
  size_t steps = 0;
  for (const size_t at : Steps(1000, &cancellation)) {
    ++steps;
    if (at == 100) cancellation.Cancel();
  }
  EXPECT_LT(steps, 200u);
  for ([[maybe_unused]] const size_t at : Steps(1000, &cancellation)) FAIL();
}

}  // namespace
}  // namespace crossfoot::core
