#include "services/server/worker_pool.h"

#include <atomic>
#include <future>

#include "gtest/gtest.h"

namespace crossfoot::server {
namespace {

TEST(WorkerPoolTest, RunsEveryAcceptedTaskOnceBeforeItEnds) {
  std::vector<std::atomic<int>> runs(1000);
  {
    WorkerPool pool(4, 1000);
    for (std::atomic<int>& run : runs) ASSERT_TRUE(pool.TrySubmit([&run] { ++run; }));
  }
  for (const std::atomic<int>& run : runs) EXPECT_EQ(run, 1);
}

TEST(WorkerPoolTest, RefusesTasksAboveTheBoundAndAcceptsAgainLater) {
  WorkerPool pool(1, 2);
  std::promise<void> started;
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  ASSERT_TRUE(pool.TrySubmit([&started, released] {
    started.set_value();
    released.wait();
  }));
  started.get_future().wait();
  std::promise<void> second_done;
  ASSERT_TRUE(pool.TrySubmit([&second_done] { second_done.set_value(); }));
  EXPECT_FALSE(pool.TrySubmit([] { FAIL() << "must not run"; }));
  release.set_value();
  second_done.get_future().wait();
  // The second task counts until its worker has come back.
  std::atomic<bool> third_ran = false;
  while (!pool.TrySubmit([&third_ran] { third_ran = true; })) std::this_thread::yield();
  while (!third_ran) std::this_thread::yield();
}

TEST(WorkerPoolTest, TakesTasksFromManyThreads) {
  std::atomic<int> accepted = 0;
  std::atomic<int> ran = 0;
  {
    WorkerPool pool(3, 16);
    std::vector<std::thread> submitters;
    for (int submitter = 0; submitter < 4; ++submitter) {
      submitters.emplace_back([&] {
        for (int task = 0; task < 2000; ++task) {
          if (pool.TrySubmit([&ran] { ++ran; })) ++accepted;
        }
      });
    }
    for (std::thread& submitter : submitters) submitter.join();
  }
  EXPECT_EQ(ran, accepted);
  EXPECT_GE(accepted, 16);
}

}  // namespace
}  // namespace crossfoot::server
