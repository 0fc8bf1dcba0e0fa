#include "clients/cli/arguments.h"

#include <string>

#include "absl/time/time.h"
#include "clients/cli/flags.h"
#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

// The message that the words are refused with; empty when they are not.
std::string Refusal(const std::vector<std::string>& words) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(words);
  if (arguments.ok()) return "";
  EXPECT_EQ(core::ReasonOf(arguments.status()), core::ErrorReason::kArgumentInvalid);
  return std::string(arguments.status().message().data(), arguments.status().message().size());
}

TEST(ArgumentsTest, DefaultsAreThoseOfTheHelp) {
  const Arguments arguments = ParseArguments({"check", "a.txt"}).value();
  EXPECT_EQ(arguments.verb, Verb::kCheck);
  EXPECT_EQ(arguments.files, std::vector<std::string>{"a.txt"});
  EXPECT_EQ(arguments.format, Format::kText);
  EXPECT_EQ(arguments.reference_date, std::nullopt);
  EXPECT_EQ(arguments.max_document_bytes, 16 << 20);
  EXPECT_EQ(arguments.language, std::nullopt);
  EXPECT_EQ(arguments.color, Color::kAuto);
  EXPECT_EQ(arguments.fail_on, std::nullopt);
}

TEST(ArgumentsTest, ReadsFlagsInBothFormsAndAnyOrder) {
  const Arguments arguments =
      ParseArguments({"check", "--format=jsonl", "a.txt", "--reference-date", "2024-03-31",
                      "--max-document-bytes=2M", "-", "--lang=en", "--color", "never",
                      "--fail-on=never", "--home-area=大庆市", "--", "--odd-name"})
          .value();
  EXPECT_EQ(arguments.files, (std::vector<std::string>{"a.txt", "-", "--odd-name"}));
  EXPECT_EQ(arguments.format, Format::kJsonLines);
  EXPECT_EQ(arguments.reference_date, absl::CivilDay(2024, 3, 31));
  EXPECT_EQ(arguments.home_area, "大庆市");
  EXPECT_EQ(arguments.max_document_bytes, 2 << 20);
  EXPECT_EQ(arguments.language, report::Language::kEnglish);
  EXPECT_EQ(arguments.color, Color::kNever);
  EXPECT_EQ(arguments.fail_on, FailOn::kNever);
}

TEST(ArgumentsTest, ReadsServersFlags) {
  const Arguments arguments =
      ParseArguments({"serve", "--listen", "[::1]:0", "--workers=3", "--max-calls=9",
                      "--max-document-bytes=1k", "--allow-insecure-remote"})
          .value();
  EXPECT_EQ(arguments.verb, Verb::kServe);
  EXPECT_EQ(arguments.server.grpc().listen_address(), "[::1]:0");
  EXPECT_EQ(arguments.server.limits().workers(), 3);
  EXPECT_EQ(arguments.server.limits().max_calls(), 9);
  EXPECT_EQ(arguments.server.limits().max_document_bytes(), 1024);
  EXPECT_TRUE(arguments.server.allow_insecure_remote());
}

TEST(ArgumentsTest, ReadsWhatConfigDoes) {
  const Arguments check = ParseArguments({"config", "check", "server.textproto"}).value();
  EXPECT_EQ(check.config_action, ConfigAction::kCheck);
  EXPECT_EQ(check.config_operand, "server.textproto");
  EXPECT_EQ(ParseArguments({"config", "token", "ci"})->config_action, ConfigAction::kToken);
  EXPECT_FALSE(ParseArguments({"config"}).ok());
  EXPECT_FALSE(ParseArguments({"config", "check"}).ok());
  EXPECT_FALSE(ParseArguments({"config", "print", "x"}).ok());
}

