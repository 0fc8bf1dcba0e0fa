#include "services/server/stream_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace crossfoot::server {
namespace {

TEST(StreamWatchTest, LooksAgainAndAgainUntilRemoved) {
  StreamWatch watch;
  std::atomic<int> looks = 0;
  const int64_t id = watch.Add([&looks] { ++looks; });
  while (looks < 3) std::this_thread::yield();
  watch.Remove(id);
  const int after = looks;
  std::atomic<int> others = 0;
  const int64_t other = watch.Add([&others] { ++others; });
  while (others < 2) std::this_thread::yield();
  watch.Remove(other);
  EXPECT_EQ(looks, after);
}

TEST(StreamWatchTest, LetsALookRemoveItself) {
  StreamWatch watch;
  std::atomic<int64_t> id = 0;
  std::atomic<int> looks = 0;
  id = watch.Add([&] {
    while (id == 0) std::this_thread::yield();
    ++looks;
    watch.Remove(id);
  });
  while (looks < 1) std::this_thread::yield();
  std::atomic<int> others = 0;
  const int64_t other = watch.Add([&others] { ++others; });
  while (others < 2) std::this_thread::yield();
  watch.Remove(other);
  EXPECT_EQ(looks, 1);
}

TEST(StreamWatchTest, ServesManyThreads) {
  StreamWatch watch;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&watch] {
      for (int i = 0; i < 200; ++i) {
        auto alive = std::make_unique<std::atomic<int>>(0);
        const int64_t id = watch.Add([counter = alive.get()] { ++*counter; });
        watch.Remove(id);
        alive.reset();  // a look that went on would write to freed memory
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace crossfoot::server
