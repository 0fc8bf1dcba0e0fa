#include "services/document/line_shape.h"

#include <gtest/gtest.h>

namespace crossfoot::document {
namespace {

TEST(LineShapeTest, ReadsOutlineNumbers) {
  EXPECT_EQ(OutlineDepth("一、综合"), 1);
  EXPECT_EQ(OutlineDepth("十二、附则"), 1);
  EXPECT_EQ(OutlineDepth("第三部分 主要任务"), 1);
  EXPECT_EQ(OutlineDepth("（二）工业"), 2);
  EXPECT_EQ(OutlineDepth("(十一)服务业"), 2);
  EXPECT_EQ(OutlineDepth("1、生产"), 3);
  EXPECT_EQ(OutlineDepth("2. 投资"), 3);
  EXPECT_EQ(OutlineDepth("（3）消费"), 4);
  EXPECT_EQ(OutlineDepth("1.5亿元的投资"), 0);
  EXPECT_EQ(OutlineDepth("一是稳增长"), 0);
  EXPECT_EQ(OutlineDepth("（含农垦）人口"), 0);
  EXPECT_EQ(OutlineDepth("2012年，全市"), 0);
  EXPECT_EQ(OutlineDepth(""), 0);
}

TEST(LineShapeTest, KnowsNumberCells) {
  for (const char* cell :
       {"5", "-1.6", "+3", "−2.5", "1,173.5", "100.0", "5.1%", "持平", "—", "-", "…", "12 %"}) {
    EXPECT_TRUE(IsNumberCell(cell)) << cell;
  }
  for (const char* cell :
       {"", "5亿元", "2012年", "1.2.3", "工业", "（%）", "12月末", "5-6", "A1", "."}) {
    EXPECT_FALSE(IsNumberCell(cell)) << cell;
  }
  EXPECT_TRUE(IsYearNumber("2012"));
  EXPECT_FALSE(IsYearNumber("1812"));
  EXPECT_FALSE(IsYearNumber("201"));
}

TEST(LineShapeTest, KnowsCaptionsAndUnitNotes) {
  EXPECT_TRUE(IsUnitNote("单位：亿元"));
  EXPECT_TRUE(IsUnitNote("（单位:万吨）"));
  EXPECT_FALSE(IsUnitNote("单位职工人数"));
  EXPECT_TRUE(IsCaption("图1 收入增长情况"));
  EXPECT_TRUE(IsCaption("附表3：主要指标"));
  EXPECT_TRUE(IsCaption("表二 就业"));
  EXPECT_FALSE(IsCaption("表示将继续努力"));
  EXPECT_FALSE(IsCaption("图1显示，收入增长5%。"));
}

TEST(LineShapeTest, KnowsNotes) {
  for (const char* note : {"附注", "附注：口径为上年", "注：1、数据", "（注：见附表）", "注1：口径",
                           "（来源：统计局）", "数据来源：统计局", "来源:某报"}) {
    EXPECT_TRUE(IsNote(note)) << note;
  }
  EXPECT_FALSE(IsNote("注册资本5亿元"));
  EXPECT_FALSE(IsNote("注重质量"));
  EXPECT_TRUE(IsSourceNote("（来源：统计局）"));
  EXPECT_FALSE(IsSourceNote("来源：统计局"));
}

TEST(LineShapeTest, BylinesAreNoProse) {
  for (const char* line :
       {"本报记者 张某", "责任编辑：李某", "发布时间：2011-06-21", "刘某摄", "（上接第1版）",
        "（王小明）", "（2013年3月20日）", "2026-02-02 09:20", "某某新闻记者 王某"}) {
    EXPECT_TRUE(IsByline(line)) << line;
  }
  for (const char* line :
       {"记者：今年以来，经济运行怎样？", "时间紧，任务重", "作者群体达到5万人，增长3%。",
        "（下同）", "记者从统计局获悉，收入增长5%"}) {
    EXPECT_FALSE(IsByline(line)) << line;
  }
}

TEST(LineShapeTest, KnowsImprintNavigationAndPages) {
  EXPECT_TRUE(IsImprint("京ICP备12345678号"));
  EXPECT_TRUE(IsImprint("联系电话：010-12345678"));
  EXPECT_FALSE(IsImprint("电话用户60万户，下降6.5%"));
  EXPECT_FALSE(IsImprint("版权收入增长5%，达到3亿元。"));
  EXPECT_TRUE(IsNavigation("打印"));
  EXPECT_FALSE(IsNavigation("打印机"));
  EXPECT_TRUE(IsDottedContentsEntry("综合……12"));
  EXPECT_TRUE(IsDottedContentsEntry("主要任务......3"));
  EXPECT_FALSE(IsDottedContentsEntry("增长到12"));
  EXPECT_TRUE(IsDecoratedPageNumber("- 12 -"));
  EXPECT_TRUE(IsDecoratedPageNumber("第 3 页"));
  EXPECT_FALSE(IsDecoratedPageNumber("-12"));
  EXPECT_TRUE(IsPageNumber("12"));
  EXPECT_FALSE(IsPageNumber("10.7"));
  EXPECT_FALSE(IsPageNumber("12345"));
}

TEST(LineShapeTest, SeesWhereALineStops) {
  EXPECT_TRUE(EndsClosed("增长5%。"));
  EXPECT_TRUE(EndsClosed("“稳定”"));
  EXPECT_FALSE(EndsClosed("同比增长"));
  EXPECT_TRUE(HasInnerStop("增长。下降"));
  EXPECT_FALSE(HasInnerStop("增长5%。"));
  EXPECT_TRUE(LeavesBracketOpen("他说“市场"));
  EXPECT_FALSE(LeavesBracketOpen("他说“市场”（上）"));
  EXPECT_TRUE(EndsUnfinished("全市收入比上年同比"));
  EXPECT_FALSE(EndsUnfinished("收入同比增长"));
  EXPECT_TRUE(StartsWithQuantity("10.7%，占"));
  EXPECT_TRUE(StartsWithQuantity("20亿元"));
  EXPECT_FALSE(StartsWithQuantity("2012年，"));
  EXPECT_FALSE(StartsWithQuantity("收入"));
}

}  // namespace
}  // namespace crossfoot::document
