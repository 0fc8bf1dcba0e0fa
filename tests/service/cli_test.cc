// The binary as a command: exit statuses and lines as a shell sees them.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "crossfoot/v1/validation_service.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/testing/pdf_writer.h"
#include "tests/testing/process.h"

namespace crossfoot {
namespace {

using testing::Ending;
using testing::kConsistentReport;
using testing::kContradictoryReport;

std::string Write(const std::string& name, const std::string& bytes) {
  const std::string path = ::testing::TempDir() + "/cli_test_" + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

Ending Crossfoot(std::vector<std::string> words, const std::string& in = "",
                 const std::vector<std::string>& variables = {"LC_ALL=en"}) {
  words.insert(words.begin(), testing::RunfilePath("clients/cli/crossfoot"));
  absl::StatusOr<Ending> ending = testing::RunProgram(words, in, variables);
  EXPECT_TRUE(ending.ok()) << ending.status();
  return ending.ok() ? *std::move(ending) : Ending{-1, "", ""};
}

std::vector<v1::ValidateDocumentResponse> ParseLines(const std::string& text) {
  std::vector<v1::ValidateDocumentResponse> responses;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &responses.emplace_back()).ok())
        << line;
  }
  return responses;
}

TEST(CliTest, ExitStatusTellsCleanFromContradictory) {
  const std::string clean = Write("clean.txt", kConsistentReport);
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const std::string date = "--reference-date=2024-03-31";
  const Ending passed = Crossfoot({"check", date, clean});
  EXPECT_EQ(passed.exit_status, 0) << passed.out << passed.err;
  const Ending failed = Crossfoot({"check", date, clean, bad});
  EXPECT_EQ(failed.exit_status, 1) << failed.out << failed.err;
  EXPECT_NE(failed.out.find(bad + ":4:"), std::string::npos) << failed.out;
  EXPECT_NE(failed.out.find(": error: "), std::string::npos) << failed.out;
  EXPECT_EQ(failed.err, "");
  EXPECT_EQ(failed.out.find('\x1b'), std::string::npos) << "colours without a terminal";
  EXPECT_EQ(Crossfoot({"check", date, "--fail-on=never", bad}).exit_status, 0);
  const std::string missing = ::testing::TempDir() + "/cli_test_missing";
  const Ending both = Crossfoot({"check", date, missing, bad});
  EXPECT_EQ(both.exit_status, 2);
  EXPECT_EQ(both.err, "crossfoot: " + missing + ": No such file or directory\n");
  EXPECT_NE(both.out.find(": error: "), std::string::npos) << both.out;
}

// A page with the lines of `text`, set in lines of 36 characters with an indent of two.
std::string PdfOf(const std::string& text) {
  testing::PdfPageContent page;
  float y = 100;
  std::istringstream stream(text);
  for (std::string paragraph; std::getline(stream, paragraph);) {
    std::string line;
    int characters = 2;
    const auto end_line = [&](float left) {
      page.texts.push_back({.x = left, .y = y, .words = line});
      y += 20;
      line.clear();
    };
    float left = 57 + 24;
    for (const char c : paragraph) {
      const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      if (begins && characters++ == 36) {
        end_line(left);
        left = 57;
        characters = 1;
      }
      line += c;
    }
    if (!line.empty()) end_line(left);
  }
  return testing::WritePdf({page});
}

// The lines of a table of figures without the columns that say where each stands.
std::string WithoutPlaces(const std::string& csv) {
  std::string rest;
  std::istringstream stream(csv);
  for (std::string line; std::getline(stream, line);) {
    size_t at = 0;
    for (int column = 0; column < 4; ++column) at = line.find(',', at) + 1;
    rest += line.substr(at, line.rfind(',') - at) + "\n";
  }
  return rest;
}

