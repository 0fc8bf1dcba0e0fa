// The binary against a server: whatever it prints, and how it ends, is as in process.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/testing/process.h"

namespace crossfoot {
namespace {

using testing::Ending;
using testing::kContradictoryReport;
using testing::Process;
using Words = std::vector<std::string>;

Ending Crossfoot(Words words, const std::string& in = "", Words variables = {}) {
  variables.push_back("LC_ALL=en");
  words.insert(words.begin(), testing::RunfilePath("clients/cli/crossfoot"));
  absl::StatusOr<Ending> ending = testing::RunProgram(words, in, variables);
  EXPECT_TRUE(ending.ok()) << ending.status();
  return ending.ok() ? *std::move(ending) : Ending{-1, "", ""};
}

std::string Write(const std::string& name, const std::string& bytes) {
  const std::string path = ::testing::TempDir() + "/remote_test_" + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

Words Examples() {
  Words paths;
  for (const auto& entry : std::filesystem::directory_iterator(testing::RunfilePath("examples")))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  EXPECT_GE(paths.size(), 3u);
  return paths;
}

class RemoteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<Process> process =
        Process::Start({testing::RunfilePath("clients/cli/crossfoot"), "serve",
                        "--listen=127.0.0.1:0", "--max-document-bytes=100K"});
    ASSERT_TRUE(process.ok()) << process.status();
    process_.emplace(*std::move(process));
    const std::string line = process_->ReadLine();
    const std::string prefix = "listening on ";
    ASSERT_EQ(line.rfind(prefix + "127.0.0.1:", 0), 0u) << line;
    address_ = line.substr(prefix.size());
  }

  void Stop() {
    process_->Signal(SIGTERM);
    EXPECT_EQ(process_->Wait(), 0);
    process_.reset();
  }

  void TearDown() override {
    if (process_.has_value()) Stop();
  }

  // Runs `words` here and against the server, and gives the ending that both have.
  Ending SameBothWays(const Words& words, const std::string& in = "") {
    const Ending here = Crossfoot(words, in);
    Words remote = words;
    remote.insert(remote.begin() + 1, "--server=" + address_);
    const Ending there = Crossfoot(remote, in);
    EXPECT_EQ(there.out, here.out) << ::testing::PrintToString(words);
    EXPECT_EQ(there.err, here.err) << ::testing::PrintToString(words);
    EXPECT_EQ(there.exit_status, here.exit_status) << ::testing::PrintToString(words);
    return there;
  }

