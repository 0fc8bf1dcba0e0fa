#include "services/document/blocks.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "services/document/line.h"
#include "services/document/plain_text.h"
#include "services/document/tables.h"

namespace crossfoot::document {
namespace {

using core::Block;
using core::BlockKind;
using core::Document;

Document DocumentOf(std::string_view text) {
  Reading reading = ReadPlainText(text);
  FindTables(&reading);
  Document document;
  document.source = text;
  BuildBlocks(reading, &document);
  return document;
}

// One letter a block: H, P, L, C, T, N, F.
std::string Kinds(std::string_view text) {
  std::string kinds;
  for (const Block& block : DocumentOf(text).blocks) {
    kinds += "HPLCTNF"[static_cast<int>(block.kind)];
  }
  return kinds;
}

TEST(BlocksTest, TellsKinds) {
  EXPECT_EQ(Kinds("某市经济运行情况\n收入增长5%，好于预期。\n一、工业\n工业增长。\n图1 "
                  "收入\n注：口径为上年。"),
            "HPHPCN");
  EXPECT_EQ(Kinds("标题\n- 甲项\n- 乙项"), "HLL");
}

TEST(BlocksTest, AParagraphThatBeginsWithANumberStaysAParagraph) {
  EXPECT_EQ(Kinds("标题\n（一）工业平稳。全年增长5%。\n1、投资增长，消费回升。\n二、展望"), "HPPH");
}

TEST(BlocksTest, PrintsNoDigitBesideADigit) {
  const Document document =
      DocumentOf("标题\n\n全市出口总额为2000亿元，其中对东盟和欧盟的出口分别为500\n\n30亿元。");
  EXPECT_EQ(document.TextOf(document.blocks.back().range),
            "全市出口总额为2000亿元，其中对东盟和欧盟的出口分别为500 30亿元。");
}

TEST(BlocksTest, JoinsCutSentences) {
  const std::string_view text =
      "标题\n\n长三角地区完成收入879.7亿元，占\n\n \n全国收入的35.7%。\n\n下一段。";
  const Document document = DocumentOf(text);
  ASSERT_EQ(document.blocks.size(), 3u);
  EXPECT_EQ(document.TextOf(document.blocks[1].range),
            "长三角地区完成收入879.7亿元，占全国收入的35.7%。");
}

TEST(BlocksTest, ADroppedPageNumberIsNeverPartOfASentence) {
  EXPECT_EQ(
      DocumentOf("标题\n\n全市收入增长较快，比上年提高\n\n12\n\n个百分点。").text.find("12") !=
          std::string::npos,
      true);
  const Document document = DocumentOf(
      "标题\n\n全市规模以上服务业企业的营业收入和利润总额增长都比较快，其中现代服务业的比重比上年有"
      "所\n\n- 12 -\n\n"
      "提高，好于预期。");
  EXPECT_EQ(document.TextOf(document.blocks[1].range),
            "全市规模以上服务业企业的营业收入和利润总额增长都比较快，其中现代服务业的比重比上年有所"
            "提高，好于预期。");
}

TEST(BlocksTest, HeadingsAndListsStopAJoin) {
  EXPECT_EQ(Kinds("标题\n全市收入增长较快，增速比上年同比\n二、工业\n工业增长。"), "HPHP");
  EXPECT_EQ(Kinds("标题\n全市收入增长较快，增速比上年同比\n- 甲项收入，增长的\n是第一位。"), "HPL");
}

TEST(BlocksTest, SentencesBelongToTheirBlocks) {
  const Document document = DocumentOf("标题\n收入增长。利润下降。\n税收持平。");
  ASSERT_EQ(document.blocks.size(), 3u);
  int32_t next = 0;
  for (size_t index = 0; index < document.blocks.size(); ++index) {
    const Block& block = document.blocks[index];
    EXPECT_EQ(block.first_sentence, next);
    for (int32_t sentence = next; sentence < next + block.sentence_count; ++sentence) {
      EXPECT_EQ(document.sentences[sentence].block, static_cast<int32_t>(index));
      EXPECT_TRUE(block.range.Contains(document.sentences[sentence].range));
    }
    next += block.sentence_count;
  }
  EXPECT_EQ(next, static_cast<int32_t>(document.sentences.size()));
}

TEST(BlocksTest, NumbersArticles) {
  const Document document =
      DocumentOf("# 甲文\n收入增长，好于预期。\n# 乙文\n利润下降，不及预期。\n## 一节\n税收持平。");
  std::vector<int32_t> articles;
  for (const Block& block : document.blocks) articles.push_back(block.article);
  EXPECT_EQ(articles, (std::vector<int32_t>{0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(document.article_count, 2);
}

TEST(BlocksTest, OneTopHeadingIsOneArticle) {
  EXPECT_EQ(DocumentOf("# 甲文\n收入增长。\n## 乙节\n利润下降。").article_count, 1);
}

}  // namespace
}  // namespace crossfoot::document