TEST(CliTest, APdfHasTheFiguresAndFindingsOfItsText) {
  const std::string date = "--reference-date=2024-03-31";
  for (const char* const report : {kConsistentReport, kContradictoryReport}) {
    const std::string text = Write("same.txt", report);
    const std::string pdf = Write("same.pdf", PdfOf(report));
    const Ending of_text = Crossfoot({"extract", date, "--format=csv", text});
    const Ending of_pdf = Crossfoot({"extract", date, "--format=csv", pdf});
    EXPECT_EQ(of_pdf.err, "");
    EXPECT_GT(WithoutPlaces(of_text.out).size(), 500u) << of_text.out;
    EXPECT_EQ(WithoutPlaces(of_pdf.out), WithoutPlaces(of_text.out));
    EXPECT_EQ(Crossfoot({"check", date, pdf}).exit_status,
              Crossfoot({"check", date, text}).exit_status);
  }
}

TEST(CliTest, AnnotateWritesACopyOfAPdf) {
  const std::string pdf = Write("marked.pdf", PdfOf(kContradictoryReport));
  const std::string copy = ::testing::TempDir() + "/cli_test_copy.pdf";
  const Ending ending = Crossfoot({"check", "--annotate", copy, pdf});
  EXPECT_EQ(ending.exit_status, 1) << ending.err;
  std::ostringstream stream;
  stream << std::ifstream(copy, std::ios::binary).rdbuf();
  const std::string bytes = stream.str();
  EXPECT_EQ(bytes.rfind(PdfOf(kContradictoryReport), 0), 0u);
  EXPECT_NE(bytes.find("/Highlight"), std::string::npos);
  // It is still the same report.
  const auto figures = [](const std::string& path) {
    return WithoutPlaces(Crossfoot({"extract", "--format=csv", path}).out);
  };
  EXPECT_EQ(figures(copy), figures(pdf));
}

