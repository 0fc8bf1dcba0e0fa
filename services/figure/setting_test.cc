#include "services/figure/setting.h"

#include <memory>
#include <string>
#include <utility>

#include "core/document.h"
#include "gtest/gtest.h"
#include "services/document/segment.h"
#include "services/mention/recognize.h"

namespace crossfoot::figure {
namespace {

class SettingTest : public ::testing::Test {
 protected:
  void Read(std::string text, std::string uri = "test") {
    absl::StatusOr<core::Document> document =
        document::SegmentDocument(std::move(uri), std::move(text), {});
    ASSERT_TRUE(document.ok()) << document.status();
    document_ = *std::move(document);
    mentions_ = mention::RecognizeMentions(document_, *lexicon_);
  }
  std::string HomeWith(std::string_view given) {
    return FindHomes(document_, mentions_, *lexicon_, given)[0].area;
  }

  const std::unique_ptr<const lexicon::Lexicon> lexicon_ = lexicon::Lexicon::Load().value();
  core::Document document_;
  std::vector<core::Mention> mentions_;
};

TEST_F(SettingTest, TitleNamesTheHome) {
  Read("2024年一季度江苏省经济运行情况\n全省生产总值增长6.2%，比浙江省高0.1个百分点。\n");
  EXPECT_EQ(HomeWith(""), "江苏");
  EXPECT_EQ(HomeWith("浙江"), "江苏");
}

TEST_F(SettingTest, GivenPlaceFillsAWordThatNothingExplains) {
  Read("上半年全市经济运行情况\n全市生产总值增长1.5%，增速高于全省0.3个百分点。\n");
  EXPECT_EQ(HomeWith(""), "全市");
  EXPECT_EQ(HomeWith("大庆市"), "大庆市");
  EXPECT_EQ(HomeWith("某某市"), "某某市");
  EXPECT_EQ(HomeWith("江苏"), "全市") << "a province is no 全市";
}

TEST_F(SettingTest, UriNamesTheHomeOfAWordThatNothingExplains) {
  const std::string text =
      "上半年全市经济运行情况\n全市生产总值增长1.5%，增速高于全省0.3个百分点。\n";
  for (const char* uri : {"大庆市上半年.txt", "reports/analysis_daqing_2.txt", "Daqing-2025.html",
                          "https://tjj.daqing.gov.cn/a/b/content_1.html?x=suihua",
                          "https://example.org/beijing/daqing.html"}) {
    Read(text, uri);
    EXPECT_EQ(HomeWith(""), "大庆市") << uri;
    EXPECT_EQ(HomeWith("绥化市"), "绥化市") << uri;
  }
  for (const char* uri : {"daqing/report.txt", "heilongjiang.txt", "suzhou.txt",  // 苏州, 宿州
                          "daqing_suihua.txt", "daqingish.txt", "https://daqing", ""}) {
    Read(text, uri);
    EXPECT_EQ(HomeWith(""), std::string_view(uri) == "https://daqing" ? "大庆市" : "全市") << uri;
  }
}

TEST_F(SettingTest, NationIsTheDefault) {
  Read("2024年软件业运行情况\n软件业务收入增长10%。\n");
  EXPECT_EQ(HomeWith("大庆市"), "全国");
}

TEST_F(SettingTest, FindsTheDayOfTheReport) {
  Read("2026年政府工作报告\n——2026年2月3日在市人民代表大会上\n到2030年末，人口达到500万人。\n");
  EXPECT_EQ(FindDates(document_, mentions_)[0], absl::CivilDay(2026, 2, 3));
}

TEST_F(SettingTest, ParagraphWithOtherLineBreaksIsACopy) {
  const std::string first =
      "一季度，全市规模以上工业企业实现营业收入一千二百亿元以上，比上年同期有较快增长，企业效益明显"
      "改善。"
      "其中高技术制造业企业实现的营业收入占全部规模以上工业企业营业收入的比重进一步提高，结构继续优"
      "化。";
  std::string second = first;
  second.insert(first.find("，比上年"), " ");
  Read(first + "\n\n" +
       "这里是另外一个段落，说的是完全不同的事情，而且没有任何一句话与前面的段落相同。\n\n" +
       second + "\n");
  const std::vector<bool> copies = FindCopies(document_);
  ASSERT_EQ(copies.size(), 3u);
  EXPECT_FALSE(copies[0]);
  EXPECT_FALSE(copies[1]);
  EXPECT_TRUE(copies[2]);
}

}  // namespace
}  // namespace crossfoot::figure
