#include "clients/cli/read_ahead.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <thread>

#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

using std::chrono::milliseconds;

const std::function<void()> kNothing = [] {};

TEST(ReadAheadTest, GivesResultsInOrder) {
  for (const size_t jobs : {1, 2, 7}) {
    ReadAhead<std::unique_ptr<size_t>> ahead(100, jobs, [](size_t index) {
      if (index % 7 == 0) std::this_thread::sleep_for(milliseconds(2));
      return std::make_unique<size_t>(index);
    });
    for (size_t index = 0; index < 100; ++index)
      EXPECT_EQ(*ahead.Next(milliseconds(100), kNothing), index) << jobs;
  }
}

TEST(ReadAheadTest, OneJobWorksWhereItIsAsked) {
  std::set<std::thread::id> threads;
  ReadAhead<int> ahead(3, 1, [&threads](size_t) {
    threads.insert(std::this_thread::get_id());
    return 0;
  });
  EXPECT_TRUE(threads.empty());
  for (int count = 0; count < 3; ++count) ahead.Next(milliseconds(1), kNothing);
  EXPECT_EQ(threads, std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST(ReadAheadTest, SeveralJobsWorkAtTheSameTime) {
  std::atomic<int> at_work = 0;
  ReadAhead<bool> ahead(2, 2, [&at_work](size_t) {
    ++at_work;
    while (at_work < 2) std::this_thread::yield();  // each waits for the other
    return true;
  });
  EXPECT_TRUE(ahead.Next(milliseconds(100), kNothing));
  EXPECT_TRUE(ahead.Next(milliseconds(100), kNothing));
}

TEST(ReadAheadTest, GoesNoFurtherThanItsWindow) {
  std::atomic<size_t> begun = 0;
  std::atomic<bool> first_may_end = false;
  {
    ReadAhead<int> ahead(1000, 2, [&](size_t index) {
      ++begun;
      while (index == 0 && !first_may_end) std::this_thread::yield();
      return 0;
    });
    constexpr size_t kWindow = 2 * ReadAhead<int>::kAhead;
    while (begun < kWindow) std::this_thread::yield();
    std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(begun, kWindow);
    first_may_end = true;
    ahead.Next(milliseconds(1), kNothing);
    // The rest is left when nobody asks for it.
  }
  EXPECT_LE(begun, 3 * ReadAhead<int>::kAhead);
}

TEST(ReadAheadTest, CallsBackWhileItWaits) {
  std::atomic<bool> called = false;
  ReadAhead<int> ahead(2, 2, [&called](size_t) {
    while (!called) std::this_thread::yield();
    return 5;
  });
  EXPECT_EQ(ahead.Next(milliseconds(1), [&called] { called = true; }), 5);
}

}  // namespace
}  // namespace crossfoot::cli
