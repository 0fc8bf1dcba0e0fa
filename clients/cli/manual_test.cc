#include "clients/cli/manual.h"

#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/flags.h"
#include "core/string_view.h"
#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

using report::Language;

// How often `part` stands in `text`.
int CountOf(const std::string& text, const std::string& part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// The part of the page of that name, by a request of its own to the next one.
std::string Section(const std::string& page, const std::string& name) {
  const size_t start = page.find("\n.SS " + name + "\n");
  EXPECT_NE(start, std::string::npos) << name;
  return page.substr(start, page.find("\n.S", start + 1) - start);
}

class ManualTest : public ::testing::TestWithParam<Language> {};

TEST_P(ManualTest, AVerbHasItsFlagsInOnePlace) {
  const std::string page = ManualPage(GetParam());
  const std::string readers =
      Section(page, GetParam() == Language::kEnglish ? "check, extract, mentions"
                                                     : "check、extract、mentions");
  for (const VerbEntry& entry : Verbs()) {
    const uint32_t bit = VerbBit(entry.verb);
    for (const Flag& flag : Flags()) {
      if ((flag.verbs & bit) == 0) continue;
      const std::string name = absl::StrReplaceAll(core::ToAbsl(flag.name), {{"-", "\\-"}}) +
                               (flag.value == ValueKind::kNone ? "\n" : "= ");
      const std::string own = Section(page, std::string(entry.name));
      const bool reader = (bit & kReaderVerbs) != 0;
      EXPECT_EQ(CountOf(own, " " + name) + (reader ? CountOf(readers, " " + name) : 0), 1)
          << entry.name << " " << flag.name;
    }
  }
}

TEST_P(ManualTest, NothingIsLeftToFillIn) {
  std::istringstream lines(ManualPage(GetParam()));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_EQ(line.find('@'), std::string::npos) << line;
  EXPECT_GT(count, 200);
}

INSTANTIATE_TEST_SUITE_P(Languages, ManualTest,
                         ::testing::Values(Language::kChinese, Language::kEnglish));

TEST(CompletionTest, ShellsKnowEveryFlag) {
  const std::string bash = BashCompletion();
  const std::string zsh = ZshCompletion();
  for (const VerbEntry& entry : Verbs()) {
    const std::string verb(entry.name);
    for (const Flag& flag : Flags()) {
      if ((flag.verbs & VerbBit(entry.verb)) == 0) continue;
      const std::string name = std::string(flag.name) + (flag.value == ValueKind::kNone ? "" : "=");
      const size_t words = bash.find(verb + "/-*) words='");
      ASSERT_NE(words, std::string::npos) << verb;
      EXPECT_NE(absl::StrCat(" ", bash.substr(words, bash.find('\n', words) - words)).find(name),
                std::string::npos)
          << verb << name;
      EXPECT_EQ(CountOf(bash, verb + "/" + std::string(flag.name) + ")") +
                    CountOf(bash, verb + "/" + std::string(flag.name) + " |"),
                flag.value == ValueKind::kNone ? 0 : 1)
          << verb << name;
      for (const char* language : {"zh", "en"}) {
        const size_t arm = zsh.find(absl::StrCat("    ", language, "/", verb, ")\n"));
        ASSERT_NE(arm, std::string::npos) << verb;
        EXPECT_EQ(CountOf(zsh.substr(arm, zsh.find(";;", arm) - arm),
                          (flag.repeatable ? "'*" : "'") + name + "["),
                  1)
            << verb << name;
      }
    }
  }
}

}  // namespace
}  // namespace crossfoot::cli
