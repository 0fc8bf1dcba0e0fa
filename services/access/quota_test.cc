#include "services/access/quota.h"

#include <atomic>
#include <cstdlib>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::access {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

Client MakeClient(int32_t calls_per_minute, int64_t bytes_per_minute,
                  const std::string& name = "office") {
  Client client;
  client.name = name;
  client.calls_per_minute = calls_per_minute;
  client.bytes_per_minute = bytes_per_minute;
  return client;
}

// The milliseconds after which `status`, which must be of `quota`, says to come again; -1 when it
// is something else.
int64_t RetryAfter(const absl::Status& status, const std::string& quota) {
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kQuotaExceeded) << status;
  auto metadata = core::MetadataOf(status);
  EXPECT_EQ(metadata["quota"], quota);
  EXPECT_EQ(metadata["client"], "office");
  int64_t milliseconds = -1;
  EXPECT_TRUE(absl::SimpleAtoi(metadata["retry_after_ms"], &milliseconds));
  return milliseconds;
}

TEST(QuotasTest, LetsACallersMinuteThroughAtOnceAndThenEvenly) {
  Quotas quotas;
  const Client client = MakeClient(60, 0);
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(quotas.Take(client, 1 << 30, kStart).ok()) << i;
  EXPECT_EQ(RetryAfter(quotas.Take(client, 0, kStart), "calls_per_minute"), 1000);
  EXPECT_EQ(
      RetryAfter(quotas.Take(client, 0, kStart + absl::Milliseconds(400)), "calls_per_minute"),
      600);
  EXPECT_TRUE(quotas.Take(client, 0, kStart + absl::Seconds(1)).ok());
  EXPECT_FALSE(quotas.Take(client, 0, kStart + absl::Milliseconds(1999)).ok());
  EXPECT_TRUE(quotas.Take(client, 0, kStart + absl::Seconds(2)).ok());
  // An hour of rest fills the bucket once.
  const absl::Time later = kStart + absl::Hours(1);
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(quotas.Take(client, 0, later).ok()) << i;
  EXPECT_FALSE(quotas.Take(client, 0, later).ok());
}

TEST(QuotasTest, ZeroIsAnyNumber) {
  Quotas quotas;
  const Client client = MakeClient(0, 0);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(quotas.Take(client, std::numeric_limits<int64_t>::max(), kStart).ok());
  }
}

TEST(QuotasTest, TakesNothingWhenItRefuses) {
  Quotas quotas;
  const Client client = MakeClient(2, 100);
  ASSERT_TRUE(quotas.Take(client, 90, kStart).ok());
  // 10 of the 100 bytes are left, so these are refused, and neither bytes nor the call are taken.
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(RetryAfter(quotas.Take(client, 11, kStart), "bytes_per_minute"), 600);
  }
  EXPECT_TRUE(quotas.Take(client, 10, kStart).ok());
  EXPECT_EQ(RetryAfter(quotas.Take(client, 0, kStart), "calls_per_minute"), 30'000);
}

