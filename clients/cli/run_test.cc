#include "clients/cli/run.h"

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/time/time.h"
#include "clients/cli/message.h"
#include "clients/cli/progress.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/report/version.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::cli {
namespace {

struct Outcome {
  int exit_status;
  std::string out;
  std::string err;
};

// Output that knows whether another thread than its maker's wrote.
class OwnedBuffer : public std::stringbuf {
 public:
  bool trespassed() const { return trespassed_; }

 protected:
  int sync() override {
    trespassed_ = trespassed_ || std::this_thread::get_id() != owner_;
    return std::stringbuf::sync();
  }

 private:
  const std::thread::id owner_ = std::this_thread::get_id();
  std::atomic<bool> trespassed_ = false;
};

struct Setting {
  std::string in = "";
  std::string locale = "en_GB.UTF-8";
  bool color = false;
  absl::Status pipeline_status = absl::OkStatus();
  ProgressLine* progress = nullptr;
};

Outcome RunWith(const Setting& setting, const std::vector<std::string>& words) {
  std::istringstream in(setting.in);
  OwnedBuffer buffer;
  std::ostream out(&buffer);
  std::ostringstream err;
  in.tie(&out);  // as std::cin is
  const Environment environment = {
      .in = in,
      .out = out,
      .err = err,
      .make_pipeline = [&setting](const std::vector<validation::RulePackFile>&)
          -> absl::StatusOr<std::unique_ptr<validation::Pipeline>> {
        if (!setting.pipeline_status.ok()) return setting.pipeline_status;
        return std::make_unique<testing::FakePipeline>();
      },
      .language = LanguageOfLocale(setting.locale),
      .color = setting.color,
      .progress = setting.progress,
      .catch_signals = [] { return [] { return Signal::kStop; }; },
  };
  const int exit_status = cli::Run(words, environment);
  EXPECT_FALSE(buffer.trespassed()) << "a thread that reads wrote";
  return {exit_status, buffer.str(), err.str()};
}

std::string Write(const std::string& name, const std::string& bytes) {
  const std::string path = ::testing::TempDir() + "/run_test_" + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

v1::ValidateDocumentResponse Parse(const std::string& json) {
  v1::ValidateDocumentResponse response;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &response).ok()) << json;
  return response;
}

TEST(RunTest, ExitStatusFollowsFailOn) {
  const std::string bad = Write("bad", "x");
  const std::string clean = Write("clean", "clean");
  EXPECT_EQ(RunWith({}, {"check", clean}).exit_status, 0);
  EXPECT_EQ(RunWith({}, {"check", bad}).exit_status, 1);
  EXPECT_EQ(RunWith({}, {"check", clean, bad, clean}).exit_status, 1);
  EXPECT_EQ(RunWith({}, {"check", "--fail-on=never", bad}).exit_status, 0);
  EXPECT_EQ(RunWith({}, {"check", "--fail-on=info", bad}).exit_status, 1);
  EXPECT_EQ(RunWith({}, {"extract", bad}).exit_status, 0);
  EXPECT_EQ(RunWith({}, {"mentions", bad}).exit_status, 0);
}

TEST(RunTest, AFileThatCannotBeReadWinsAndTheOthersAreStillChecked) {
  const std::string bad = Write("bad", "x");
  const std::string missing = ::testing::TempDir() + "/run_test_missing";
  const Outcome outcome = RunWith({}, {"check", missing, bad});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_EQ(outcome.err, "crossfoot: " + missing + ": No such file or directory\n");
  EXPECT_NE(outcome.out.find(bad + ":2:10: error: "), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("total: 2 files (1 not checked), 6 figures"), std::string::npos)
      << outcome.out;
}