TEST(CliTest, EarlierReportsAreHeldAgainstTheFile) {
  const std::string history = ::testing::TempDir() + "/cli_test_history";
  std::filesystem::create_directory(history);
  const std::string before = history + "/q3.txt";
  std::ofstream(before) << "2023年前三季度，全国软件业务收入同比增长13.7%。";
  std::ofstream(history + "/notes.rtf") << "{\\rtf1}";
  const std::string flag = "--history=" + history;
  const std::string report =
      "2023年，全国软件业务收入同比增长14.5%，增速较前三季度提高8.0个百分点。";
  const std::string path = Write("release.txt", report);
  EXPECT_EQ(Crossfoot({"check", "--fail-on=warning", path}).exit_status, 0);
  const Ending found = Crossfoot({"check", "--fail-on=warning", flag, path});
  EXPECT_EQ(found.exit_status, 1) << found.err;
  EXPECT_NE(found.out.find("[growth-gap-over-time]"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find(before + ":1:23: note: 13.7%"), std::string::npos) << found.out;

  // Whatever format it came in.
  const std::string pages = ::testing::TempDir() + "/cli_test_pages";
  std::filesystem::create_directory(pages);
  std::ofstream(pages + "/q3.pdf") << PdfOf("2023年前三季度，全国软件业务收入同比增长13.7%。");
  const Ending of_pages = Crossfoot({"check", "--fail-on=warning", "--history=" + pages, path});
  EXPECT_EQ(of_pages.exit_status, 1) << of_pages.err;
  EXPECT_NE(of_pages.out.find(pages + "/q3.pdf#page=1: note: 13.7%"), std::string::npos)
      << of_pages.out;

  const auto lines = ParseLines(Crossfoot({"check", "--format=jsonl", flag, path}).out);
  ASSERT_EQ(lines.size(), 1u);
  ASSERT_EQ(lines[0].cited_figures_size(), 1);
  EXPECT_EQ(lines[0].cited_figures(0).document_uri(), before);
  EXPECT_EQ(lines[0].cited_figures(0).figure().id(), "h1");
  EXPECT_EQ(lines[0].findings(0).figure_ids(2), "h1");

  // The same of files given together, in their order.
  const Ending set = Crossfoot({"check", "--fail-on=warning", "--set", before, path});
  EXPECT_EQ(set.exit_status, 1) << set.err;
  EXPECT_NE(set.out.find("[growth-gap-over-time]"), std::string::npos) << set.out;
  EXPECT_EQ(Crossfoot({"check", "--fail-on=warning", "--set", path, before}).exit_status, 0);

  // A report is not held against itself, and what cannot be read is said.
  EXPECT_EQ(Crossfoot({"check", "--fail-on=info", flag, before}).exit_status, 0);
  std::ofstream(history + "/empty.txt") << "";
  const Ending unread = Crossfoot({"check", flag, before});
  EXPECT_EQ(unread.exit_status, 2);
  EXPECT_NE(unread.err.find("empty.txt is empty"), std::string::npos) << unread.err;
  EXPECT_EQ(Crossfoot({"check", "--history=" + history + "/none", path}).exit_status, 2);
}

TEST(CliTest, AProjectSaysWhatHoldsForItsFolder) {
  const std::string folder = ::testing::TempDir() + "/cli_test_project";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder + "/ours/2024");
  std::filesystem::create_directories(folder + "/theirs");
  const auto write = [&folder](const std::string& name, const std::string& text) {
    std::ofstream(folder + "/" + name) << text;
    return folder + "/" + name;
  };
  const std::string ours = write("ours/2024/a.txt", kContradictoryReport);
  const std::string draft = write("ours/2024/a.draft.txt", kContradictoryReport);
  const std::string theirs = write("theirs/a.txt", kContradictoryReport);
  const Ending before = Crossfoot({"check", ours, draft, theirs});
  ASSERT_EQ(before.exit_status, 1) << before.err;
  const size_t open = before.out.find(" [");
  const std::string rule = before.out.substr(open + 2, before.out.find(']', open) - open - 2);

  write("ours/.crossfoot.textproto",
        "ignore: \"*.draft.txt\"\nrules { rule_id: \"" + rule +
            "\" inconsistent: SEVERITY_INFO inconsistent_inferred: SEVERITY_INFO }\n");
  const Ending after = Crossfoot({"check", ours, draft});
  EXPECT_EQ(after.exit_status, 0) << after.out << after.err;
  EXPECT_NE(after.out.find(ours + ":4:"), std::string::npos) << after.out;
  EXPECT_EQ(after.out.find(draft), std::string::npos) << after.out;
  // Each file has the project of its own folder, and flags go over it.
  const Ending both = Crossfoot({"check", ours, theirs});
  EXPECT_EQ(both.exit_status, 1) << both.err;
  EXPECT_NE(both.out.find(theirs + ":4:"), std::string::npos) << both.out;
  EXPECT_EQ(Crossfoot({"check", "--fail-on=info", ours}).exit_status, 1);
  EXPECT_EQ(Crossfoot({"check", "--no-project", ours}).exit_status, 1);

  const Ending nowhere = Crossfoot({"check", "--update-baseline", theirs});
  EXPECT_EQ(nowhere.exit_status, 2);
  EXPECT_EQ(nowhere.err, "crossfoot: --update-baseline needs --baseline=FILE, the file to write\n");
  write("theirs/.crossfoot.textproto", "baseline_file: \"accepted.txt\"");
  EXPECT_EQ(Crossfoot({"check", "--update-baseline", theirs}).exit_status, 0);
  EXPECT_TRUE(std::filesystem::exists(folder + "/theirs/accepted.txt"));
  EXPECT_EQ(Crossfoot({"check", theirs}).exit_status, 0);

  write("ours/.crossfoot.textproto", "\nrules { rule_id: \"nonsense\" off: true }");
  const Ending bad = Crossfoot({"check", ours});
  EXPECT_EQ(bad.exit_status, 2);
  EXPECT_NE(bad.err.find(".crossfoot.textproto:2:"), std::string::npos) << bad.err;
  EXPECT_NE(bad.err.find("nonsense"), std::string::npos) << bad.err;
  std::filesystem::remove_all(folder);
}

