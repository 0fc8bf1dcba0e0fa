#include "services/lexicon/lexicon.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"

namespace crossfoot::lexicon {
namespace {

using core::MentionKind;

TEST(LexiconTest, LoadsTheBuiltInWords) {
  const auto lexicon = Lexicon::Load();
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_EQ((*lexicon)->LongestWord("同比增长7.6%").size, 6);
  EXPECT_EQ((*lexicon)->LongestUnit("亩产").info->code, "亩");
  EXPECT_EQ((*lexicon)->LongestUnit("个百分点").info->code, "pp");
  EXPECT_EQ(*(*lexicon)->LongestScale("万亿元").info, 12);
  const auto area = (*lexicon)->LongestWord("北京市软件收入");
  ASSERT_TRUE(area);
  EXPECT_EQ((*lexicon)->area(area.info->area).name, "北京");
  EXPECT_EQ((*lexicon)->area(area.info->area).code, "CN-BJ");
}

TEST(LexiconTest, FindsTheLongestStatisticAtTheEnd) {
  const auto lexicon = Lexicon::Load();
  ASSERT_TRUE(lexicon.ok());
  EXPECT_EQ((*lexicon)->IndicatorSuffix("第一产业增加值").size, 9);
  EXPECT_EQ((*lexicon)->IndicatorSuffix("实现利润总额").size, 12);
  EXPECT_FALSE((*lexicon)->IndicatorSuffix("独角兽"));
}

TEST(LexiconTest, KnowsWhatStatisticsAreBrokenDownBy) {
  const auto lexicon = Lexicon::Load();
  ASSERT_TRUE(lexicon.ok());
  const auto industry = (*lexicon)->LongestSector("汽车制造业增长5%");
  ASSERT_TRUE(industry);
  EXPECT_EQ(industry.size, 15);
  EXPECT_EQ(industry.info->code, "36");
  EXPECT_EQ(industry.info->kind, SectorKind::kIndustry);
  EXPECT_EQ((*lexicon)->LongestSector("国企利润").info->name, "国有企业");
  EXPECT_EQ((*lexicon)->LongestSector("机电产品出口").info->kind, SectorKind::kGoods);
  EXPECT_TRUE((*lexicon)->EndsLikeBreakdown("钢材"));
  EXPECT_TRUE((*lexicon)->EndsLikeBreakdown("股份制企业"));
  EXPECT_FALSE((*lexicon)->EndsLikeBreakdown("钢材产量"));
}

TEST(LexiconTest, ReadsSharedNamesByTheSortOfPlace) {
  const auto lexicon = Lexicon::Load();
  ASSERT_TRUE(lexicon.ok());
  EXPECT_EQ((*lexicon)->FindArea("吉林", core::AreaLevel::kCity)->name, "吉林市");
  EXPECT_EQ((*lexicon)->FindArea("吉林", core::AreaLevel::kProvince)->code, "CN-JL");
  EXPECT_EQ((*lexicon)->FindArea("吉林", core::AreaLevel::kPartner), nullptr);
  EXPECT_EQ((*lexicon)->FindArea("越南", core::AreaLevel::kPartner)->code, "VN");
}

struct BadFile {
  const char* name;
  const char* text;
  const char* message;
};

class BadLexiconTest : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadLexiconTest, IsRefusedWithItsPlace) {
  const auto lexicon = Lexicon::Parse({{"words.textproto", GetParam().text}});
  ASSERT_FALSE(lexicon.ok());
  EXPECT_EQ(core::ReasonOf(lexicon.status()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(std::string(lexicon.status().message()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadLexiconTest,
    ::testing::Values(
        BadFile{"UnknownField", "units { wrod: \"吨\" }",
                "words.textproto:1:13: Message type \"crossfoot.config.v1.Unit\" has no field "
                "named \"wrod\"."},
        BadFile{
            "DuplicateWord", "units { words: \"吨\" }\nunits { words: \"吨\" }",
            "words.textproto:2: \"吨\" stands twice among the units, first at words.textproto:1"},
        BadFile{"EmptyWord", "\nplain_words: \"\"",
                "words.textproto:2: an empty word among the words"},
        BadFile{"EmptySector", "sectors { name: \"\" kind: KIND_GOODS }",
                "words.textproto:1: an empty word among the sectors"},
        BadFile{"SharedNameTwice",
                "areas { name: \"甲市\" shared_aliases: \"甲\" level: LEVEL_CITY }\n"
                "areas { name: \"甲州\" shared_aliases: \"甲\" level: LEVEL_CITY }",
                "words.textproto:2: \"甲\" stands twice among areas of a level"},
        BadFile{"NoRole", "cues { words: \"同比\" }", "words.textproto:1: a cue without a role"},
        BadFile{"NoSign", "directions { words: \"增长\" }",
                "words.textproto:1: a sign must be 1 or -1"},
        BadFile{"NoQualifier", "hedges { words: \"约\" }",
                "words.textproto:1: a hedge without a qualifier"},
        BadFile{"ScalePower", "scales { word: \"万\" power: 44 }",
                "words.textproto:1: a scale's power must be 1 to 16"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace crossfoot::lexicon
