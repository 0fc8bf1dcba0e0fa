#include "services/server/process_scheduling.h"

#include <sched.h>

#include <thread>

#include "gtest/gtest.h"

namespace crossfoot::server {
namespace {

TEST(ProcessSchedulingTest, GoesOnToThreadsThatStartLater) {
  int before = -1, after = -1, of_child = -1;
  std::thread([&] {
    before = sched_getscheduler(0);
    PreferThroughput();
    after = sched_getscheduler(0);
    std::thread([&] { of_child = sched_getscheduler(0); }).join();
  }).join();
  EXPECT_EQ(before, SCHED_OTHER);
  EXPECT_EQ(after, SCHED_BATCH);
  EXPECT_EQ(of_child, SCHED_BATCH);
}

TEST(ProcessSchedulingTest, LeavesAPolicyThatSomebodyChose) {
  int after = -1;
  std::thread([&] {
    const sched_param parameters{};
    ASSERT_EQ(sched_setscheduler(0, SCHED_IDLE, &parameters), 0);
    PreferThroughput();
    after = sched_getscheduler(0);
  }).join();
  EXPECT_EQ(after, SCHED_IDLE);
}

TEST(ProcessSchedulingTest, GivesWay) {
  int after = -1;
  std::thread([&] {
    PreferThroughput();
    GiveWay();
    after = sched_getscheduler(0);
  }).join();
  EXPECT_EQ(after, SCHED_IDLE);
}

}  // namespace
}  // namespace crossfoot::server
