#include "clients/cli/input.h"

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

std::string PathTo(const std::string& name) { return ::testing::TempDir() + "/input_test_" + name; }

std::string Write(const std::string& name, const std::string& bytes) {
  const std::string path = PathTo(name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

TEST(InputTest, ReadsAFileByteForByte) {
  const std::string bytes("\xef\xbb\xbf\r\n\0x\xff", 8);
  EXPECT_EQ(ReadFile(Write("bytes", bytes), 100).value(), bytes);
  EXPECT_EQ(ReadFile(Write("empty", ""), 100).value(), "");
  const std::string large(300'000, 'x');
  EXPECT_EQ(ReadFile(Write("large", large), 300'000).value(), large);
}

TEST(InputTest, RefusesALargerFile) {
  const auto read = ReadFile(Write("larger", "123456"), 5);
  EXPECT_EQ(core::ReasonOf(read.status()), core::ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(core::MetadataOf(read.status())["max_document_bytes"], "5");
}

TEST(InputTest, ReadsAPipeOnlyToTheLimit) {
  signal(SIGPIPE, SIG_IGN);  // the writer below learns of its end by an error
  const std::string path = PathTo("fifo");
  unlink(path.c_str());
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  // Endless: the writer ends when nobody reads any more.
  std::thread writer([&path] {
    std::ofstream pipe(path);
    const std::string chunk(1000, 'x');
    while (pipe.write(chunk.data(), 1000).flush()) {
    }
  });
  const auto read = ReadFile(path, 100'000);
  EXPECT_EQ(core::ReasonOf(read.status()), core::ErrorReason::kDocumentTooLarge);
  writer.join();
  unlink(path.c_str());
}

TEST(InputTest, ListsTheReportsOfADirectoryFromTheLastOn) {
  const std::string directory = PathTo("reports");
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory + "/2023-01.txt");
  for (const char* name : {"2024-01.txt", "2024-03.md", "2024-02.html", "cover.png", "Makefile"}) {
    std::ofstream(directory + "/" + name) << "x";
  }
  EXPECT_EQ(ListReports(directory).value(),
            (std::vector<std::string>{directory + "/2024-03.md", directory + "/2024-02.html",
                                      directory + "/2024-01.txt"}));
  EXPECT_EQ(core::ReasonOf(ListReports(PathTo("missing")).status()),
            core::ErrorReason::kFileNotFound);
  EXPECT_EQ(core::ReasonOf(ListReports(directory + "/2024-01.txt").status()),
            core::ErrorReason::kFileNotFound);
}

TEST(InputTest, TellsWhyAFileCannotBeRead) {
  EXPECT_EQ(core::ReasonOf(ReadFile(PathTo("missing"), 100).status()),
            core::ErrorReason::kFileNotFound);
  EXPECT_EQ(core::ReasonOf(ReadFile(Write("file", "x") + "/below", 100).status()),
            core::ErrorReason::kFileNotFound);
  EXPECT_EQ(core::ReasonOf(ReadFile(::testing::TempDir(), 100).status()),
            core::ErrorReason::kFileUnreadable);
  EXPECT_EQ(core::ReasonOf(ReadFile("/proc/self/mem", 100).status()),
            core::ErrorReason::kFileUnreadable);
}

TEST(InputTest, ReadsAStream) {
  std::istringstream stream("简报\n");
  EXPECT_EQ(ReadStream(stream, 100).value(), "简报\n");
  std::istringstream large(std::string(200'000, 'x'));
  EXPECT_EQ(ReadStream(large, 200'000)->size(), 200'000u);
  std::istringstream larger("123456");
  EXPECT_EQ(core::ReasonOf(ReadStream(larger, 5).status()), core::ErrorReason::kDocumentTooLarge);
}

}  // namespace
}  // namespace crossfoot::cli