TEST(RunTest, JsonLinesStandInFileOrder) {
  const std::string bad = Write("bad", "x");
  const std::string empty = Write("empty", "");
  const std::string missing = ::testing::TempDir() + "/run_test_missing";
  const Outcome outcome = RunWith({.in = "clean"}, {"check", "--format=jsonl", "--jobs=3", bad,
                                                    missing, "-", ::testing::TempDir(), empty});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_EQ(outcome.err, "");
  const std::vector<std::string> lines = Lines(outcome.out);
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(Parse(lines[0]).document().uri(), bad);
  EXPECT_EQ(Parse(lines[0]).figures_size(), 6);
  EXPECT_EQ(Parse(lines[0]).checks_size(), 1);
  EXPECT_EQ(Parse(lines[0]).findings_size(), 1);
  EXPECT_EQ(lines[1], "{\"document\":{\"uri\":\"" + missing +
                          "\"},\"error\":{\"reason\":\"FILE_NOT_FOUND\",\"message\":\"No such file "
                          "or directory\"}}");
  EXPECT_EQ(Parse(lines[2]).document().uri(), "-");
  EXPECT_EQ(Parse(lines[2]).findings_size(), 0);
  EXPECT_EQ(Parse(lines[3]).error().reason(), "FILE_UNREADABLE");
  EXPECT_EQ(Parse(lines[4]).error().reason(), "DOCUMENT_EMPTY");
}

TEST(RunTest, JsonIsOneArray) {
  const std::string bad = Write("bad", "x");
  const Outcome one = RunWith({}, {"check", "--format=json", bad});
  EXPECT_EQ(one.exit_status, 1);
  ASSERT_GT(one.out.size(), 5u);
  EXPECT_EQ(one.out.substr(0, 2), "[\n");
  EXPECT_EQ(one.out.substr(one.out.size() - 3), "\n]\n");
  const v1::ValidateDocumentResponse response = Parse(one.out.substr(2, one.out.size() - 5));
  EXPECT_EQ(response.findings(0).suspect_id(), "f3");
  const Outcome two = RunWith({}, {"check", "--format=json", bad, bad});
  EXPECT_EQ(two.out, "[\n" + one.out.substr(2, one.out.size() - 5) + ",\n" +
                         one.out.substr(2, one.out.size() - 5) + "\n]\n");
}

std::string Read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

TEST(RunTest, ReportsOfTheRunArePrintedWhole) {
  const std::string bad = Write("bad", "x");
  const std::string missing = ::testing::TempDir() + "/run_test_missing";
  const struct {
    std::string format, start, end;
  } kCases[] = {{"sarif", "{\n \"$schema\": ", "\n}\n"},
                {"junit", "<?xml ", "</testsuites>\n"},
                {"github", "::error file=", "::No such file or directory\n"},
                {"gitlab", "[\n{\"description\":", "}\n]\n"}};
  for (const auto& [format, start, end] : kCases) {
    const Outcome outcome =
        RunWith({}, {"check", "--format=" + format, "--jobs=2", bad, bad, missing});
    EXPECT_EQ(outcome.exit_status, 2) << format;
    EXPECT_EQ(outcome.out.rfind(start, 0), 0u) << outcome.out;
    ASSERT_GE(outcome.out.size(), end.size());
    EXPECT_EQ(outcome.out.substr(outcome.out.size() - end.size()), end) << outcome.out;
    EXPECT_EQ(outcome.err, "crossfoot: " + missing + ": No such file or directory\n");
    EXPECT_EQ(RunWith({}, {"check", "--format=" + format, bad}).exit_status, 1) << format;
  }
}

TEST(RunTest, ReportsOfTheRunStandBesideTheText) {
  const std::string bad = Write("bad", "x");
  const std::string sarif = ::testing::TempDir() + "/run_test.sarif";
  const std::string junit = ::testing::TempDir() + "/run_test.xml";
  const std::string text = RunWith({}, {"check", bad}).out;
  const Outcome outcome =
      RunWith({}, {"check", "--report=sarif:" + sarif, "--report=junit:" + junit, bad});
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_EQ(outcome.out, text);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(Read(sarif), RunWith({}, {"check", "--format=sarif", bad}).out);
  EXPECT_EQ(Read(junit), RunWith({}, {"check", "--format=junit", bad}).out);
}