TEST(ArgumentsTest, OnlyExtractWritesTablesAndExplains) {
  const auto format = [](const std::string& verb, const std::string& name) {
    const auto arguments = ParseArguments({verb, "--format=" + name, "a"});
    return arguments.ok() ? std::optional(arguments->format) : std::nullopt;
  };
  EXPECT_EQ(format("extract", "csv"), Format::kCsv);
  EXPECT_EQ(format("extract", "sdmx-csv"), Format::kSdmxCsv);
  EXPECT_EQ(format("extract", "jsonl"), Format::kJsonLines);
  EXPECT_EQ(format("check", "html"), Format::kHtml);
  EXPECT_EQ(format("check", "csv"), std::nullopt);
  EXPECT_EQ(format("mentions", "sdmx-csv"), std::nullopt);
  EXPECT_TRUE(ParseArguments({"extract", "--explain", "a"})->explain);
  EXPECT_FALSE(ParseArguments({"extract", "a"})->explain);
  EXPECT_TRUE(ParseArguments({"check", "--explain", "a"})->explain);
  EXPECT_TRUE(ParseArguments({"check", "--show-passed", "a"})->show_passed);
  EXPECT_EQ(ParseArguments({"check", "--jobs=2", "a"})->jobs, 2);
  EXPECT_FALSE(ParseArguments({"check", "--jobs=0", "a"}).ok());
  EXPECT_FALSE(ParseArguments({"check", "--explain", "--format=jsonl", "a"}).ok());
  EXPECT_FALSE(ParseArguments({"check", "--show-passed", "--format=json", "a"}).ok());
  EXPECT_FALSE(ParseArguments({"mentions", "--explain", "a"}).ok());
  EXPECT_FALSE(ParseArguments({"extract", "--explain", "--format=csv", "a"}).ok());
}

TEST(ArgumentsTest, OnlyCheckWritesReportsOfTheRun) {
  EXPECT_EQ(ParseArguments({"check", "--format=sarif", "a"})->format, Format::kSarif);
  EXPECT_EQ(ParseArguments({"check", "--format=junit", "a"})->format, Format::kJUnit);
  EXPECT_EQ(ParseArguments({"check", "--format=github", "a"})->format, Format::kGitHub);
  EXPECT_EQ(ParseArguments({"check", "--format=gitlab", "a"})->format, Format::kGitLab);
  EXPECT_FALSE(ParseArguments({"extract", "--format=sarif", "a"}).ok());
  EXPECT_FALSE(ParseArguments({"mentions", "--format=sarif", "a"}).ok());
  EXPECT_FALSE(ParseArguments({"extract", "--report=sarif:x", "a"}).ok());
  const Arguments arguments =
      ParseArguments({"check", "--report=sarif:a:b", "--report", "junit:c", "a"}).value();
  EXPECT_EQ(arguments.format, Format::kText);
  ASSERT_EQ(arguments.reports.size(), 2u);
  EXPECT_EQ(arguments.reports[0].format, Format::kSarif);
  EXPECT_EQ(arguments.reports[0].path, "a:b");
  EXPECT_EQ(arguments.reports[1].format, Format::kJUnit);
  EXPECT_EQ(
      Refusal({"check", "--report=sarif", "a"}),
      "--report: \"sarif\" is not html:FILE, sarif:FILE, junit:FILE, github:FILE or gitlab:FILE");
  EXPECT_FALSE(ParseArguments({"check", "--report=sarif:", "a"}).ok());
  EXPECT_EQ(Refusal({"check", "--report=sarif:x", "--report=junit:x", "a"}),
            "x would be written twice");
  for (const char* flag : {"--set", "--update-baseline"})
    EXPECT_FALSE(ParseArguments({"check", "--changed-since=main", flag, "a"}).ok()) << flag;
  EXPECT_FALSE(ParseArguments({"check", "--report=text:x", "a"}).ok());
}