TEST(CliTest, OnlyWhatChangedIsChecked) {
  const std::string folder = ::testing::TempDir() + "/cli_test_changed";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string known = folder + "/known.txt";
  const std::string added = folder + "/added.txt";
  std::ofstream(known) << kContradictoryReport;
  const std::vector<std::string> variables = {
      "LC_ALL=en", "PATH=/usr/bin:/bin", "GIT_DIR=" + folder + "/.git", "GIT_WORK_TREE=" + folder};
  const auto git = [&variables](std::vector<std::string> words) {
    words.insert(words.begin(), {"/usr/bin/git", "-c", "user.name=t", "-c", "user.email=t@t"});
    const auto ending = testing::RunProgram(words, "", variables);
    ASSERT_TRUE(ending.ok() && ending->exit_status == 0);
  };
  git({"init", "-q"});
  git({"add", "known.txt"});
  git({"commit", "-qm", "first"});
  const auto check = [&] {
    return Crossfoot({"check", "--changed-since=HEAD", known, added}, "", variables);
  };
  std::ofstream(added) << kConsistentReport;
  const Ending clean = check();
  EXPECT_EQ(clean.exit_status, 0) << clean.out << clean.err;
  EXPECT_NE(clean.out.find(added), std::string::npos) << clean.out;
  EXPECT_EQ(clean.out.find(known), std::string::npos) << clean.out;
  std::ofstream(known, std::ios::app) << "\n";
  EXPECT_EQ(check().exit_status, 1);
  // A file that is not there is no unchanged one.
  EXPECT_EQ(
      Crossfoot({"check", "--changed-since=HEAD", folder + "/none"}, "", variables).exit_status, 2);
  std::filesystem::remove_all(folder);
}

TEST(CliTest, ABaselineAcceptsWhatIsKnown) {
  const std::string contradiction =
      "2023年前4个月，我国进出口总值13.18万亿元。其中，出口7.81万亿元；进口6万亿元。";
  const std::string bad = Write("known.txt", contradiction);
  const std::string path = ::testing::TempDir() + "/cli_test_baseline";
  std::filesystem::remove(path);
  const std::string flag = "--baseline=" + path;
  EXPECT_EQ(Crossfoot({"check", flag, bad}).exit_status, 2);
  EXPECT_EQ(Crossfoot({"check", flag, "--update-baseline", bad}).exit_status, 0);
  const Ending known = Crossfoot({"check", "--fail-on=info", flag, bad});
  EXPECT_EQ(known.exit_status, 0) << known.out << known.err;
  EXPECT_NE(known.out.find("0 findings (1 accepted)"), std::string::npos) << known.out;
  // The text moves, the finding stays known; another finding does not.
  const std::string moved = Write("moved.txt", "前言。\n\n" + contradiction);
  EXPECT_EQ(Crossfoot({"check", flag, moved}).exit_status, 0);
  const std::string report =
      "2023年前5个月，我国进出口总值14.18万亿元。其中，出口8.81万亿元；进口6万亿元。";
  EXPECT_EQ(Crossfoot({"check", flag, Write("new.txt", report)}).exit_status, 1);

  std::stringstream lines;
  lines << std::ifstream(path).rdbuf();
  std::string text = lines.str();
  text.insert(text.rfind('\n'), " until=2026-01-31 looked at");
  std::ofstream(path) << text;
  EXPECT_EQ(Crossfoot({"check", flag, "--reference-date=2026-01-31", bad}).exit_status, 0);
  EXPECT_EQ(Crossfoot({"check", flag, "--reference-date=2026-02-01", bad}).exit_status, 1);
}