TEST(QuotasTest, NamesTheQuotaThatTakesLonger) {
  Quotas quotas;
  const Client client = MakeClient(1, 60);
  ASSERT_TRUE(quotas.Take(client, 60, kStart).ok());
  EXPECT_EQ(RetryAfter(quotas.Take(client, 1, kStart), "calls_per_minute"), 60'000);
  const absl::Time later = kStart + absl::Minutes(1);
  ASSERT_TRUE(quotas.Take(client, 120, later).ok());  // 60 bytes of debt
  EXPECT_EQ(RetryAfter(quotas.Take(client, 30, later), "bytes_per_minute"), 90'000);
}

TEST(QuotasTest, AcceptsACallLargerThanTheBucketWhenItIsFull) {
  Quotas quotas;
  const Client client = MakeClient(0, 100);
  ASSERT_TRUE(quotas.Take(client, 1, kStart).ok());
  EXPECT_EQ(RetryAfter(quotas.Take(client, 250, kStart), "bytes_per_minute"), 600);
  const absl::Time full = kStart + absl::Milliseconds(600);
  ASSERT_TRUE(quotas.Take(client, 250, full).ok());
  // The debt of 150 bytes is paid before the next byte.
  EXPECT_EQ(RetryAfter(quotas.Take(client, 1, full), "bytes_per_minute"), 90'600);
  EXPECT_TRUE(quotas.Take(client, 0, full + absl::Seconds(90)).ok());
  EXPECT_TRUE(quotas.Take(client, 1, full + absl::Milliseconds(90'600)).ok());
}

TEST(QuotasTest, RetryAfterIsKeptAndNotTooLong) {
  // Limits that divide nothing evenly.
  for (const int64_t limit :
       {int64_t{7}, int64_t{997}, int64_t{1} << 40, std::numeric_limits<int64_t>::max()}) {
    Quotas quotas;
    const Client client = MakeClient(0, limit);
    absl::Time now = kStart;
    for (int i = 1; i <= 200; ++i) {
      const int64_t bytes = limit / 3 + i % 5;
      const absl::Status status = quotas.Take(client, bytes, now);
      if (status.ok()) continue;
      const int64_t wait = RetryAfter(status, "bytes_per_minute");
      ASSERT_GT(wait, 0);
      ASSERT_FALSE(quotas.Take(client, bytes, now + absl::Milliseconds(wait - 1)).ok()) << limit;
      now += absl::Milliseconds(wait);
      ASSERT_TRUE(quotas.Take(client, bytes, now).ok()) << limit;
    }
  }
}

TEST(QuotasTest, KeepsABucketForEachName) {
  Quotas quotas;
  ASSERT_TRUE(quotas.Take(MakeClient(1, 0, "a"), 0, kStart).ok());
  EXPECT_TRUE(quotas.Take(MakeClient(1, 0, "b"), 0, kStart).ok());
  EXPECT_FALSE(quotas.Take(MakeClient(1, 0, "a"), 0, kStart).ok());
}

TEST(QuotasTest, KeepsWhatIsLeftWhenTheLimitChanges) {
  Quotas quotas;
  for (int i = 0; i < 90; ++i) ASSERT_TRUE(quotas.Take(MakeClient(100, 0), 0, kStart).ok());
  // 10 are left, whatever more is allowed now.
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(quotas.Take(MakeClient(6000, 0), 0, kStart).ok());
  EXPECT_EQ(RetryAfter(quotas.Take(MakeClient(6000, 0), 0, kStart), "calls_per_minute"), 10);
  // A lower limit cuts what is above it.
  const absl::Time later = kStart + absl::Minutes(1);
  ASSERT_TRUE(quotas.Take(MakeClient(6000, 0), 0, later).ok());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(quotas.Take(MakeClient(5, 0), 0, later).ok());
  EXPECT_FALSE(quotas.Take(MakeClient(5, 0), 0, later).ok());
  // A limit where there was none begins with a full bucket.
  EXPECT_TRUE(quotas.Take(MakeClient(0, 0), 0, later).ok());
  EXPECT_TRUE(quotas.Take(MakeClient(0, 10), 10, later).ok());
  EXPECT_FALSE(quotas.Take(MakeClient(0, 10), 10, later).ok());
}

TEST(QuotasTest, GainsNothingFromClocksThatDisagree) {
  Quotas quotas;
  const Client client = MakeClient(60, 0);
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(quotas.Take(client, 0, kStart).ok());
  // Two threads whose readings are half a second apart: no time passes for the bucket.
  for (int i = 0; i < 100; ++i) {
    ASSERT_FALSE(quotas.Take(client, 0, kStart - absl::Milliseconds(500)).ok());
    ASSERT_FALSE(quotas.Take(client, 0, kStart).ok());
  }
  EXPECT_EQ(
      RetryAfter(quotas.Take(client, 0, kStart - absl::Milliseconds(500)), "calls_per_minute"),
      1500);
  // A clock that was set back by a day does not lock the client out for a day.
  const absl::Time yesterday = kStart - absl::Hours(24);
  EXPECT_EQ(RetryAfter(quotas.Take(client, 0, yesterday), "calls_per_minute"), 1000);
  EXPECT_TRUE(quotas.Take(client, 0, yesterday + absl::Seconds(1)).ok());
}

TEST(QuotasTest, GivesManyThreadsNoMoreThanOne) {
  Quotas quotas;
  std::atomic<int> accepted = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const Client other = MakeClient(10, 0, std::string(1, static_cast<char>('a' + t)));
      for (int i = 0; i < 500; ++i) {
        if (quotas.Take(MakeClient(1000, 0), 0, kStart).ok()) ++accepted;
        (void)quotas.Take(other, 0, kStart);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(accepted, 1000);
}

}  // namespace
}  // namespace crossfoot::access
