#include "services/document/pdf/process.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "crossfoot/interchange/v1/pdf_text.pb.h"
#include "google/protobuf/util/delimited_message_util.h"
#include "gtest/gtest.h"
#include "tests/testing/pdf_writer.h"
#include "tests/testing/process.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using interchange::v1::PdfText;
using testing::PdfPageContent;
using testing::WritePdf;

constexpr int64_t kMaxBytes = int64_t{16} << 20;

std::string Reader() {
  return testing::RunfilePath("services/document/pdf/reader/crossfoot-pdf-reader");
}

absl::StatusOr<std::vector<PdfPage>> Read(const std::string& pdf, const PdfLimits& limits = {}) {
  return ReadPdfPages("a.pdf", pdf, Reader(), kMaxBytes, nullptr, limits);
}

ErrorReason ReasonOf(const absl::StatusOr<std::vector<PdfPage>>& pages) {
  return core::ReasonOf(pages.status()).value_or(ErrorReason::kInternal);
}

// A program of the shell that stands in for the reader.
std::string FakeReader(const std::string& name, const std::string& commands) {
  std::string path = absl::StrCat(std::getenv("TEST_TMPDIR"), "/", name);
  std::ofstream(path) << "#!/bin/sh\n" << commands << "\n";
  chmod(path.c_str(), 0700);
  return path;
}

// One that writes `bytes`, and then waits when it shall.
std::string ReaderThatWrites(const std::string& name, const std::string& bytes,
                             bool waits = false) {
  const std::string file = absl::StrCat(std::getenv("TEST_TMPDIR"), "/", name, ".bytes");
  std::ofstream(file, std::ios::binary) << bytes;
  return FakeReader(name, absl::StrCat("/bin/cat ", file, waits ? "; exec /bin/sleep 60" : ""));
}

std::string Delimited(const std::vector<PdfText>& parts) {
  std::ostringstream stream;
  for (const PdfText& part : parts)
    google::protobuf::util::SerializeDelimitedToOstream(part, &stream);
  return stream.str();
}

PdfText DocumentOf(int pages) {
  PdfText part;
  part.mutable_document()->set_page_count(pages);
  return part;
}

PdfText PageOf(const std::string& words, const std::vector<float>& edges, int characters) {
  PdfText part;
  interchange::v1::PdfPage& page = *part.mutable_page();
  page.set_width(595);
  page.set_height(842);
  page.set_text(words);
  page.mutable_edges()->Add(edges.begin(), edges.end());
  interchange::v1::PdfWord& word = *page.add_words();
  word.set_characters(characters);
  word.set_top(10);
  word.set_bottom(20);
  word.set_size(10);
  return part;
}

PdfText End() {
  PdfText part;
  part.mutable_end();
  return part;
}

std::string WordsOf(const PdfPage& page) {
  std::string words;
  for (const PdfWord& word : page.words)
    absl::StrAppend(&words, words.empty() ? "" : " ",
                    page.text.substr(word.start, word.end - word.start));
  return words;
}

TEST(PdfProcessTest, ReadsWordsAndWhereTheyStand) {
  const auto pages =
      Read(WritePdf({{{{.x = 100, .y = 200, .size = 12, .words = "营业收入1334.5亿元"}}}}));
  ASSERT_TRUE(pages.ok()) << pages.status();
  ASSERT_EQ(pages->size(), 1u);
  const PdfPage& page = pages->front();
  EXPECT_EQ(page.width, 595);
  EXPECT_EQ(page.height, 842);
  ASSERT_EQ(WordsOf(page), "营业收入1334.5亿元");
  const PdfWord& word = page.words[0];
  EXPECT_EQ(word.characters, 12);
  EXPECT_FLOAT_EQ(word.size, 12);
  EXPECT_LT(word.top, 200);
  EXPECT_GT(word.bottom, 200);
  EXPECT_FLOAT_EQ(page.edges[0], 100);
  EXPECT_FLOAT_EQ(page.edges[4], 148);   // behind four characters of 12 points
  EXPECT_FLOAT_EQ(page.edges[10], 184);  // and six of 6
  EXPECT_FLOAT_EQ(page.edges[12], 208);
}

TEST(PdfProcessTest, ReadsPagesAsTheyAreShown) {
  // Words that run up a page which is shown turned to the right run from left to right.
  const auto pages = Read(WritePdf(
      {{{{.x = 100, .y = 742, .words = "收入增长百分之三", .degrees = 90}}, /*rotation=*/90}}));
  ASSERT_TRUE(pages.ok()) << pages.status();
  EXPECT_EQ(pages->front().width, 842);
  EXPECT_EQ(pages->front().height, 595);
  EXPECT_EQ(WordsOf(pages->front()), "收入增长百分之三");
  EXPECT_NEAR(pages->front().edges[0], 100, 1);
}

