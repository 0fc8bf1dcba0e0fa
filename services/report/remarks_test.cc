#include "services/report/remarks.h"

#include <vector>

#include "core/verdict.h"
#include "gtest/gtest.h"
#include "services/document/remark.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using testing::MakeContradiction;
using validation::Validation;

TEST(RemarksTest, SaysTheFindingAtItsFigure) {
  const Validation validation = MakeContradiction("a.txt");
  const std::vector<document::Remark> remarks = RemarksOf(validation, Language::kChinese);
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_EQ(validation.document.TextOf(remarks[0].range), "2187亿元");
  EXPECT_EQ(remarks[0].severity, core::Severity::kError);
  EXPECT_EQ(remarks[0].text,
            "错误：分项之和与合计不符\n"
            "关系：2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿，印作2463亿\n"
            "印数：[2462.5亿, 2463.5亿] CNY\n"
            "应为：[2470.825亿, 2472.935亿] CNY\n"
            "相差：7.325亿 CNY\n"
            "存疑：2187亿元（a.txt:2:10）\n"
            "改为：2187亿元 → 2178（相邻两位颠倒）\n"
            "a.txt:1:14：2463亿元 全国 数据服务总收入\n"
            "a.txt:2:21：129.1亿元 中部地区 数据服务总收入\n"
            "a.txt:2:33：150亿元 西部地区 数据服务总收入\n"
            "a.txt:2:43：5.78亿元 东北地区 数据服务总收入\n"
            "[parts-sum-to-total]");
  EXPECT_EQ(RemarksOf(validation, Language::kEnglish)[0].text,
            "error: the parts do not add up to the total\n"
            "relation: 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿\n"
            "printed: [2462.5亿, 2463.5亿] CNY\n"
            "implied: [2470.825亿, 2472.935亿] CNY\n"
            "off by: 7.325亿 CNY\n"
            "suspect: 2187亿元 (a.txt:2:10)\n"
            "repair: 2187亿元 → 2178 (digits swapped)\n"
            "a.txt:1:14: 2463亿元 全国 数据服务总收入\n"
            "a.txt:2:21: 129.1亿元 中部地区 数据服务总收入\n"
            "a.txt:2:33: 150亿元 西部地区 数据服务总收入\n"
            "a.txt:2:43: 5.78亿元 东北地区 数据服务总收入\n"
            "[parts-sum-to-total]");
}

TEST(RemarksTest, AFindingWithoutAFigureOfTheReportHasNone) {
  Validation validation = MakeContradiction("a.txt");
  validation.findings[0].suspect = -1;
  validation.findings[0].figures = {100};
  EXPECT_TRUE(RemarksOf(validation, Language::kChinese).empty());
}

}  // namespace
}  // namespace crossfoot::report
