#include "services/figure/ranking.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/document/segment.h"
#include "services/mention/recognize.h"

namespace crossfoot::figure {
namespace {

const lexicon::Lexicon& Words() {
  static const lexicon::Lexicon& lexicon = *lexicon::Lexicon::Load()->release();
  return lexicon;
}

// "9.2% +1", one word an extreme; "nation" where the nation is among the others; "steady -1".
std::string Read(const std::string& sentence) {
  const core::Document document = *document::SegmentDocument("a.txt", sentence, {});
  const std::vector<core::Mention> mentions = mention::RecognizeMentions(document, Words(), {});
  const std::vector<Token> tokens = TokenizeSentence(
      document, mentions, document.sentences[0].range, 0, static_cast<int32_t>(mentions.size()));
  const Ranking ranking = ReadRanking(document, mentions, Words(), tokens);
  std::string text;
  for (const Ranking::Extreme& extreme : ranking.extremes) {
    text += std::string(document.TextOf(mentions[extreme.mention].range)) +
            (extreme.sign > 0 ? " +1" : " -1") + (extreme.share ? " share" : "") +
            (extreme.nation ? " nation" : "");
  }
  if (ranking.steady != 0) text += ranking.steady > 0 ? "steady +1" : "steady -1";
  return text;
}

TEST(RankingTest, SpeaksOfTheNumberBeforeOrBehind) {
  EXPECT_EQ(Read("食品价格上涨8.4%，涨幅最为明显，居住价格上涨3.5%。"), "8.4% +1");
  EXPECT_EQ(Read("衣着价格上涨1.1%，食品价格涨幅最大，上涨8.4%。"), "8.4% +1");
  EXPECT_EQ(Read("西部地区进出口增长8.9%，外贸增速领跑全国。"), "8.9% +1 nation");
  EXPECT_EQ(Read("西部地区进出口增长8.9%，增速居全国首位。"), "8.9% +1");
  EXPECT_EQ(Read("东部地区占84.4%，占比最高。"), "84.4% +1 share");
}

TEST(RankingTest, TheLargestFallIsTheSmallestRate) {
  EXPECT_EQ(Read("出口下降5.1%，降幅最大。"), "5.1% -1");
  EXPECT_EQ(Read("出口下降5.1%，降幅最小。"), "5.1% +1");
  EXPECT_EQ(Read("出口增长1.1%，增速最低。"), "1.1% -1");
}

TEST(RankingTest, WhatIsNoClaimOfRank) {
  EXPECT_EQ(Read("最低工资标准提高5%，惠及百姓。"), "");
  EXPECT_EQ(Read("增速最快的行业增长5%，利润下降1%。"), "");  // a number in the clause itself
  EXPECT_EQ(Read("增速最快，前景广阔。"), "");
}

TEST(RankingTest, FromPeriodToPeriod) {
  EXPECT_EQ(Read("产值增速呈逐月回落态势，较上月回落0.3个百分点。"), "steady -1");
  EXPECT_EQ(Read("增速逐季加快，分别增长5%、6%。"), "steady +1");
  EXPECT_EQ(Read("增速回落，较上月回落0.3个百分点。"), "");
}

}  // namespace
}  // namespace crossfoot::figure