TEST(RunTest, JUnitFailsWhatFailsTheRun) {
  const std::string bad = Write("bad", "x");
  const auto fails = [&bad](const std::string& fail_on) {
    return RunWith({}, {"check", "--format=junit", "--fail-on=" + fail_on, bad})
               .out.find("<failure") != std::string::npos;
  };
  EXPECT_TRUE(fails("error"));
  EXPECT_TRUE(fails("info"));
  EXPECT_FALSE(fails("never"));
}

TEST(RunTest, AcceptedFindingsAreInNoReport) {
  const std::string bad = Write("bad", "x");
  const std::string baseline = Write("baseline", "0123456789abcdef parts-sum-to-total we know\n");
  for (const std::string format : {"sarif", "junit", "github", "gitlab"}) {
    const Outcome outcome =
        RunWith({}, {"check", "--format=" + format, "--baseline=" + baseline, bad});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.out.find("the parts do not add up"), std::string::npos) << outcome.out;
  }
}

TEST(RunTest, AReportThatCannotBeWrittenIsAFailureAndLeavesTheOldOne) {
  const std::string clean = Write("clean", "clean");
  const std::string missing = ::testing::TempDir() + "/run_test_no_such_folder/a.sarif";
  const Outcome outcome = RunWith({}, {"check", "--report=sarif:" + missing, clean});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_EQ(outcome.err,
            "crossfoot: " + missing + ": cannot be written: No such file or directory\n");
  // A run that does not begin writes nothing.
  const std::string old = Write("old.sarif", "old");
  EXPECT_EQ(RunWith({}, {"check", "--history=/no/such/folder", "--report=sarif:" + old, clean})
                .exit_status,
            2);
  EXPECT_EQ(Read(old), "old");
}

TEST(RunTest, EachVerbShowsItsPart) {
  const std::string bad = Write("bad", "x");
  const v1::ValidateDocumentResponse extract =
      Parse(RunWith({}, {"extract", "--format=jsonl", bad}).out);
  EXPECT_EQ(extract.figures_size(), 6);
  EXPECT_EQ(extract.mentions_size(), 0);
  const v1::ValidateDocumentResponse mentions =
      Parse(RunWith({}, {"mentions", "--format=jsonl", bad}).out);
  EXPECT_EQ(mentions.figures_size(), 0);
  EXPECT_EQ(mentions.mentions_size(), 7);
  EXPECT_EQ(Lines(RunWith({}, {"extract", bad}).out).size(), 6u);
  EXPECT_EQ(Lines(RunWith({}, {"mentions", bad}).out).size(), 7u);
}

TEST(RunTest, TablesOfSeveralFilesHaveOneHead) {
  const std::string bad = Write("bad.txt", "x");
  const std::string missing = ::testing::TempDir() + "/run_test_no_such_file.txt";
  for (const std::string format : {"csv", "sdmx-csv"}) {
    const Outcome outcome = RunWith({}, {"extract", "--format=" + format, bad, missing, bad});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_NE(outcome.err.find(missing), std::string::npos) << outcome.err;
    const std::vector<std::string> lines = Lines(outcome.out);
    ASSERT_EQ(lines.size(), 13u) << outcome.out;
    EXPECT_EQ(lines[1], lines[7]);
    EXPECT_NE(lines[1].find("2463"), std::string::npos) << lines[1];
  }
  EXPECT_EQ(RunWith({}, {"extract", "--format=csv", bad}).out.substr(0, 12),
            "\xEF\xBB\xBF"
            "document,");
}

