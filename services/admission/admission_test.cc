#include "services/admission/admission.h"

#include <atomic>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::admission {
namespace {

// Expects that `ticket` was refused by `limit` of `value`.
void ExpectBusy(const absl::StatusOr<Admission::Ticket>& ticket, const std::string& limit,
                const std::string& value) {
  EXPECT_EQ(core::ReasonOf(ticket.status()), core::ErrorReason::kServerBusy) << ticket.status();
  EXPECT_EQ(ticket.status().code(), absl::StatusCode::kResourceExhausted);
  auto metadata = core::MetadataOf(ticket.status());
  EXPECT_EQ(metadata["limit"], limit);
  EXPECT_EQ(metadata[limit], value);
}

TEST(AdmissionTest, AdmitsAsManyCallsAsItMay) {
  Admission admission(2, 1000);
  absl::StatusOr<Admission::Ticket> first = admission.Admit(0);
  ASSERT_TRUE(first.ok());
  {
    const absl::StatusOr<Admission::Ticket> second = admission.Admit(0);
    ASSERT_TRUE(second.ok());
    ExpectBusy(admission.Admit(0), "max_calls", "2");
  }
  EXPECT_TRUE(admission.Admit(0).ok());
}

TEST(AdmissionTest, AdmitsAsManyBytesAsItMay) {
  Admission admission(10, 1000);
  const absl::StatusOr<Admission::Ticket> first = admission.Admit(600);
  ASSERT_TRUE(first.ok());
  ExpectBusy(admission.Admit(401), "max_request_bytes", "1000");
  const absl::StatusOr<Admission::Ticket> second = admission.Admit(400);
  EXPECT_TRUE(second.ok());
  EXPECT_TRUE(admission.Admit(0).ok());
  ExpectBusy(admission.Admit(1), "max_request_bytes", "1000");
}

TEST(AdmissionTest, AdmitsALargerRequestAlone) {
  Admission admission(10, 1000);
  {
    const absl::StatusOr<Admission::Ticket> small = admission.Admit(1);
    ASSERT_TRUE(small.ok());
    ExpectBusy(admission.Admit(5000), "max_request_bytes", "1000");
  }
  {
    const absl::StatusOr<Admission::Ticket> large = admission.Admit(5000);
    ASSERT_TRUE(large.ok());
    EXPECT_EQ(admission.load().bytes, 5000);
    ExpectBusy(admission.Admit(1), "max_request_bytes", "1000");
  }
  EXPECT_TRUE(admission.Admit(std::numeric_limits<int64_t>::max()).ok());
  EXPECT_TRUE(admission.Admit(1000).ok());
}

TEST(AdmissionTest, ATicketIsGivenBackOnceWhereverItWasMoved) {
  Admission admission(10, 1000);
  std::optional<Admission::Ticket> kept;
  {
    absl::StatusOr<Admission::Ticket> ticket = admission.Admit(300);
    ASSERT_TRUE(ticket.ok());
    kept = *std::move(ticket);
  }
  EXPECT_EQ(admission.load().calls, 1);
  EXPECT_EQ(admission.load().bytes, 300);
  // The one that is written over goes.
  kept = *admission.Admit(200);
  EXPECT_EQ(admission.load().calls, 1);
  EXPECT_EQ(admission.load().bytes, 200);
  Admission::Ticket& same = *kept;
  *kept = std::move(same);
  EXPECT_EQ(admission.load().calls, 1);
  kept.reset();
  EXPECT_EQ(admission.load().calls, 0);
  EXPECT_EQ(admission.load().bytes, 0);
}

TEST(AdmissionTest, HoldsItsBoundsWithManyThreads) {
  Admission admission(3, 1000);
  std::atomic<int> in_work = 0;
  std::atomic<int64_t> bytes_in_work = 0;
  std::atomic<int> admitted = 0;
  std::atomic<bool> passed = false;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const int64_t bytes = int64_t{200} * (t + 1);
      for (int i = 0; i < 5000; ++i) {
        const absl::StatusOr<Admission::Ticket> ticket = admission.Admit(bytes);
        if (!ticket.ok()) continue;
        ++admitted;
        if (++in_work > 3) passed = true;
        if (bytes_in_work.fetch_add(bytes) + bytes > 1000) passed = true;
        std::this_thread::yield();
        bytes_in_work -= bytes;
        --in_work;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(passed);
  EXPECT_GT(admitted, 0);
  EXPECT_EQ(admission.load().calls, 0);
  EXPECT_EQ(admission.load().bytes, 0);
}

}  // namespace
}  // namespace crossfoot::admission