  std::optional<Process> process_;
  std::string address_;
};

TEST_F(RemoteTest, EveryFormatIsTheSame) {
  const Words examples = Examples();
  for (const std::string lang : {"--lang=zh", "--lang=en"}) {
    for (const Words& form :
         {Words{"check"}, Words{"check", "--explain", "--show-passed"},
          Words{"check", "--color=always", "--fail-on=never"}, Words{"check", "--format=json"},
          Words{"check", "--format=jsonl"}, Words{"check", "--format=html"},
          Words{"check", "--format=sarif"}, Words{"check", "--format=junit"},
          Words{"check", "--format=github"}, Words{"check", "--format=gitlab"}, Words{"extract"},
          Words{"extract", "--explain"}, Words{"extract", "--format=json"},
          Words{"extract", "--format=jsonl", "--explain"}, Words{"extract", "--format=csv"},
          Words{"extract", "--format=sdmx-csv"}, Words{"mentions"},
          Words{"mentions", "--format=json"}, Words{"mentions", "--format=jsonl"}}) {
      Words words = form;
      words.push_back(lang);
      words.insert(words.end(), examples.begin(), examples.end());
      EXPECT_NE(SameBothWays(words).out, "");
    }
  }
}

TEST_F(RemoteTest, OptionsReachTheServer) {
  const std::string report = "1—2月份，全市软件业务收入同比增长7.6%。";
  for (const std::string verb : {"check", "extract", "mentions"}) {
    Words words = {verb, "--format=json", "--reference-date=2024-03-31", "-"};
    if (verb != "mentions") words.insert(words.begin() + 1, "--home-area=大庆市");
    const Ending ending = SameBothWays(words, report);
    EXPECT_NE(ending.out.find("2024-02-29"), std::string::npos) << ending.out;
    EXPECT_NE(ending.out.find(verb == "mentions" ? "全市" : "大庆市"), std::string::npos);
  }
}

TEST_F(RemoteTest, FilesThatCannotBeReadAreToldAlike) {
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const std::string empty = Write("empty.txt", "");
  const std::string binary = Write("binary.txt", std::string("ab\0c", 4));
  const std::string broken = Write("broken.txt", "增长\xff");
  const std::string odd = Write("odd\xff\x1bname.txt", kContradictoryReport);
  const std::string missing = ::testing::TempDir() + "/remote_test_missing";
  const Words files = {bad, missing, ::testing::TempDir(), empty, binary, broken, odd};
  for (const Words& form :
       {Words{"check"}, Words{"check", "--format=jsonl"}, Words{"extract", "--format=csv"}}) {
    Words words = form;
    words.insert(words.end(), files.begin(), files.end());
    EXPECT_EQ(SameBothWays(words).exit_status, 2);
  }
  EXPECT_EQ(SameBothWays({"check", bad}).exit_status, 1);
  EXPECT_EQ(SameBothWays({"check", "--max-document-bytes=10", bad}).exit_status, 2);
}

TEST_F(RemoteTest, TheLimitOfTheServerIsToldWithItsReason) {
  std::string large;
  while (large.size() <= 100 * 1024) large += "全国收入2463亿元。\n";
  const std::string path = Write("large.txt", large);
  const Ending ending = Crossfoot({"check", "--server=" + address_, "--format=jsonl", path});
  EXPECT_EQ(ending.exit_status, 2);
  EXPECT_NE(ending.out.find("DOCUMENT_TOO_LARGE"), std::string::npos) << ending.out;
  EXPECT_NE(ending.out.find("102400"), std::string::npos) << ending.out;
}

// The earlier report is GB18030: its places are told in its own bytes.
TEST_F(RemoteTest, EarlierReportsAreHeldAgainstTheFile) {
  const std::string history = ::testing::TempDir() + "/remote_test_history";
  std::filesystem::create_directory(history);
  std::ofstream(history + "/q3.txt", std::ios::binary)
      << "2023\xC4\xEA\xC7\xB0\xC8\xFD\xBC\xBE\xB6\xC8\xA3\xAC\xC8\xAB\xB9\xFA\xC8\xED\xBC\xFE"
         "\xD2\xB5\xCE\xF1\xCA\xD5\xC8\xEB\xCD\xAC\xB1\xC8\xD4\xF6\xB3\xA4"
         "13.7%\xA1\xA3";
  const std::string draft =
      Write("draft.txt", "2023年，全国软件业务收入同比增长13.4%，增速较前三季度提高0.8个百分点。");
  const std::string earlier = history + "/q3.txt";
  for (const Words& form : {Words{"check"}, Words{"check", "--explain", "--show-passed"},
                            Words{"check", "--format=json"}}) {
    Words with_history = form;
    with_history.insert(with_history.end(), {"--history=" + history, draft});
    const Ending ending = SameBothWays(with_history);
    EXPECT_NE(ending.out.find(earlier), std::string::npos) << ending.out;
    Words with_set = form;
    with_set.insert(with_set.end(), {"--set", earlier, draft});
    SameBothWays(with_set);
  }
}

TEST_F(RemoteTest, FindingsAreAcceptedAlike) {
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const std::string baseline = ::testing::TempDir() + "/remote_test_baseline";
  const std::string flag = "--baseline=" + baseline;
  EXPECT_EQ(
      Crossfoot({"check", "--server=" + address_, flag, "--update-baseline", bad}).exit_status, 0);
  EXPECT_EQ(SameBothWays({"check", flag, bad}).exit_status, 0);
}

TEST_F(RemoteTest, AServerThatHasGoneAwayIsTold) {
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const std::string server = "--server=" + address_;
  EXPECT_EQ(Crossfoot({"check", server, bad}).exit_status, 1);
  Stop();
  const Ending text = Crossfoot({"check", server, bad});
  EXPECT_EQ(text.exit_status, 2);
  EXPECT_EQ(text.err.rfind("crossfoot: " + bad + ": cannot reach the server at " + address_, 0), 0u)
      << text.err;
  const Ending lines = Crossfoot({"check", server, "--format=jsonl", bad, bad});
  EXPECT_EQ(lines.exit_status, 2);
  EXPECT_EQ(std::count(lines.out.begin(), lines.out.end(), '\n'), 2) << lines.out;
  EXPECT_NE(lines.out.find("\"reason\":\"INTERNAL\""), std::string::npos) << lines.out;
}

TEST_F(RemoteTest, AServerThatDoesNotAnswerIsNotWaitedForLonger) {
  process_->Signal(SIGSTOP);
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const Ending ending = Crossfoot({"check", "--server=" + address_, "--timeout=1", bad});
  process_->Signal(SIGCONT);
  EXPECT_EQ(ending.exit_status, 2);
  EXPECT_NE(ending.err.find("within 1s; give it longer with --timeout"), std::string::npos)
      << ending.err;
}

TEST_F(RemoteTest, AKnownServerIsAskedWithTheToken) {
  const std::string bad = Write("bad.txt", kContradictoryReport);
  // The server knows no users and takes any; it is on this machine.
  EXPECT_EQ(Crossfoot({"check", "--server=" + address_, bad}, "", {"CROSSFOOT_TOKEN=abc.def"})
                .exit_status,
            1);
  const Ending remote =
      Crossfoot({"check", "--server=192.0.2.1:50051", bad}, "", {"CROSSFOOT_TOKEN=abc.def"});
  EXPECT_EQ(remote.exit_status, 2);
  EXPECT_NE(remote.err.find("refused to send CROSSFOOT_TOKEN to 192.0.2.1:50051 unencrypted"),
            std::string::npos)
      << remote.err;
  const Ending lines =
      Crossfoot({"check", "--server=" + address_, bad}, "", {"CROSSFOOT_TOKEN=a\r\nb: c"});
  EXPECT_EQ(lines.exit_status, 2);
  EXPECT_EQ(lines.err.find("b: c"), std::string::npos) << lines.err;
}

TEST_F(RemoteTest, TlsIsNotSpokenToAServerWithout) {
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const Ending ending = Crossfoot({"check", "--server=" + address_, "--tls", bad});
  EXPECT_EQ(ending.exit_status, 2);
  EXPECT_NE(ending.err.find("cannot reach the server"), std::string::npos) << ending.err;
  const Ending missing = Crossfoot({"check", "--server=" + address_, "--tls-ca=/none.pem", bad});
  EXPECT_EQ(missing.exit_status, 2);
  EXPECT_EQ(missing.err, "crossfoot: /none.pem: No such file or directory\n");
}

}  // namespace
}  // namespace crossfoot
