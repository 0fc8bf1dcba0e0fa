#include "services/method/report_cache.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace crossfoot::method {
namespace {

ReportCache::Report ReportOf(size_t bytes) {
  auto report = std::make_shared<validation::Validation>();
  report->document.source.assign(bytes, 'x');
  return report;
}

TEST(ReportCacheTest, GivesBackWhatItWasGiven) {
  ReportCache cache(100);
  EXPECT_EQ(cache.Find("a"), nullptr);
  const ReportCache::Report report = ReportOf(10);
  cache.Insert("a", report);
  EXPECT_EQ(cache.Find("a"), report);
}

TEST(ReportCacheTest, DropsWhatWasNotAskedForLongest) {
  ReportCache cache(30);
  for (const char* key : {"a", "b", "c"}) cache.Insert(key, ReportOf(10));
  EXPECT_NE(cache.Find("a"), nullptr);
  cache.Insert("d", ReportOf(10));
  EXPECT_EQ(cache.Find("b"), nullptr);
  EXPECT_NE(cache.Find("a"), nullptr);
  cache.Insert("large", ReportOf(25));
  EXPECT_EQ(cache.Find("c"), nullptr);
  EXPECT_EQ(cache.Find("d"), nullptr);
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_NE(cache.Find("large"), nullptr);
}

TEST(ReportCacheTest, LeavesOutWhatFillsIt) {
  ReportCache cache(30);
  cache.Insert("a", ReportOf(10));
  cache.Insert("huge", ReportOf(31));
  EXPECT_EQ(cache.Find("huge"), nullptr);
  EXPECT_NE(cache.Find("a"), nullptr);
}

TEST(ReportCacheTest, ServesManyThreads) {
  ReportCache cache(200);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&cache, thread] {
      for (int i = 0; i < 2000; ++i) {
        const std::string key = std::to_string((i * 7 + thread) % 40);
        const ReportCache::Report report = cache.Find(key);
        if (report == nullptr) {
          cache.Insert(key, ReportOf(10));
        } else {
          EXPECT_EQ(report->document.source.size(), 10u);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace crossfoot::method