TEST(RunTest, HtmlIsOnePageOfAllFiles) {
  const std::string bad = Write("bad.txt", "x");
  const std::string missing = ::testing::TempDir() + "/run_test_no_such_file.txt";
  const Outcome outcome = RunWith({.in = "clean"}, {"check", "--format=html", bad, missing, "-"});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_NE(outcome.err.find(missing), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.out.substr(0, 16), "<!DOCTYPE html>\n");
  EXPECT_EQ(outcome.out.substr(outcome.out.size() - 8), "</html>\n");
  EXPECT_EQ(outcome.out.find("<!DOCTYPE", 1), std::string::npos);
  for (const char* words : {"<html lang=en>", "id=r1 ", "id=r2 ", "id=r3 ", "No such file"}) {
    EXPECT_NE(outcome.out.find(words), std::string::npos) << words;
  }
  EXPECT_EQ(RunWith({}, {"check", "--format=html", bad}).exit_status, 1);
  EXPECT_EQ(RunWith({.in = "clean"}, {"check", "--format=html", "-"}).exit_status, 0);
}

TEST(RunTest, ExplainsFigures) {
  const std::string bad = Write("bad.txt", "x");
  const Outcome outcome = RunWith({}, {"extract", "--explain", bad});
  EXPECT_EQ(outcome.exit_status, 0);
  EXPECT_NE(outcome.out.find(":1:25: f2 GROWTH_RATE 7.6%\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\n  basis "), std::string::npos) << outcome.out;
}

TEST(RunTest, LargeFilesAreRefused) {
  const std::string bad = Write("large", std::string(5000, 'x'));
  const Outcome outcome = RunWith({}, {"check", "--max-document-bytes=4K", bad});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_EQ(outcome.err, "crossfoot: " + bad +
                             ": larger than the limit of 4096 bytes; --max-document-bytes raises "
                             "it\n");
}

TEST(RunTest, LanguageComesFromTheFlagElseTheLocale) {
  const auto message = [](const std::string& locale, std::vector<std::string> words) {
    words.insert(words.begin(), {"check", "--format=jsonl"});
    words.push_back("-");
    return Parse(RunWith({.in = "x", .locale = locale}, words).out).findings(0).message();
  };
  EXPECT_EQ(message("", {}), "分项之和与合计不符");
  EXPECT_EQ(message("C.UTF-8", {}), "分项之和与合计不符");
  EXPECT_EQ(message("zh_CN.UTF-8", {}), "分项之和与合计不符");
  EXPECT_EQ(message("en_US.UTF-8", {}), "the parts do not add up to the total");
  EXPECT_EQ(message("en_US.UTF-8", {"--lang=zh"}), "分项之和与合计不符");
  EXPECT_EQ(message("", {"--lang=en"}), "the parts do not add up to the total");
}

TEST(RunTest, ColorsFollowTheFlagElseTheTerminal) {
  const auto colored = [](bool terminal, const std::string& flag) {
    return RunWith({.in = "x", .color = terminal}, {"check", flag, "-"}).out.find('\x1b') !=
           std::string::npos;
  };
  EXPECT_TRUE(colored(true, "--color=auto"));
  EXPECT_FALSE(colored(false, "--color=auto"));
  EXPECT_TRUE(colored(false, "--color=always"));
  EXPECT_FALSE(colored(true, "--color=never"));
}

TEST(RunTest, TellsHowFarItIsAndLeavesTheOutputAlone) {
  const std::string bad = Write("bad", std::string(1000, 'x'));
  const std::string missing = ::testing::TempDir() + "/run_test_missing";
  std::ostringstream terminal;
  absl::Time now = absl::UnixEpoch();
  ProgressLine progress({.out = terminal,
                         .columns = [] { return 80; },
                         .now = [&now] { return now += absl::Seconds(1); }});
  for (const std::string jobs : {"--jobs=1", "--jobs=2"}) {
    const std::vector<std::string> words = {"check", jobs, bad, missing, bad};
    terminal.str("");
    const Outcome outcome = RunWith({.progress = &progress}, words);
    const Outcome plain = RunWith({}, words);
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, plain.out);
    EXPECT_EQ(outcome.err, plain.err);
    // While a file is read the line may be drawn any number of times.
    for (const char* text : {"\r1 of 3 files, ", "\r2 of 3 files, ", "\r3 of 3 files, "})
      EXPECT_NE(terminal.str().find(text), std::string::npos) << terminal.str();
    EXPECT_EQ(terminal.str().substr(terminal.str().size() - 4), "\r\x1b[K");
  }
}

