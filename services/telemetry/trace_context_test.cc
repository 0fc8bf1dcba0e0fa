#include "services/telemetry/trace_context.h"

#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace crossfoot::telemetry {
namespace {

const std::string kParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(TraceContextTest, ReadsWhatTheSpecificationShows) {
  const auto context = TraceContext::Parse(kParent);
  if (!context.has_value()) FAIL();
  EXPECT_EQ(context->trace_id(), "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(context->span_id(), "b7ad6b7169203331");
  EXPECT_TRUE(context->sampled());
  EXPECT_EQ(context->ToString(), kParent);
}

TEST(TraceContextTest, OfTheFlagsOnlySampledIsReadAndSentOn) {
  const std::string start = kParent.substr(0, 53);
  for (const std::string flags : {"01", "03", "ff", "0b", "81"}) {
    const auto context = TraceContext::Parse(start + flags);
    ASSERT_TRUE(context.has_value()) << flags;
    EXPECT_EQ(context->ToString(), start + "01");
  }
  for (const std::string flags : {"00", "02", "fe", "0a", "80"}) {
    const auto context = TraceContext::Parse(start + flags);
    ASSERT_TRUE(context.has_value()) << flags;
    EXPECT_EQ(context->ToString(), start + "00");
  }
}

TEST(TraceContextTest, ReadsLaterVersionsAsFarAsItKnowsThem) {
  const std::string rest = kParent.substr(2);
  for (const std::string& later : {"01" + rest, "cc" + rest, "fe" + rest, "01" + rest + "-",
                                   "01" + rest + "-what-the-future-will-be-like"}) {
    const auto context = TraceContext::Parse(later);
    ASSERT_TRUE(context.has_value()) << later;
    EXPECT_EQ(context->ToString(), kParent);
  }
  EXPECT_FALSE(TraceContext::Parse("01" + rest + ".what-the-future-will-not-be-like"));
  EXPECT_FALSE(TraceContext::Parse("01" + rest + "0"));
}

TEST(TraceContextTest, RefusesWhatIsMalformed) {
  const std::string trace = "0af7651916cd43dd8448eb211c80319c", span = "b7ad6b7169203331";
  for (const std::string& bad : {
           std::string(),
           std::string("00"),
           absl::StrCat("ff-", trace, "-", span, "-01"),
           absl::StrCat("FE-", trace, "-", span, "-01"),
           absl::StrCat("0-", trace, "-", span, "-01"),
           absl::StrCat("0g-", trace, "-", span, "-01"),
           absl::StrCat("00-", std::string(32, '0'), "-", span, "-01"),
           absl::StrCat("00-", trace, "-", std::string(16, '0'), "-01"),
           absl::StrCat("00-0AF7651916CD43DD8448EB211C80319C-", span, "-01"),
           absl::StrCat("00-", trace, "-B7AD6B7169203331-01"),
           absl::StrCat("00-", trace, "-", span, "-0A"),
           absl::StrCat("00-", trace, "-", span, "-1"),
           absl::StrCat("00-", trace, "-", span, "-"),
           absl::StrCat("00-", trace, "-", span),
           absl::StrCat("00-", trace, "-", span, "-01-"),
           absl::StrCat("00-", trace, "-", span, "-01-more"),
           absl::StrCat("00-", trace, "-", span, "-01 "),
           absl::StrCat(" 00-", trace, "-", span, "-01"),
           absl::StrCat("00-", trace, "_", span, "-01"),
           absl::StrCat("00_", trace, "-", span, "-01"),
           absl::StrCat("00-", trace, "-", span, "_01"),
           absl::StrCat("00-", trace.substr(1), "-", span, "0-01"),
           absl::StrCat("00-", trace, "-", span.substr(1), "--01"),
       }) {
    EXPECT_FALSE(TraceContext::Parse(bad).has_value()) << bad;
  }
}

TEST(TraceContextTest, ContinuesTheTraceOfTheCaller) {
  const TraceContext call = TraceContext::ForCall(kParent);
  EXPECT_EQ(call.trace_id(), "0af7651916cd43dd8448eb211c80319c");
  EXPECT_NE(call.span_id(), "b7ad6b7169203331");
  EXPECT_TRUE(call.sampled());
  EXPECT_TRUE(TraceContext::Parse(call.ToString()).has_value());
}

TEST(TraceContextTest, BeginsATraceWhereThereIsNone) {
  for (const std::string none : {"", "nonsense"}) {
    const TraceContext first = TraceContext::ForCall(none), second = TraceContext::ForCall(none);
    EXPECT_NE(first.trace_id(), second.trace_id());
    EXPECT_FALSE(first.sampled());
    EXPECT_TRUE(TraceContext::Parse(first.ToString()).has_value());
  }
}

TEST(TraceContextTest, NoTwoThreadsMakeOneId) {
  constexpr int kEach = 1000;
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  threads.reserve(made.size());
  for (std::vector<std::string>& mine : made) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < kEach; ++i) {
        const TraceContext context = TraceContext::NewTrace();
        mine.emplace_back(context.trace_id());
        mine.emplace_back(context.span_id());
        mine.emplace_back(TraceContext::ForCall(context.ToString()).span_id());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 4 * 3 * kEach);
}

}  // namespace
}  // namespace crossfoot::telemetry
