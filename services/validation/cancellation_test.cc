// Work is given up soon, wherever the document is being read.

#include "core/cancellation.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "core/error.h"
#include "services/validation/pipeline.h"

namespace crossfoot::validation {
namespace {

using Clock = core::Cancellation::Clock;

const Pipeline& BuiltIn() {
  static const auto& pipeline = *new auto(Pipeline::Create().value());
  return *pipeline;
}

// A long report with all that costs time: prose, shares, sums, gaps, tables.
std::string LongReport(size_t bytes, bool html) {
  std::string report;
  for (int month = 1; report.size() < bytes; month = month % 12 + 1) {
    const std::string m = std::to_string(month);
    const std::string open = html ? "<p>" : "";
    const std::string close = html ? "</p>\n" : "\n";
    report += open + "1—" + m + "月份，软件业务收入16850亿元，同比增长12.1%，增速比上年同期提高0." +
              m + "个百分点。其中，软件产品收入4100亿元，信息技术服务收入11200亿元，占比65.7%。" +
              close;
    report += open + "分地区看，东部地区收入14390亿元，占84.4%；中部地区收入" + m +
              "00亿元；西部地区收入1600亿元，同比下降2.3%，低于全国14.2个百分点。" + close;
    if (html) {
      report +=
          "<table><tr><th>指标</th><th>收入（亿元）</th></tr><tr><td>合计</td><td>30</td></tr>"
          "<tr><td>甲</td><td>1" +
          m + "</td></tr><tr><td>乙</td><td>15</td></tr></table>\n";
    }
  }
  return report;
}

class CancellationTest : public ::testing::TestWithParam<bool> {};

// Whatever the stage: it ends within a small part of the time that the whole takes, or at once.
TEST_P(CancellationTest, EndsSoon) {
  const std::string report = LongReport(size_t{1} << 19, GetParam());
  const auto run = [&](core::Cancellation& cancellation) {
    PipelineOptions options;
    options.cancellation = &cancellation;
    return BuiltIn().Validate("long", report, options).status();
  };
  core::Cancellation never;
  const auto start = Clock::now();
  ASSERT_TRUE(run(never).ok());
  const auto whole = Clock::now() - start;
  for (int part = 0; part < 16; ++part) {
    core::Cancellation cancellation;
    std::atomic<Clock::rep> cancelled_at = 0;
    std::thread caller([&] {
      std::this_thread::sleep_for(whole * part / 20);
      cancelled_at = Clock::now().time_since_epoch().count();
      cancellation.Cancel();
    });
    const absl::Status status = run(cancellation);
    const auto late = Clock::now().time_since_epoch() - Clock::duration(cancelled_at.load());
    caller.join();
    if (status.ok()) continue;  // this run was faster than the first
    EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kCancelled);
    // 20 ms is the contract; a busy machine gets its share of the whole.
    EXPECT_LT(late, std::max<Clock::duration>(std::chrono::milliseconds(20), whole / 4))
        << "at " << part << "/20";
    if (const char* trace = std::getenv("CANCELLATION_TRACE"); trace != nullptr)
      printf("%d/20: %.2f ms of %.0f\n", part,
             std::chrono::duration<double, std::milli>(late).count(),
             std::chrono::duration<double, std::milli>(whole).count());
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, CancellationTest, ::testing::Values(false, true),
                         [](const auto& format) { return format.param ? "Html" : "Text"; });

TEST(DeadlineTest, PassesInTheMiddle) {
  const std::string report = LongReport(size_t{1} << 20, false);
  const core::Cancellation cancellation(Clock::now() + std::chrono::milliseconds(30));
  PipelineOptions options;
  options.cancellation = &cancellation;
  EXPECT_EQ(core::ReasonOf(BuiltIn().Validate("long", report, options).status()),
            core::ErrorReason::kDeadlineExceeded);
}

TEST(LimitTest, RefusesTooManyFigures) {
  PipelineOptions options;
  options.max_figures = 2;
  const absl::Status status =
      BuiltIn().Validate("a.txt", "收入5亿元，增长3%。利润2亿元。", options).status();
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kTooManyFigures);
  EXPECT_EQ(core::MetadataOf(status).at("max_figures"), "2");
  options.max_figures = 3;
  EXPECT_TRUE(BuiltIn().Validate("a.txt", "收入5亿元，增长3%。利润2亿元。", options).ok());
}

}  // namespace
}  // namespace crossfoot::validation