TEST(RunTest, UsageErrorsNameTheWayOut) {
  const Outcome outcome = RunWith({}, {"check", "--fromat=json", "a"});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "crossfoot: crossfoot check has no flag --fromat; did you mean --format?\n");
}

TEST(RunTest, ComplaintsFollowTheFlagElseTheLocale) {
  const auto complaint = [](const std::string& locale, const std::vector<std::string>& words) {
    const Outcome outcome = RunWith({.locale = locale}, words);
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    return outcome.err;
  };
  const std::string english =
      "crossfoot: crossfoot check has no flag --fromat; did you mean --format?\n";
  const std::string chinese = "crossfoot: crossfoot check 没有选项 --fromat；是不是 --format？\n";
  EXPECT_EQ(complaint("en", {"check", "--fromat=json", "a"}), english);
  EXPECT_EQ(complaint("zh_CN.UTF-8", {"check", "--fromat=json", "a"}), chinese);
  EXPECT_EQ(complaint("en", {"check", "--lang=zh", "--fromat=json"}), chinese);
  EXPECT_EQ(complaint("", {"check", "--lang", "en", "--fromat=json"}), english);
  // What was not read yet cannot be known.
  EXPECT_EQ(complaint("", {"check", "--fromat=json", "--lang=en"}), chinese);
  EXPECT_EQ(complaint("", {"check", "--lang=fr", "a"}),
            "crossfoot: --lang：“fr”无效，应为：zh 或 en\n");
  EXPECT_EQ(complaint("", {"rules", "explain"}),
            "crossfoot: crossfoot rules explain 后面要有一个编号\n");
  EXPECT_EQ(complaint("", {"config", "print", "x"}),
            "crossfoot: crossfoot config 没有“print”；有 check 文件 或 token 名称\n");
  const std::string missing = ::testing::TempDir() + "/run_test_missing";
  EXPECT_EQ(complaint("", {"extract", missing}),
            "crossfoot: " + missing + ": 找不到文件：No such file or directory\n");
  EXPECT_EQ(complaint("", {"extract", ::testing::TempDir()}),
            "crossfoot: " + ::testing::TempDir() + ": 是目录，不是文件\n");
  const std::string baseline = Write("bad_baseline", "\nx\n");
  EXPECT_EQ(complaint("", {"check", "--baseline=" + baseline, "-"}),
            "crossfoot: " + baseline + ":2: 一行要以指纹开头，即 16 个 0-9 或 a-f\n");
  EXPECT_EQ(complaint("", {"check", "--server=x", "-"}),
            "crossfoot: --server：“x”不是 主机:端口，如 127.0.0.1:50051\n");
}

// JSON is for programs.
TEST(RunTest, ErrorsInJsonAreInEnglish) {
  const Outcome outcome =
      RunWith({.locale = ""}, {"check", "--format=jsonl", ::testing::TempDir()});
  EXPECT_EQ(Parse(outcome.out).error().message(), "a directory, not a file");
}

TEST(RunTest, HelpFollowsTheFlagElseTheLocale) {
  EXPECT_EQ(RunWith({}, {"help", "check"}).out.rfind("Usage: ", 0), 0u);
  EXPECT_EQ(RunWith({.locale = ""}, {"check", "--help"}).out.rfind("用法：", 0), 0u);
  EXPECT_EQ(RunWith({.locale = ""}, {"help", "--lang=en", "check"}).out.rfind("Usage: ", 0), 0u);
  EXPECT_EQ(RunWith({}, {"check", "--lang=zh", "--help"}).out.rfind("用法：", 0), 0u);
}

