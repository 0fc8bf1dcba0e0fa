#include "services/validation/suppression.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/validation/pipeline.h"

namespace crossfoot::validation {
namespace {

const Pipeline& BuiltIn() {
  static const Pipeline& pipeline = *Pipeline::Create()->release();
  return pipeline;
}

Validation Check(const std::string& uri, const std::string& text) {
  return *BuiltIn().Validate(uri, text, {});
}

// A share that does not follow from its amounts, and another one.
constexpr char kWrong[] =
    "2023年，全国数据服务收入1000亿元，其中东部地区数据服务收入500.0亿元，占全国的52.0%。";
constexpr char kWrongToo[] =
    "2023年，全国棉纱销售额2000亿元，其中东部地区棉纱销售额300.0亿元，占全国的51.0%。";

TEST(SuppressionTest, ACommentAcceptsWhatItsRuleFindsInTheNextBlock) {
  const std::string comment = "<!-- crossfoot:ignore share-matches-amounts 附表口径不同 -->\n\n";
  const Validation all = Check("a.md", std::string(kWrong) + "\n\n" + kWrongToo);
  ASSERT_EQ(all.findings.size(), 2u);
  EXPECT_EQ(all.findings[0].rule_id, "share-matches-amounts");
  const Validation one = Check("a.md", comment + kWrong + "\n\n" + kWrongToo);
  ASSERT_EQ(one.findings.size(), 1u);
  EXPECT_EQ(one.findings[0].fingerprint, all.findings[1].fingerprint);
  EXPECT_EQ(one.summary.accepted, 1);
  EXPECT_EQ(one.summary.findings, 1);
  EXPECT_EQ(one.summary.errors + one.summary.warnings, 1);
  const Validation other = Check("a.txt", std::string(kWrong) + "\n\n" + comment + kWrongToo);
  ASSERT_EQ(other.findings.size(), 1u);
  EXPECT_EQ(other.findings[0].fingerprint, all.findings[0].fingerprint);
}

TEST(SuppressionTest, InsideAParagraphOfHtml) {
  const Validation one =
      Check("a.html", std::string("<p>") + kWrong +
                          "<!-- crossfoot:ignore share-matches-amounts 附表口径不同 --></p><p>" +
                          kWrongToo + "</p>");
  ASSERT_EQ(one.findings.size(), 1u);
  EXPECT_EQ(one.summary.accepted, 1);
}

TEST(SuppressionTest, AnotherRuleOrNoReasonAcceptsNothing) {
  for (const std::string comment :
       {"<!-- crossfoot:ignore parts-sum-to-total 附表口径不同 -->",
        "<!-- crossfoot:ignore share-matches-amounts -->", "<!-- crossfoot:ignore -->",
        "crossfoot:ignore share-matches-amounts 附表口径不同", "<!-- crossfoot:ignore share"}) {
    EXPECT_EQ(Check("a.md", comment + "\n\n" + kWrong).findings.size(), 1u) << comment;
  }
}

TEST(SuppressionTest, FindsRuleReasonAndBlock) {
  const Validation validation = Check(
      "a.md", "# 标题\n\n<!--crossfoot:ignore  some-rule \t two words-->\n第一段。\n\n第二段。");
  const std::vector<Suppression> found = FindSuppressions(validation.document);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule_id, "some-rule");
  EXPECT_EQ(found[0].reason, "two words");
  EXPECT_EQ(validation.document.TextOf(validation.document.blocks[found[0].block].range),
            "第一段。");
}

}  // namespace
}  // namespace crossfoot::validation
