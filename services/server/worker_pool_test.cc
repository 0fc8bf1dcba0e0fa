#include "services/server/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace crossfoot::server {
namespace {

TEST(WorkerPoolTest, RunsEveryTaskOnceBeforeItEnds) {
  std::vector<std::atomic<int>> runs(1000);
  {
    WorkerPool pool(4);
    for (std::atomic<int>& run : runs) pool.Submit([&run] { ++run; });
  }
  for (const std::atomic<int>& run : runs) EXPECT_EQ(run, 1);
}

TEST(WorkerPoolTest, RunsTasksInTheirOrderAndCountsThoseThatWait) {
  WorkerPool pool(1);
  std::promise<void> started;
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  pool.Submit([&started, released] {
    started.set_value();
    released.wait();
  });
  started.get_future().wait();
  EXPECT_EQ(pool.waiting(), 0);
  std::vector<int> order;
  std::promise<void> done;
  pool.Submit([&order] { order.push_back(1); });
  pool.Submit([&order, &done] {
    order.push_back(2);
    done.set_value();
  });
  EXPECT_EQ(pool.waiting(), 2);
  release.set_value();
  done.get_future().wait();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(WorkerPoolTest, TakesTasksFromManyThreads) {
  std::atomic<int> ran = 0;
  {
    WorkerPool pool(3);
    std::vector<std::thread> submitters;
    for (int submitter = 0; submitter < 4; ++submitter) {
      submitters.emplace_back([&] {
        for (int task = 0; task < 2000; ++task) pool.Submit([&ran] { ++ran; });
      });
    }
    for (std::thread& submitter : submitters) submitter.join();
  }
  EXPECT_EQ(ran, 8000);
}

}  // namespace
}  // namespace crossfoot::server
