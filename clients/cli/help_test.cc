#include "clients/cli/help.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <tuple>

#include "clients/cli/flags.h"
#include "gtest/gtest.h"
#include "services/report/utf8.h"

namespace crossfoot::cli {
namespace {

using report::Language;

void ExpectFitsAScreen(const std::string& text) {
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(text.back(), '\n');
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 24) << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(report::DisplayWidth(line), 80) << line;
    EXPECT_EQ(line.find('@'), std::string::npos) << line;
  }
}

// The flags that a page names.
std::set<std::string> FlagsOn(const std::string& page) {
  std::set<std::string> flags;
  for (size_t at = page.find("--"); at != std::string::npos; at = page.find("--", at)) {
    const size_t end = page.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    flags.insert(page.substr(at, end - at));
    at = end;
  }
  return flags;
}

class HelpTest : public ::testing::TestWithParam<Language> {};

TEST_P(HelpTest, FitsAScreen) {
  ExpectFitsAScreen(HelpText(std::nullopt, GetParam()));
  for (const VerbEntry& entry : Verbs()) ExpectFitsAScreen(HelpText(entry.verb, GetParam()));
}

TEST_P(HelpTest, TheOverviewNamesEveryVerb) {
  const std::string overview = HelpText(std::nullopt, GetParam());
  for (const VerbEntry& entry : Verbs()) {
    const std::string line = "\n  " + std::string(entry.name) + " ";
    EXPECT_NE(overview.find(line), std::string::npos) << line;
  }
}

TEST_P(HelpTest, APageNamesTheFlagsOfItsVerbAndNoOthers) {
  for (const VerbEntry& entry : Verbs()) {
    std::set<std::string> flags;
    for (const Flag& flag : Flags()) {
      if ((flag.verbs & VerbBit(entry.verb)) != 0) flags.emplace(flag.name);
    }
    EXPECT_EQ(FlagsOn(HelpText(entry.verb, GetParam())), flags) << entry.name;
  }
}

TEST_P(HelpTest, APageNamesEveryChoiceAndAction) {
  for (const VerbEntry& entry : Verbs()) {
    const std::string page = HelpText(entry.verb, GetParam());
    for (const Flag& flag : Flags()) {
      // --report takes some of the formats that --format of the same page does.
      if ((flag.verbs & VerbBit(entry.verb)) == 0 || flag.value != ValueKind::kChoice) continue;
      const std::string choices = std::string(flag.name) + "=" + PlaceholderOf(flag, GetParam());
      EXPECT_NE(page.find(choices), std::string::npos) << choices << "\n" << page;
    }
    for (const Action& action : Actions()) {
      if (action.verb != entry.verb) continue;
      const std::string line =
          "\n  " + std::string(action.name) + " " + std::string(action.placeholder.In(GetParam()));
      EXPECT_NE(page.find(line), std::string::npos) << line << "\n" << page;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, HelpTest,
                         ::testing::Values(Language::kChinese, Language::kEnglish));

}  // namespace
}  // namespace crossfoot::cli
