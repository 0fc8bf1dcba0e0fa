#include "services/telemetry/fd_sink.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace crossfoot::telemetry {
namespace {

class FdSinkTest : public testing::Test {
 protected:
  FdSinkTest() { signal(SIGPIPE, SIG_IGN); }
  ~FdSinkTest() override {
    CloseReader();
    CloseWriter();
  }

  void MakePipe() {
    std::array<int, 2> ends;
    ASSERT_EQ(pipe(ends.data()), 0);
    reader_ = ends[0];
    writer_ = ends[1];
    ASSERT_GE(fcntl(writer_, F_SETPIPE_SZ, 4096), 4096);
  }

  void CloseReader() {
    if (reader_ >= 0) close(reader_);
    reader_ = -1;
  }
  void CloseWriter() {
    if (writer_ >= 0) close(writer_);
    writer_ = -1;
  }

  // What the reader can read now, appended to `text`.
  void ReadInto(std::string* text) const {
    std::array<char, 65536> buffer;
    fcntl(reader_, F_SETFL, O_NONBLOCK);
    ssize_t size = 0;
    while ((size = read(reader_, buffer.data(), buffer.size())) > 0) {
      text->append(buffer.data(), static_cast<size_t>(size));
    }
  }

  int reader_ = -1;
  int writer_ = -1;
};

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  size_t start = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    lines.push_back(text.substr(start, end + 1 - start));
    start = end + 1;
  }
  EXPECT_EQ(start, text.size()) << "the last line is cut";
  return lines;
}

std::string Line(size_t bytes, char c) { return std::string(bytes - 1, c) + '\n'; }

TEST_F(FdSinkTest, WritesToAFile) {
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  {
    FdSink sink(fileno(file));
    sink.Write("one\n");
    sink.Write("two\n");
    EXPECT_EQ(sink.dropped(), 0);
  }
  std::rewind(file);
  std::array<char, 16> text = {};
  EXPECT_EQ(std::fread(text.data(), 1, text.size(), file), 8);
  EXPECT_STREQ(text.data(), "one\ntwo\n");
  std::fclose(file);
}

TEST_F(FdSinkTest, DropsLinesOfAFullPipeAndGoesOnWhenItIsRead) {
  MakePipe();
  FdSink sink(writer_);
  for (int i = 0; i < 100; ++i) sink.Write(Line(1000, 'a'));
  const int64_t dropped = sink.dropped();
  EXPECT_GT(dropped, 0);
  std::string text;
  ReadInto(&text);
  EXPECT_EQ(Lines(text).size(), 100 - dropped);
  sink.Write(Line(1000, 'b'));
  EXPECT_EQ(sink.dropped(), dropped);
  text.clear();
  ReadInto(&text);
  EXPECT_EQ(text, Line(1000, 'b'));
}

TEST_F(FdSinkTest, LeavesTheFlagsOfThePipeAlone) {
  MakePipe();
  const int flags = fcntl(writer_, F_GETFL);
  {
    FdSink sink(writer_);
    sink.Write("one\n");
    EXPECT_EQ(fcntl(writer_, F_GETFL), flags);
    EXPECT_EQ(flags & O_NONBLOCK, 0);
  }
  // And the descriptor open.
  EXPECT_EQ(fcntl(writer_, F_GETFL), flags);
}

TEST_F(FdSinkTest, FinishesALineThatThePipeTookInPartBeforeTheNext) {
  MakePipe();
  FdSink sink(writer_);
  sink.Write(Line(10'000, 'a'));  // above PIPE_BUF and the pipe
  EXPECT_EQ(sink.dropped(), 0);
  sink.Write("b\n");
  EXPECT_EQ(sink.dropped(), 1);
  std::string text;
  while (text.size() < 10'002) {
    ReadInto(&text);
    sink.Write("c\n");
    ReadInto(&text);
  }
  const std::vector<std::string> lines = Lines(text);
  EXPECT_EQ(lines[0], Line(10'000, 'a'));
  for (size_t i = 1; i < lines.size(); ++i) EXPECT_EQ(lines[i], "c\n");
}

TEST_F(FdSinkTest, DoesNotBlockOnAPipeThatItCannotOpenAnew) {
  MakePipe();
  // As where the pipe is another user's: nothing can be opened while the sink is made.
  rlimit limit;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit none = {0, limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  const auto sink = std::make_unique<FdSink>(writer_);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  for (int i = 0; i < 100; ++i) sink->Write(Line(1000, 'a'));
  EXPECT_GT(sink->dropped(), 0);
  std::string text;
  ReadInto(&text);
  EXPECT_EQ(Lines(text).size(), 100 - sink->dropped());
  sink->Write(Line(10'000, 'b'));
  text.clear();
  while (text.size() < 10'002) {
    ReadInto(&text);
    sink->Write("c\n");
    ReadInto(&text);
  }
  EXPECT_EQ(Lines(text)[0], Line(10'000, 'b'));
}

TEST_F(FdSinkTest, DropsLinesOfAFullSocket) {
  std::array<int, 2> ends;
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  reader_ = ends[0];
  writer_ = ends[1];
  FdSink sink(writer_);
  for (int i = 0; i < 10'000; ++i) sink.Write(Line(1000, 'a'));
  const int64_t dropped = sink.dropped();
  EXPECT_GT(dropped, 0);
  std::string text;
  ReadInto(&text);
  sink.Write("b\n");
  ReadInto(&text);
  EXPECT_EQ(sink.dropped(), dropped);
  const std::vector<std::string> lines = Lines(text);
  EXPECT_EQ(lines.size(), 10'000 - dropped + 1);
  EXPECT_EQ(lines.front(), Line(1000, 'a'));
  EXPECT_EQ(lines.back(), "b\n");
}

TEST_F(FdSinkTest, CountsWhatNobodyCanTakeAnyMore) {
  MakePipe();
  FdSink sink(writer_);
  CloseReader();
  sink.Write("one\n");
  EXPECT_EQ(sink.dropped(), 1);
  FdSink closed(-1);
  closed.Write("one\n");
  EXPECT_EQ(closed.dropped(), 1);
}

TEST_F(FdSinkTest, KeepsLinesOfManyThreadsWhole) {
  MakePipe();
  constexpr int kEach = 500;
  std::string text;
  int64_t dropped = 0;
  {
    FdSink sink(writer_);
    std::atomic<int> running = 4;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        // Some above PIPE_BUF.
        const std::string line = Line(t == 0 ? 6000 : 300, static_cast<char>('a' + t));
        for (int i = 0; i < kEach; ++i) sink.Write(line);
        --running;
      });
    }
    while (running > 0) ReadInto(&text);
    for (std::thread& thread : threads) thread.join();
    // The rest of a line that is under way goes ahead of what is written next.
    while (text.empty() || text.substr(text.size() - 2) != "!\n") {
      ReadInto(&text);
      sink.Write("!\n");
      ReadInto(&text);
    }
    dropped = sink.dropped();
  }
  std::map<char, int> counts;
  int64_t written = 0;
  for (const std::string& line : Lines(text)) {
    const size_t size = line[0] == '!' ? 2 : line[0] == 'a' ? 6000 : 300;
    ASSERT_EQ(line, Line(size, line[0]));
    if (line[0] != '!') ++written;
  }
  // Dropped exclamation marks are counted as well.
  EXPECT_LE(written, 4 * kEach);
  EXPECT_GE(written + dropped, 4 * kEach);
}

}  // namespace
}  // namespace crossfoot::telemetry