TEST(CliTest, RulePacksOfTheUserAreAppliedOrRefused) {
  const std::string pack = R"pack(rules {
  id: "our-occupancy"
  title_zh: "入住率" title_en: "Occupancy" rationale: "Definition."
  identity {
    expression: "occupancy = percent(sold / offered)"
    variables { name: "occupancy" type: TYPE_PERCENT indicators: "入住率" }
    variables { name: "sold" type: TYPE_AMOUNT indicators: "入住间夜" }
    variables { name: "offered" type: TYPE_AMOUNT indicators: "可供间夜" }
  }
  inconsistent: SEVERITY_ERROR
  message_zh: "入住率不符：{expression}" message_en: "occupancy: {expression}"
  examples { name: "wrong" text: "2023年入住间夜75万间，可供间夜100万间，入住率57%。" hit: true }
  examples { name: "right" text: "2023年入住间夜75万间，可供间夜100万间，入住率75%。" }
}
)pack";
  const std::string rules = "--rules=" + Write("ours.textproto", pack);
  const Ending tested = Crossfoot({"rules", "test", rules});
  EXPECT_EQ(tested.exit_status, 0) << tested.out << tested.err;
  const Ending linted = Crossfoot({"rules", "lint", rules});
  EXPECT_EQ(linted.exit_status, 1);
  EXPECT_NE(linted.out.find("the lexicon knows no statistic \"入住间夜\""), std::string::npos)
      << linted.out;
  const std::string report = "2023年入住间夜75万间，可供间夜100万间，入住率58%。";
  EXPECT_EQ(Crossfoot({"check", "-"}, report).exit_status, 0);
  const Ending found = Crossfoot({"check", rules, "-"}, report);
  EXPECT_EQ(found.exit_status, 1) << found.out << found.err;
  EXPECT_NE(found.out.find("our-occupancy"), std::string::npos) << found.out;

  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = pack;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const std::string path =
      Write("mixed.textproto", replaced("percent(sold / offered)", "sold / offered"));
  const Ending refused = Crossfoot({"check", "--rules=" + path, "-"}, report);
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.err.find(path + ":5:5: expression"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("different types"), std::string::npos) << refused.err;

  const std::string lying = Write("lying.textproto", replaced("入住率57%", "入住率75%"));
  const Ending not_loaded = Crossfoot({"check", "--rules=" + lying, "-"}, report);
  EXPECT_EQ(not_loaded.exit_status, 2);
  EXPECT_NE(not_loaded.err.find(lying + ":1:1: rule \"our-occupancy\", example \"wrong\""),
            std::string::npos)
      << not_loaded.err;
  const Ending failed = Crossfoot({"rules", "test", "--rules=" + lying});
  EXPECT_EQ(failed.exit_status, 1);
  EXPECT_NE(failed.out.find("our-occupancy: wrong"), std::string::npos) << failed.out;
}

TEST(CliTest, PageOfRulesIsUpToDate) {
  std::ifstream page("docs/rules.md");
  const std::string written((std::istreambuf_iterator<char>(page)),
                            std::istreambuf_iterator<char>());
  EXPECT_EQ(Crossfoot({"rules", "document", "--lang=en"}).out, written) << "run make docs";
}

TEST(CliTest, JobsChangeNothingOfTheOutput) {
  std::vector<std::string> words = {"check", "--format=jsonl", "--reference-date=2024-03-31"};
  for (int i = 0; i < 12; ++i) {
    const std::string text = i % 3 == 0 ? kContradictoryReport : kConsistentReport;
    std::string copies;
    for (int k = 0; k <= 11 - i; ++k) copies += text + "\n\n";  // the first ones take longest
    words.push_back(Write("jobs" + std::to_string(i) + ".txt", copies));
  }
  words.push_back("--jobs=1");
  const std::string once = Crossfoot(words).out;
  EXPECT_EQ(ParseLines(once).size(), 12u);
  for (const std::string jobs : {"--jobs=2", "--jobs=2", "--jobs=2", "--jobs=7"}) {
    words.back() = jobs;
    EXPECT_EQ(Crossfoot(words).out, once) << jobs;
  }
}

