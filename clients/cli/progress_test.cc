#include "clients/cli/progress.h"

#include <sstream>
#include <string>

#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

using report::Language;

TEST(ProgressTextTest, TellsFilesSpeedAndTimeLeft) {
  const Progress progress = {.files_done = 12,
                             .files = 340,
                             .bytes_done = 2'600'000,
                             .bytes = 119'600'000,
                             .elapsed = absl::Seconds(2)};
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 80),
            "12 of 340 files, 1.3 MB/s, about 1 min 30 s left");
  EXPECT_EQ(ProgressText(progress, Language::kChinese, 80),
            "已完成 12/340 个文件，1.3 MB/s，约剩 1 分 30 秒");
}

TEST(ProgressTextTest, LeavesOutWhatDoesNotFit) {
  const Progress progress = {
      .files_done = 1, .files = 2, .bytes_done = 5000, .bytes = 10000, .elapsed = absl::Seconds(5)};
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 39),
            "1 of 2 files, 1.0 kB/s, about 5 s left");
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 38),
            "1 of 2 files, 1.0 kB/s, about 5 s left");
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 37), "1 of 2 files, 1.0 kB/s");
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 21), "1 of 2 files");
  // A Han character has two columns.
  EXPECT_EQ(ProgressText(progress, Language::kChinese, 17), "已完成 1/2 个文件");
  EXPECT_EQ(ProgressText(progress, Language::kChinese, 16), "");
}

TEST(ProgressTextTest, DoesNotGuess) {
  Progress progress = {.files_done = 0, .files = 2, .bytes = 10, .elapsed = absl::Seconds(3)};
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 80), "0 of 2 files");
  // The size of what is left is not known.
  progress.files_done = 1;
  progress.bytes_done = 10;
  EXPECT_EQ(ProgressText(progress, Language::kEnglish, 80), "1 of 2 files, 3.3 B/s");
}

TEST(ProgressTextTest, RoundsTimesUpAndSpeeds) {
  const auto text = [](int64_t bytes_done, int64_t bytes, absl::Duration elapsed) {
    return ProgressText(
        {.files_done = 1, .files = 2, .bytes_done = bytes_done, .bytes = bytes, .elapsed = elapsed},
        Language::kEnglish, 80);
  };
  EXPECT_EQ(text(999, 1000, absl::Seconds(1)), "1 of 2 files, 999 B/s, about 1 s left");
  EXPECT_EQ(text(9'949, int64_t{9'949} * 60, absl::Seconds(1)),
            "1 of 2 files, 9.9 kB/s, about 59 s left");
  EXPECT_EQ(text(999'700, int64_t{999'700} * 61, absl::Seconds(1)),
            "1 of 2 files, 1.0 MB/s, about 1 min 0 s left");
  EXPECT_EQ(text(1'500'000'000, 3'000'000'000, absl::Seconds(1)),
            "1 of 2 files, 1.5 GB/s, about 1 s left");
  EXPECT_EQ(text(10, 10 + 36610, absl::Seconds(1)), "1 of 2 files, 10 B/s, about 1 h 1 min left");
}

// A terminal with a clock that the test sets.
class ProgressLineTest : public ::testing::Test {
 protected:
  // What was drawn since it was last asked.
  std::string Drawn() {
    std::string drawn = out_.str();
    out_.str("");
    return drawn;
  }

  std::ostringstream out_;
  absl::Time now_ = absl::UnixEpoch();
  ProgressLine line_{{.out = out_, .columns = [] { return 80; }, .now = [this] { return now_; }}};
};

TEST_F(ProgressLineTest, ShowsNothingOfAShortRun) {
  line_.Start(Language::kEnglish, 2, 20);
  line_.Advance(10);
  now_ += absl::Milliseconds(999);
  line_.Advance(10);
  line_.Stop();
  EXPECT_EQ(Drawn(), "");
}

TEST_F(ProgressLineTest, IsDrawnAFewTimesASecondAndErased) {
  line_.Start(Language::kEnglish, 100, 1000);
  int drawn_count = 0;
  for (int file = 0; file < 100; ++file) {
    now_ += absl::Milliseconds(20);
    line_.Advance(10);
    if (!Drawn().empty()) ++drawn_count;
  }
  // From the first second to the second one, both included.
  EXPECT_EQ(drawn_count, 4);
  line_.Stop();
  EXPECT_EQ(Drawn(), "\r\x1b[K");
  now_ += absl::Seconds(5);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "");
}

TEST_F(ProgressLineTest, IsDrawnOverTheLastOne) {
  line_.Start(Language::kEnglish, 2, 20);
  line_.Advance(10);
  now_ += absl::Seconds(1);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "\r1 of 2 files, 10 B/s, about 1 s left\x1b[K");
  line_.Refresh();
  EXPECT_EQ(Drawn(), "");
  now_ += absl::Seconds(1);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "\r1 of 2 files, 5.0 B/s, about 2 s left\x1b[K");
}

TEST_F(ProgressLineTest, IsErasedBeforeAnythingElseIsPrinted) {
  ErasingBuffer buffer(*out_.rdbuf(), line_);
  std::ostream other(&buffer);
  line_.Start(Language::kEnglish, 2, 0);
  other << "a\n";
  EXPECT_EQ(Drawn(), "a\n");
  now_ += absl::Seconds(1);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "\r0 of 2 files\x1b[K");
  other << "b" << '\n' << std::flush;
  EXPECT_EQ(Drawn(), "\r\x1b[Kb\n");
  now_ += absl::Seconds(1);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "\r0 of 2 files\x1b[K");
  // Nothing comes out.
  other << "" << std::flush;
  EXPECT_EQ(Drawn(), "");
  other.put('\n');
  EXPECT_EQ(Drawn(), "\r\x1b[K\n");
  line_.Stop();
  EXPECT_EQ(Drawn(), "");
}

// A buffer that keeps what it is given until it is flushed.
class HoldingBuffer : public std::stringbuf {
 public:
  explicit HoldingBuffer(std::streambuf& target) : target_(target) {}

 protected:
  int sync() override {
    const std::string held = str();
    str("");
    target_.sputn(held.data(), static_cast<std::streamsize>(held.size()));
    return 0;
  }

 private:
  std::streambuf& target_;
};

TEST_F(ProgressLineTest, IsErasedBeforeWhatWasHeldBackComesOut) {
  HoldingBuffer holding(*out_.rdbuf());
  ErasingBuffer buffer(holding, line_);
  std::ostream other(&buffer);
  line_.Start(Language::kEnglish, 2, 0);
  other << "a\n";
  now_ += absl::Seconds(1);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "\r0 of 2 files\x1b[K");
  other << std::flush;
  EXPECT_EQ(Drawn(), "\r\x1b[Ka\n");
}

TEST_F(ProgressLineTest, DoesNotHideTheStartOfALine) {
  ErasingBuffer buffer(*out_.rdbuf(), line_);
  std::ostream other(&buffer);
  line_.Start(Language::kEnglish, 2, 0);
  other << "}";
  now_ += absl::Seconds(1);
  line_.Refresh();
  EXPECT_EQ(Drawn(), "}");
  other << "\n";
  line_.Refresh();
  EXPECT_EQ(Drawn(), "\n\r0 of 2 files\x1b[K");
}

}  // namespace
}  // namespace crossfoot::cli
