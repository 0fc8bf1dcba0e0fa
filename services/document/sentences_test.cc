#include "services/document/sentences.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_span.h"

namespace crossfoot::document {
namespace {

std::vector<std::string> Cut(std::string_view text) {
  std::vector<core::TextRange> ranges;
  CutSentences(text, {0, static_cast<int32_t>(text.size())}, &ranges);
  std::vector<std::string> sentences;
  for (const core::TextRange& range : ranges) {
    sentences.emplace_back(text.substr(range.start, range.size()));
  }
  return sentences;
}

using Words = std::vector<std::string>;

TEST(SentencesTest, CutsAtMarks) {
  EXPECT_EQ(Cut("增长5%。 下降！为何？见下……完"),
            (Words{"增长5%。", "下降！", "为何？", "见下……", "完"}));
}

TEST(SentencesTest, SemicolonsAndPointsDoNotCut) {
  EXPECT_EQ(Cut("增长5.4%；下降1.1%。"), (Words{"增长5.4%；下降1.1%。"}));
}

TEST(SentencesTest, ClosersBelongToTheSentence) {
  EXPECT_EQ(Cut("他说：“很好。”市场稳定。"), (Words{"他说：“很好。”", "市场稳定。"}));
  EXPECT_EQ(Cut("“真的？！”他问。"), (Words{"“真的？！”", "他问。"}));
}

TEST(SentencesTest, BracketsHoldTogether) {
  EXPECT_EQ(Cut("全市（含农垦。不含外地。）人口10万人。"),
            (Words{"全市（含农垦。不含外地。）人口10万人。"}));
  EXPECT_EQ(Cut("增长。（见附表。）下降。"), (Words{"增长。", "（见附表。）", "下降。"}));
  EXPECT_EQ(Cut("“甲。乙。”的说法。丙。"), (Words{"“甲。乙。”的说法。", "丙。"}));
}

TEST(SentencesTest, AnOpenBracketSwallowsNothing) {
  EXPECT_EQ(Cut("收入（增长。利润下降。"), (Words{"收入（增长。", "利润下降。"}));
  std::string text = "“";
  for (int index = 0; index < 100; ++index) text += "甲乙丙丁。";
  text += "”";
  EXPECT_EQ(Cut(text).size(), 100u);
}

TEST(SentencesTest, ManyBracketsTakeLinearTime) {
  std::string text;
  for (int index = 0; index < 300000; ++index) text += "（";
  text += "收入。";
  for (int index = 0; index < 300000; ++index) text += "）”";
  EXPECT_GE(Cut(text).size(), 1u);
}

// Sentences cover all that is no blank, in order, without overlap.
TEST(SentencesTest, LoseNothing) {
  const std::string text = "一。 （二。）三“四！”五……六？！七.8。 九";
  std::string joined;
  for (const std::string& sentence : Cut(text)) joined += sentence;
  std::string expected;
  for (const char byte : text) {
    if (byte != ' ') expected += byte;
  }
  EXPECT_EQ(joined, expected);
}

}  // namespace
}  // namespace crossfoot::document