TEST(ArgumentsTest, UnderstandsEveryChoiceOfTheTable) {
  for (const VerbEntry& entry : Verbs()) {
    for (const Flag& flag : Flags()) {
      if ((flag.verbs & VerbBit(entry.verb)) == 0) continue;
      for (const std::string_view choice : ChoicesOf(flag)) {
        std::vector<std::string> words = {std::string(entry.name),
                                          std::string(flag.name) + "=" + std::string(choice)};
        if (flag.value == ValueKind::kChoiceFile) words.back() += ":x";
        if ((VerbBit(entry.verb) & kReaderVerbs) != 0) words.push_back("a");
        if (entry.verb == Verb::kRules) words.push_back("list");
        if (entry.verb == Verb::kConfig) words.insert(words.end(), {"token", "x"});
        EXPECT_EQ(Refusal(words), "");
        words[1].insert(flag.name.size() + 1, "x");
        EXPECT_NE(Refusal(words), "");
      }
    }
  }
}

TEST(ArgumentsTest, TellsTheLanguageAlsoOfWhatIsRefused) {
  report::Language language = report::Language::kEnglish;
  EXPECT_FALSE(ParseArguments({"check", "--lang=zh", "--what"}, &language).ok());
  EXPECT_EQ(language, report::Language::kChinese);
  EXPECT_FALSE(ParseArguments({"check", "--what", "--lang=en"}, &language).ok());
  EXPECT_EQ(language, report::Language::kChinese);
  EXPECT_TRUE(ParseArguments({"check", "--lang=en", "a"}, &language).ok());
  EXPECT_EQ(language, report::Language::kEnglish);
}

TEST(ArgumentsTest, ReadsSizes) {
  const auto size = [](const std::string& value) {
    const auto arguments = ParseArguments({"extract", "--max-document-bytes=" + value, "a"});
    return arguments.ok() ? arguments->max_document_bytes : -1;
  };
  EXPECT_EQ(size("1"), 1);
  EXPECT_EQ(size("512M"), 512 << 20);
  EXPECT_EQ(size("3K"), 3072);
  for (const char* wrong : {"", "0", "-1", "K", "1T", "1.5M", "513M", "1G", "99999999999999999999",
                            "0x10", " 1", "1 M"}) {
    EXPECT_EQ(size(wrong), -1) << wrong;
  }
}

TEST(ArgumentsTest, HelpIsFoundEverywhere) {
  EXPECT_EQ(ParseArguments({"--help"})->verb, Verb::kHelp);
  EXPECT_EQ(ParseArguments({"help"})->help_topic, std::nullopt);
  EXPECT_EQ(ParseArguments({"help", "serve"})->help_topic, Verb::kServe);
  const Arguments arguments = ParseArguments({"check", "--help"}).value();
  EXPECT_EQ(arguments.verb, Verb::kHelp);
  EXPECT_EQ(arguments.help_topic, Verb::kCheck);
  EXPECT_EQ(ParseArguments({"--version"})->verb, Verb::kVersion);
  EXPECT_EQ(ParseArguments({"version"})->verb, Verb::kVersion);
}

TEST(ArgumentsTest, NamesTheNearestVerbAndFlag) {
  EXPECT_EQ(Refusal({"chekc", "a"}), "unknown command \"chekc\"; did you mean check?");
  EXPECT_EQ(Refusal({"a.txt"}), "unknown command \"a.txt\"; see crossfoot help");
  EXPECT_EQ(Refusal({"check", "--fromat=json", "a"}),
            "crossfoot check has no flag --fromat; did you mean --format?");
  EXPECT_EQ(Refusal({"extract", "--fail-on=error", "a"}),
            "crossfoot extract has no flag --fail-on; see crossfoot help extract");
  EXPECT_EQ(Refusal({"check", "--zzzzzzz=x", "a"}),
            "crossfoot check has no flag --zzzzzzz; see crossfoot help check");
  EXPECT_EQ(Refusal({"check", "--history=", "a"}),
            "--history: \"\" is not a directory with earlier reports");
  EXPECT_EQ(ParseArguments({"check", "--history=x", "--history", "y", "a"})->histories,
            (std::vector<std::string>{"x", "y"}));
}