TEST(RunTest, HelpAndVersionNeedNoPipeline) {
  const Setting broken = {.pipeline_status = absl::InternalError("x")};
  EXPECT_EQ(RunWith(broken, {"version"}).out, std::string("crossfoot ") + report::kVersion + "\n");
  EXPECT_EQ(RunWith(broken, {"help"}).exit_status, 0);
  const Outcome outcome = RunWith(broken, {"check", "-"});
  EXPECT_EQ(outcome.exit_status, 2);
  EXPECT_EQ(outcome.err, "crossfoot: x\n");
}

TEST(RunTest, AFullDiskIsAFailure) {
  std::istringstream in("x");
  std::ofstream out("/dev/full");
  std::ostringstream err;
  const Environment environment = {
      .in = in,
      .out = out,
      .err = err,
      .make_pipeline =
          [](const std::vector<validation::RulePackFile>&) {
            return std::make_unique<testing::FakePipeline>();
          },
      .language = report::Language::kEnglish,
      .color = false,
      .catch_signals = {},
  };
  EXPECT_EQ(cli::Run({"check", "-"}, environment), 2);
  EXPECT_EQ(err.str(), "crossfoot: cannot write to the standard output\n");
}

TEST(RunTest, AnnotateWritesAPageOfText) {
  const std::string bad = Write("bad", "x");
  const std::string copy = ::testing::TempDir() + "/run_test_copy.html";
  const Outcome outcome = RunWith({}, {"check", "--annotate", copy, bad});
  EXPECT_EQ(outcome.exit_status, 1) << outcome.err;
  EXPECT_EQ(Read(copy), RunWith({}, {"check", "--format=html", bad}).out);
  EXPECT_EQ(Read(bad), "x");
}

TEST(RunTest, AnnotateTakesOneFileAndNeverTheReportItself) {
  const std::string bad = Write("bad", "x");
  EXPECT_EQ(RunWith({}, {"check", "--annotate=" + bad, bad}).err,
            "crossfoot: " + bad + " is the report itself; name another file\n");
  EXPECT_EQ(RunWith({}, {"check", "--annotate=" + bad, bad}).exit_status, 2);
  EXPECT_EQ(Read(bad), "x");
  EXPECT_EQ(RunWith({}, {"check", "--annotate=a", bad, bad}).err,
            "crossfoot: --annotate takes one file to check\n");
  EXPECT_EQ(RunWith({}, {"check", "--annotate=a", "--report=html:a", bad}).err,
            "crossfoot: a would be written twice\n");
  const Outcome full = RunWith({}, {"check", "--annotate=/dev/full", bad});
  EXPECT_EQ(full.exit_status, 2);
  EXPECT_NE(full.err.find("/dev/full: cannot be written"), std::string::npos) << full.err;
  // What cannot be read has no copy.
  const std::string copy = ::testing::TempDir() + "/run_test_none.html";
  EXPECT_EQ(RunWith({}, {"check", "--annotate", copy, ::testing::TempDir() + "/none"}).exit_status,
            2);
  EXPECT_EQ(Read(copy), "");
}

TEST(RunTest, ServesUntilItIsTold) {
  const Outcome outcome = RunWith({}, {"serve", "--listen=127.0.0.1:0"});
  EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.rfind("listening on 127.0.0.1:", 0), 0u) << outcome.out;
  const Outcome remote = RunWith({}, {"serve", "--listen=0.0.0.0:0"});
  EXPECT_EQ(remote.exit_status, 2);
  EXPECT_NE(remote.err.find("--allow-insecure-remote"), std::string::npos) << remote.err;
}

}  // namespace
}  // namespace crossfoot::cli