TEST(PdfProcessTest, LeavesWordsThatStandSidewaysOut) {
  const auto pages = Read(WritePdf({{{{.x = 100, .y = 200, .words = "收入增长"},
                                      {.x = 50, .y = 700, .words = "内部资料", .degrees = 90}}}}));
  ASSERT_TRUE(pages.ok()) << pages.status();
  EXPECT_EQ(WordsOf(pages->front()), "收入增长");
}

TEST(PdfProcessTest, ReadsManyPages) {
  constexpr size_t kPages = 10'000;
  const std::string pdf = WritePdf(
      std::vector<PdfPageContent>(kPages, {{{.x = 100, .y = 200, .words = "收入12亿元"}}}));
  const auto pages = Read(pdf);
  ASSERT_TRUE(pages.ok()) << pages.status();
  EXPECT_EQ(pages->size(), kPages);
  EXPECT_EQ(WordsOf(pages->back()), "收入12亿元");
  EXPECT_EQ(ReasonOf(Read(pdf, {.max_pages = 9'999})), ErrorReason::kDocumentTooLarge);
}

TEST(PdfProcessTest, SaysThatThereIsNoTextLayer) {
  const auto pages = Read(WritePdf({{}, {}}));
  EXPECT_EQ(ReasonOf(pages), ErrorReason::kTextLayerMissing);
  EXPECT_TRUE(absl::StrContains(pages.status().message(), "2 pages"));
}

TEST(PdfProcessTest, SaysThatItIsEncrypted) {
  // The password must be known before anything of this is looked at.
  std::string pdf = WritePdf({{{{.x = 100, .y = 200, .words = "收入"}}}});
  const std::string key(64, 'a');
  const size_t trailer = pdf.find("/Root 1 0 R");
  pdf.insert(trailer,
             absl::StrCat("/ID [<", key, "> <", key, ">] /Encrypt << /Filter /Standard ",
                          "/V 2 /R 3 /Length 128 /P -4 /O <", key, "> /U <", key, "> >> "));
  EXPECT_EQ(ReasonOf(Read(pdf)), ErrorReason::kDocumentEncrypted);
}

TEST(PdfProcessTest, SaysThatItIsDamaged) {
  EXPECT_EQ(ReasonOf(Read("%PDF-1.5\nand nothing more")), ErrorReason::kDocumentDamaged);
  EXPECT_EQ(ReasonOf(Read("%PDF-1.5\n" + std::string(100'000, '\xFF'))),
            ErrorReason::kDocumentDamaged);
}

TEST(PdfProcessTest, NoEndOfAFileBreaksIt) {
  const std::string pdf = WritePdf({{{{.x = 100, .y = 200, .words = "收入12亿元"}}}});
  for (size_t size = 9; size < pdf.size(); size += 97) {
    const auto pages = Read(pdf.substr(0, size));
    // poppler finds again what it can; then the words are these.
    if (pages.ok()) {
      EXPECT_EQ(WordsOf(pages->front()), "收入12亿元");
    } else {
      EXPECT_TRUE(ReasonOf(pages) == ErrorReason::kDocumentDamaged ||
                  ReasonOf(pages) == ErrorReason::kTextLayerMissing)
          << size << " " << pages.status();
    }
  }
}

TEST(PdfProcessTest, TakesNoMoreWordsThanItShall) {
  const std::string pdf = WritePdf({{{{.x = 100, .y = 200, .words = "收入12亿元"}}}});
  EXPECT_EQ(ReasonOf(ReadPdfPages("a.pdf", pdf, Reader(), 13)), ErrorReason::kDocumentTooLarge);
  EXPECT_TRUE(ReadPdfPages("a.pdf", pdf, Reader(), 14).ok());
}

TEST(PdfProcessTest, SaysThatTheReaderIsMissing) {
  for (const std::string program : {"", "/nowhere/crossfoot-pdf-reader"}) {
    const auto pages = ReadPdfPages("a.pdf", "%PDF-1.5", program, kMaxBytes);
    EXPECT_EQ(ReasonOf(pages), ErrorReason::kFormatUnsupported);
    EXPECT_EQ(core::MetadataOf(pages.status()).at("format"), "application/pdf");
  }
}

TEST(PdfProcessTest, OutlivesAReaderThatDies) {
  for (const char* const commands :
       {"exit 0", "exit 3", "kill -SEGV $$", "/bin/cat > /dev/null; kill -KILL $$"}) {
    const auto pages = ReadPdfPages("a.pdf", "%PDF-1.5" + std::string(1 << 20, 'x'),
                                    FakeReader("dies", commands), kMaxBytes);
    EXPECT_EQ(ReasonOf(pages), ErrorReason::kDocumentDamaged) << commands;
  }
}

TEST(PdfProcessTest, EndsAReaderThatHangs) {
  const std::string hangs = FakeReader("hangs", "exec /bin/sleep 60");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ReasonOf(ReadPdfPages("a.pdf", "%PDF-1.5", hangs, kMaxBytes, nullptr,
                                  {.time = std::chrono::milliseconds(50)})),
            ErrorReason::kDocumentDamaged);
  core::Cancellation cancellation;
  std::thread canceller([&cancellation] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cancellation.Cancel();
  });
  EXPECT_EQ(ReasonOf(ReadPdfPages("a.pdf", "%PDF-1.5", hangs, kMaxBytes, &cancellation)),
            ErrorReason::kCancelled);
  canceller.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
  // No process is left, not even a dead one.
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(PdfProcessTest, HandsNothingOpenToTheReader) {
  const std::string secret = absl::StrCat(std::getenv("TEST_TMPDIR"), "/secret");
  std::ofstream(secret) << "secret";
  // Open without O_CLOEXEC, as a library may leave it.
  FILE* const open_file = std::fopen(secret.c_str(), "r");
  ASSERT_NE(open_file, nullptr);
  const std::string listing = absl::StrCat(std::getenv("TEST_TMPDIR"), "/listing");
  EXPECT_FALSE(ReadPdfPages("a.pdf", "%PDF-1.5",
                            FakeReader("lists", absl::StrCat("/bin/ls -l /proc/self/fd > ", listing,
                                                             "; /usr/bin/env >> ", listing)),
                            kMaxBytes)
                   .ok());
  std::fclose(open_file);
  std::ifstream file(listing);
  const std::string listed{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_TRUE(absl::StrContains(listed, "/dev/null")) << listed;
  EXPECT_FALSE(absl::StrContains(listed, "secret")) << listed;
  EXPECT_FALSE(absl::StrContains(listed, "TEST_TMPDIR")) << listed;
}

TEST(PdfProcessTest, TrustsNothingThatTheReaderWrites) {
  const float nan = std::nanf("");
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"no message", "this is no message at all"},
      {"endless varint", std::string(20, '\xFF')},
      {"huge message", std::string("\xFF\xFF\xFF\xFF\x0F", 5)},
      {"an empty part", Delimited({PdfText()})},
      {"a page first", Delimited({PageOf("收入收入", {1, 2, 3, 4, 5}, 4), End()})},
      {"no end", Delimited({DocumentOf(1), PageOf("收入收入", {1, 2, 3, 4, 5}, 4)})},
      {"no page", Delimited({DocumentOf(1), End()})},
      {"two documents", Delimited({DocumentOf(1), DocumentOf(1)})},
      {"negative pages", Delimited({DocumentOf(-1)})},
      {"too many pages", Delimited({DocumentOf(1 << 30)})},
      {"one page too many", Delimited({DocumentOf(1), PageOf("收入收入", {1, 2, 3, 4, 5}, 4),
                                       PageOf("收入收入", {1, 2, 3, 4, 5}, 4)})},
      {"no UTF-8", Delimited({DocumentOf(1), PageOf("\xFF\xFE\xFF\xFE", {1, 2, 3, 4, 5}, 4)})},
      {"too few edges", Delimited({DocumentOf(1), PageOf("收入收入", {1, 2, 3, 4}, 4)})},
      {"too many edges", Delimited({DocumentOf(1), PageOf("收入收入", {1, 2, 3, 4, 5, 6}, 4)})},
      {"too many characters", Delimited({DocumentOf(1), PageOf("收入", {1, 2, 3, 4, 5}, 4)})},
      {"negative characters", Delimited({DocumentOf(1), PageOf("收入", {1, 2, 3}, -2)})},
  };
  int number = 0;
  for (const auto& [name, bytes] : cases) {
    const auto pages = ReadPdfPages(
        "a.pdf", "%PDF-1.5", ReaderThatWrites(absl::StrCat("lies", number++), bytes), kMaxBytes);
    EXPECT_EQ(ReasonOf(pages), ErrorReason::kDocumentDamaged) << name << ": " << pages.status();
  }
  // Places that no page has cost the word.
  for (const float edge : {nan, 1e30F, -1e30F}) {
    const auto pages = ReadPdfPages(
        "a.pdf", "%PDF-1.5",
        ReaderThatWrites(
            "places", Delimited({DocumentOf(1), PageOf("收入收入", {1, 2, edge, 4, 5}, 4), End()})),
        kMaxBytes);
    EXPECT_EQ(ReasonOf(pages), ErrorReason::kTextLayerMissing) << edge;
  }
  // What is in order is taken, and nothing is waited for behind the end.
  const auto pages = ReadPdfPages(
      "a.pdf", "%PDF-1.5",
      ReaderThatWrites("waits",
                       Delimited({DocumentOf(1), PageOf("收入收入", {1, 2, 3, 4, 5}, 4), End()}),
                       /*waits=*/true),
      kMaxBytes);
  ASSERT_TRUE(pages.ok()) << pages.status();
  EXPECT_EQ(WordsOf(pages->front()), "收入收入");
}

}  // namespace
}  // namespace crossfoot::document