TEST(ArgumentsTest, SaysWhatAValueMayBe) {
  EXPECT_EQ(Refusal({"check", "--format=xml", "a"}),
            "--format: \"xml\" is not text, json, jsonl, html, sarif, junit, github or gitlab");
  EXPECT_EQ(Refusal({"check", "--reference-date=2024-02-30", "a"}),
            "--reference-date: \"2024-02-30\" is not a day that exists, written YYYY-MM-DD");
  EXPECT_EQ(Refusal({"check", "a", "--lang"}), "--lang needs a value: zh or en");
  EXPECT_EQ(Refusal({"serve", "--allow-insecure-remote=yes"}),
            "--allow-insecure-remote takes no value");
  EXPECT_EQ(Refusal({"serve", "--workers=0"}), "--workers: \"0\" is not a number from 1 to 1024");
}

TEST(ArgumentsTest, RefusesMissingAndSuperfluousFiles) {
  EXPECT_NE(Refusal({}), "");
  EXPECT_EQ(Refusal({"check"}), "crossfoot check needs a file; \"-\" reads the standard input");
  EXPECT_NE(Refusal({"check", "-", "a", "-"}), "");
  EXPECT_NE(Refusal({"serve", "a.txt"}), "");
  EXPECT_NE(Refusal({"version", "a.txt"}), "");
  EXPECT_NE(Refusal({"help", "check", "serve"}), "");
}

TEST(ArgumentsTest, ReadsWhatRulesIsAskedFor) {
  const auto list = ParseArguments({"rules", "list", "--rules=a.textproto", "--rules", "b"});
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->rules_action, RulesAction::kList);
  EXPECT_EQ(list->rule_packs, (std::vector<std::string>{"a.textproto", "b"}));
  const auto explain = ParseArguments({"rules", "explain", "some-rule"});
  ASSERT_TRUE(explain.ok()) << explain.status();
  EXPECT_EQ(explain->rule_id, "some-rule");
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"rules"},
                                                {"rules", "sing"},
                                                {"rules", "explain"},
                                                {"rules", "test", "x"},
                                                {"extract", "--rules=a", "x"}}) {
    EXPECT_FALSE(ParseArguments(wrong).ok()) << wrong.back();
  }
}

TEST(ArgumentsTest, AServerReadsTheFiles) {
  EXPECT_EQ(ParseArguments({"check", "a.txt"}).value().remote.address, "");
  for (const char* verb : {"check", "extract", "mentions"}) {
    const Arguments arguments =
        ParseArguments({verb, "--server=[::1]:50051", "--timeout=5", "--tls-ca=ca.pem",
                        "--tls-cert=our.pem", "--tls-key", "our.key", "a.txt"})
            .value();
    EXPECT_EQ(arguments.remote.address, "[::1]:50051");
    EXPECT_EQ(arguments.remote.timeout, absl::Seconds(5));
    EXPECT_TRUE(arguments.remote.tls);
    EXPECT_EQ(arguments.remote.tls_ca, "ca.pem");
    EXPECT_EQ(arguments.remote.tls_cert, "our.pem");
    EXPECT_EQ(arguments.remote.tls_key, "our.key");
  }
  EXPECT_FALSE(ParseArguments({"check", "--server=a:1", "a.txt"}).value().remote.tls);
  EXPECT_NE(Refusal({"check", "--server=", "a.txt"}).find("is not host:port"), std::string::npos);
  EXPECT_NE(Refusal({"check", "--timeout=0", "a.txt"}).find("number of seconds"),
            std::string::npos);
  for (const char* flag : {"--timeout=5", "--tls", "--tls-ca=a", "--tls-cert=a", "--tls-key=a"}) {
    EXPECT_NE(Refusal({"check", flag, "a.txt"}).find("go with --server"), std::string::npos)
        << flag;
  }
  EXPECT_NE(Refusal({"check", "--server=a:1", "--tls-cert=a", "a.txt"}).find("go together"),
            std::string::npos);
  EXPECT_NE(Refusal({"check", "--server=a:1", "--rules=r", "a.txt"}).find("start it with them"),
            std::string::npos);
  EXPECT_NE(Refusal({"serve", "--server=a:1"}).find("has no flag"), std::string::npos);
}

}  // namespace
}  // namespace crossfoot::cli
