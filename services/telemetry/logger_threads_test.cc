// Apart from logger_test, whose JSON reader hands on Protobuf maps: under the thread sanitiser they
// have another layout here than in Debian's library.

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/telemetry/logger.h"

namespace crossfoot::telemetry {
namespace {

TEST(LoggerThreadsTest, GivesTheSinkTheWholeLinesOfManyThreads) {
  constexpr int kThreads = 4, kEach = 250;
  std::mutex mutex;
  std::map<std::string, int> lines;
  const Logger logger(Level::kInfo, [&](std::string_view line) {
    const std::lock_guard<std::mutex> lock(mutex);
    ++lines[std::string(line)];
  });
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        logger.Write(
            LogRecord(Level::kInfo, "\n", absl::UnixEpoch()).Add("thread", t).Add("call", i));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(lines.size(), kThreads * kEach);
  for (int t = 0; t < kThreads; ++t) {
    for (int i = 0; i < kEach; ++i) {
      EXPECT_EQ(lines[absl::StrCat("{\"time\":\"1970-01-01T00:00:00.000Z\",\"severity\":\"INFO\","
                                   "\"message\":\"\\n\",\"thread\":",
                                   t, ",\"call\":", i, "}\n")],
                1);
    }
  }
}

}  // namespace
}  // namespace crossfoot::telemetry