TEST(CliTest, JsonLinesStandInFileOrder) {
  const std::string bad = Write("bad.txt", kContradictoryReport);
  const std::string empty = Write("empty.txt", "");
  const std::string missing = ::testing::TempDir() + "/cli_test_missing";
  const Ending ending = Crossfoot({"check", "--format=jsonl", "--reference-date=2024-03-31", bad,
                                   missing, "-", ::testing::TempDir(), empty},
                                  kConsistentReport);
  EXPECT_EQ(ending.exit_status, 2);
  EXPECT_EQ(ending.err, "");
  const std::vector<v1::ValidateDocumentResponse> lines = ParseLines(ending.out);
  ASSERT_EQ(lines.size(), 5u) << ending.out;
  EXPECT_EQ(lines[0].document().uri(), bad);
  EXPECT_GE(lines[0].summary().errors(), 1);
  EXPECT_EQ(lines[1].document().uri(), missing);
  EXPECT_EQ(lines[1].error().reason(), "FILE_NOT_FOUND");
  EXPECT_EQ(lines[2].document().uri(), "-");
  EXPECT_EQ(lines[2].findings_size(), 0);
  EXPECT_EQ(lines[2].figures_size(), 6);
  EXPECT_EQ(lines[3].error().reason(), "FILE_UNREADABLE");
  EXPECT_EQ(lines[4].error().reason(), "DOCUMENT_EMPTY");
}

TEST(CliTest, ExtractsAndRecognizesFromStandardInput) {
  const std::vector<v1::ValidateDocumentResponse> figures =
      ParseLines(Crossfoot({"extract", "--format=jsonl", "-"}, kConsistentReport).out);
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].figures_size(), 6);
  EXPECT_EQ(figures[0].checks_size(), 0);
  const std::vector<v1::ValidateDocumentResponse> mentions =
      ParseLines(Crossfoot({"mentions", "--format=jsonl", "-"}, "增长7.6%").out);
  ASSERT_EQ(mentions.size(), 1u);
  bool number_found = false;
  for (const v1::Mention& mention : mentions[0].mentions()) {
    number_found =
        number_found || (mention.kind() == v1::MENTION_KIND_NUMBER && mention.value() == "7.6" &&
                         mention.unit() == "%" && mention.span().start_byte() == 6);
  }
  EXPECT_TRUE(number_found) << mentions[0].DebugString();
}

TEST(CliTest, MessagesFollowTheLocale) {
  const Ending chinese = Crossfoot({"check", "-"}, kConsistentReport, {});
  EXPECT_NE(chinese.out.find("核对"), std::string::npos) << chinese.out;
  const Ending english = Crossfoot({"check", "-"}, kConsistentReport, {"LANG=en_US.UTF-8"});
  EXPECT_NE(english.out.find(" check"), std::string::npos) << english.out;
  const Ending first = Crossfoot({"check", "-"}, kConsistentReport, {"LC_ALL=zh_CN", "LANG=en"});
  EXPECT_EQ(first.out, chinese.out);
}

TEST(CliTest, TheCommandLineIsRefusedWithTheWayOut) {
  const Ending ending = Crossfoot({"check", "--formt=json", "x"});
  EXPECT_EQ(ending.exit_status, 2);
  EXPECT_EQ(ending.out, "");
  EXPECT_NE(ending.err.find("did you mean --format?"), std::string::npos) << ending.err;
  EXPECT_EQ(Crossfoot({}).exit_status, 2);
  EXPECT_EQ(Crossfoot({"help"}).exit_status, 0);
  EXPECT_EQ(Crossfoot({"version"}).out.rfind("crossfoot ", 0), 0u);
}

}  // namespace
}  // namespace crossfoot
