#include "clients/cli/help.h"

#include <algorithm>
#include <string>

#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

void ExpectFitsAScreen(std::string_view text) {
  EXPECT_EQ(text.back(), '\n');
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 24) << text;
  size_t column = 0;
  for (const char byte : text) {
    column = byte == '\n' ? 0 : column + 1;
    ASSERT_LE(column, 80u) << text;
  }
}

TEST(HelpTest, FitsAScreen) {
  ExpectFitsAScreen(HelpText(std::nullopt));
  for (int verb = 0; verb <= static_cast<int>(Verb::kHelp); ++verb) {
    ExpectFitsAScreen(HelpText(static_cast<Verb>(verb)));
  }
}

TEST(HelpTest, TheOverviewNamesEveryVerb) {
  for (int verb = 0; verb <= static_cast<int>(Verb::kHelp); ++verb) {
    const std::string line = "\n  " + std::string(ToString(static_cast<Verb>(verb))) + " ";
    EXPECT_NE(HelpText(std::nullopt).find(line), std::string_view::npos) << line;
  }
}

// Every flag of a text is one that its verb understands: it asks for a value or takes none, but is
// not unknown.
TEST(HelpTest, EveryFlagExists) {
  for (const Verb verb : {Verb::kCheck, Verb::kExtract, Verb::kMentions, Verb::kServe}) {
    const std::string_view text = HelpText(verb);
    int flag_count = 0;
    for (size_t at = text.find("\n  --"); at != std::string_view::npos;
         at = text.find("\n  --", at + 1)) {
      const size_t start = at + 3;
      const std::string flag(text.substr(start, text.find_first_of("= \n", start) - start));
      const auto arguments = ParseArguments({std::string(ToString(verb)), flag});
      const std::string message(arguments.status().message().data(),
                                arguments.status().message().size());
      EXPECT_EQ(message.find("has no flag"), std::string::npos) << message;
      ++flag_count;
    }
    EXPECT_GE(flag_count, 5);
  }
}

}  // namespace
}  // namespace crossfoot::cli
