#include "rules/engine/message.h"

#include "gtest/gtest.h"

namespace crossfoot::rules {
namespace {

constexpr MessageLanguage kZh = MessageLanguage::kChinese, kEn = MessageLanguage::kEnglish;

TEST(MessageTest, PutsArgumentsIn) {
  MessageArguments arguments;
  arguments.expression = "2亿元 + 3亿元 = 5亿元";
  arguments.left = "6亿元";
  EXPECT_EQ(FormatMessage("不符：{expression}，印作{left}", kZh, arguments),
            "不符：2亿元 + 3亿元 = 5亿元，印作6亿元");
  // What an argument holds is no pattern.
  arguments.expression = "{left} '{'";
  EXPECT_EQ(FormatMessage("It's {expression}", kEn, arguments), "It's {left} '{'");
}

TEST(MessageTest, AnEmptyNoteLeavesNoBlank) {
  EXPECT_EQ(FormatMessage("An end {note}", kEn, {}), "An end");
}

TEST(MessageTest, CountsInTheLanguage) {
  MessageArguments arguments;
  constexpr std::string_view kPattern = "{parts, plural, one {# part} other {# parts}}";
  arguments.parts = 1;
  EXPECT_EQ(FormatMessage(kPattern, kEn, arguments), "1 part");
  arguments.parts = 1200;
  EXPECT_EQ(FormatMessage(kPattern, kEn, arguments), "1,200 parts");
  EXPECT_EQ(FormatMessage("{parts, plural, other {#项}}", kZh, arguments), "1,200项");
}

TEST(MessageTest, RefusesWhatItCannotFill) {
  EXPECT_EQ(ProblemOfMessage("不符：{expression}{note}", kZh), "");
  EXPECT_EQ(ProblemOfMessage("{parts, plural, one {# part} other {# parts}}", kEn), "");
  EXPECT_EQ(ProblemOfMessage("{expression} {sum}", kEn), "unknown placeholder {sum}");
  EXPECT_EQ(ProblemOfMessage("{0}", kEn), "unknown placeholder {0}");
  EXPECT_NE(ProblemOfMessage("{expression", kEn), "");
  EXPECT_NE(ProblemOfMessage("{parts, plural, one {# part}}", kEn), "");
  EXPECT_NE(ProblemOfMessage("{parts, plurals, other {# part}}", kEn), "");
}

}  // namespace
}  // namespace crossfoot::rules
