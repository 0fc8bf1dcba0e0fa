#include "services/report/text_writer.h"

#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/mention.h"
#include "core/source_map.h"
#include "core/text_span.h"
#include "core/verdict.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using testing::MakeContradiction;
using validation::Validation;

constexpr TextOptions kEnglish = {.language = Language::kEnglish};

TEST(TextWriterTest, ShowsAFindingInChinese) {
  EXPECT_EQ(FindingsToText(MakeContradiction("a.txt"), {}),
            R"(a.txt:2:10: error: 分项之和与合计不符 [parts-sum-to-total]
    其中，东部地区完成2187亿元，中部地区129.1亿元，西部地区150亿元，东北地区5.78亿元。
                      ^~~~~~~~          ^~~~~~~~~          ^~~~~~~          ^~~~~~~~
  关系：2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿，印作2463亿
  印数：[2462.5亿, 2463.5亿] CNY
  应为：[2470.825亿, 2472.935亿] CNY
  相差：7.325亿 CNY
  存疑：2187亿元（a.txt:2:10）
  改为：2187亿元 → 2178（相邻两位颠倒）
a.txt:1:14: note: 2463亿元 全国 数据服务总收入
)");
}

TEST(TextWriterTest, ShowsAFindingInEnglish) {
  EXPECT_EQ(FindingsToText(MakeContradiction("a.txt"), kEnglish),
            R"(a.txt:2:10: error: the parts do not add up to the total [parts-sum-to-total]
    其中，东部地区完成2187亿元，中部地区129.1亿元，西部地区150亿元，东北地区5.78亿元。
                      ^~~~~~~~          ^~~~~~~~~          ^~~~~~~          ^~~~~~~~
  relation: 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿
  printed: [2462.5亿, 2463.5亿] CNY
  implied: [2470.825亿, 2472.935亿] CNY
  off by: 7.325亿 CNY
  suspect: 2187亿元 (a.txt:2:10)
  repair: 2187亿元 → 2178 (digits swapped)
a.txt:1:14: note: 2463亿元 全国 数据服务总收入
)");
}

TEST(TextWriterTest, ShowsWhereAnEarlierReportSaysIt) {
  Validation validation = MakeContradiction("a.txt");
  validation.cited.push_back({validation.figures[0], "earlier.txt", {3, 11, 7, 2}});
  validation.cited[0].figure.content = "2463亿元";
  validation.findings[0].figures = {2, static_cast<int32_t>(validation.figures.size())};
  const std::string text = FindingsToText(validation, {});
  EXPECT_NE(text.find("\nearlier.txt:7:2: note: 2463亿元 全国 数据服务总收入\n"), std::string::npos)
      << text;
}

TEST(TextWriterTest, CutsTheSentenceToTheRow) {
  Validation validation = MakeContradiction("a.txt");
  validation.checks.clear();
  validation.findings[0].suspect = -1;
  validation.findings[0].repairs.clear();
  EXPECT_EQ(FindingsToText(validation, {.language = Language::kEnglish, .max_columns = 40}),
            R"(a.txt:1:14: error: the parts do not add up to the total [parts-sum-to-total]
    …，数据服务总收入2463亿元，同比增长7.6%
                     ^~~~~~~~
    。
a.txt:2:10: note: 2187亿元 东部地区 数据服务总收入
a.txt:2:21: note: 129.1亿元 中部地区 数据服务总收入
a.txt:2:33: note: 150亿元 西部地区 数据服务总收入
a.txt:2:43: note: 5.78亿元 东北地区 数据服务总收入
)");
}

TEST(TextWriterTest, DoesNotRepeatARelationThatTheMessageHolds) {
  Validation validation = MakeContradiction("a.txt");
  validation.findings[0].message_en += ": " + validation.checks[0].expression_en;
  const std::string text = FindingsToText(validation, kEnglish);
  EXPECT_EQ(text.find("relation:"), std::string::npos) << text;
  EXPECT_NE(text.find("2471.88亿; printed 2463亿 [parts-sum-to-total]"), std::string::npos) << text;
}

TEST(TextWriterTest, ExplainsEveryCheckOfAFinding) {
  Validation validation = MakeContradiction("a.txt");
  core::Check beside = validation.checks[0];
  beside.rule_id = "share-matches-amounts";
  beside.verdict = core::Verdict::kExact;
  beside.expression_en = "a ÷ b";
  beside.figures = {validation.findings[0].suspect};
  validation.checks.push_back(beside);
  const std::string text =
      FindingsToText(validation, {.language = Language::kEnglish, .explain = true});
  EXPECT_NE(text.find("printed 2463亿 (inconsistent) [parts-sum-to-total]\n    total  "),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("[2186.5亿, 2187.5亿] CNY  a.txt:2:10"), std::string::npos) << text;
  EXPECT_NE(text.find("beside: a ÷ b (exact) [share-matches-amounts]\n"), std::string::npos)
      << text;
  const std::string chinese = FindingsToText(validation, {.explain = true});
  EXPECT_NE(chinese.find("（矛盾） [parts-sum-to-total]\n    合计  "), std::string::npos)
      << chinese;
  EXPECT_EQ(FindingsToText(validation, {}).find("    合计  "), std::string::npos);
}

TEST(TextWriterTest, ListsTheChecksThatHold) {
  Validation validation = MakeContradiction("a.txt");
  EXPECT_EQ(PassedToText(validation, {}), "");
  core::Check holds = validation.checks[0];
  holds.verdict = core::Verdict::kWithinRounding;
  holds.expression_zh = "1 + 1 = 2";
  validation.checks.push_back(holds);
  EXPECT_EQ(PassedToText(validation, {}),
            "a.txt:1:14: ok: 1 + 1 = 2（舍入以内） [parts-sum-to-total]\n");
}

TEST(TextWriterTest, ColorsOnlyWhenTold) {
  const Validation validation = MakeContradiction("a.txt");
  EXPECT_EQ(FindingsToText(validation, {}).find('\x1b'), std::string::npos);
  EXPECT_EQ(SummaryToText("a.txt", validation.summary, {}).find('\x1b'), std::string::npos);
  const std::string colored = FindingsToText(validation, {.color = true});
  EXPECT_NE(colored.find("\x1b[1;31merror:\x1b[0m"), std::string::npos) << colored;
  // Without its escapes it is the same text.
  std::string plain;
  for (size_t byte = 0; byte < colored.size(); ++byte) {
    if (colored[byte] == '\x1b') {
      byte = colored.find('m', byte);
    } else {
      plain += colored[byte];
    }
  }
  EXPECT_EQ(plain, FindingsToText(validation, {}));
}

TEST(TextWriterTest, NothingOfTheReportReachesTheTerminalButPrintableText) {
  Validation validation = MakeContradiction("a\x1b[2J.txt");
  validation.findings[0].message_zh = "x\x1b]0;title\x07y";
  validation.checks[0].expression_zh = "1\r2";
  validation.figures[3].indicator = "收入\x1b[8m";
  const std::string text = FindingsToText(validation, {}) + FiguresToText(validation, {}) +
                           SummaryToText(validation.document.uri, validation.summary, {});
  for (const char character : text) {
    EXPECT_TRUE(static_cast<unsigned char>(character) >= 0x20 || character == '\n')
        << static_cast<int>(character);
  }
}

// A document of one table row: no sentence to show.
TEST(TextWriterTest, ShowsTheRowOfATable) {
  Validation validation;
  core::Document& document = validation.document;
  document.uri = "b.txt";
  document.source = document.text = "指标 一季度 二季度\n收入 100 200\n";
  document.source_map.AppendCopied(0, static_cast<int32_t>(document.text.size()));
  document.line_index = core::LineIndex(document.source);
  core::Table table;
  table.row_count = 2;
  table.column_count = 3;
  int32_t cell_index = 0;
  for (const char* content : {"指标", "一季度", "二季度", "收入", "100", "200"}) {
    core::Cell cell;
    cell.range.start = static_cast<int32_t>(document.text.find(content));
    cell.range.end = cell.range.start + static_cast<int32_t>(std::string(content).size());
    cell.row = cell_index / 3;
    cell.column = cell_index % 3;
    table.cells.push_back(cell);
    ++cell_index;
  }
  document.tables.push_back(table);
  for (const int32_t cell : {4, 5}) {
    core::Mention mention;
    mention.range = table.cells[cell].range;
    mention.table = 0;
    mention.cell = cell;
    core::Figure figure;
    figure.id = "f" + std::to_string(cell - 3);
    figure.range = mention.range;
    figure.mention = cell - 4;
    validation.mentions.push_back(mention);
    validation.figures.push_back(figure);
  }
  core::Finding finding;
  finding.rule_id = "rule";
  finding.severity = core::Severity::kWarning;
  finding.message_en = "odd";
  finding.figures = {0, 1};
  validation.findings.push_back(finding);
  EXPECT_EQ(FindingsToText(validation, kEnglish),
            "b.txt:2:4: warning: odd [rule]\n"
            "    收入 100 200\n"
            "         ^~~ ^~~\n");
}

TEST(TextWriterTest, ManyOperandsElsewhereAreCounted) {
  Validation validation = MakeContradiction("a.txt");
  const core::Figure part = validation.figures[3];
  validation.findings[0].figures = {0};
  validation.findings[0].suspect = 0;
  for (int copy = 0; copy < 30; ++copy) {
    validation.findings[0].figures.push_back(static_cast<int32_t>(validation.figures.size()));
    validation.figures.push_back(part);
  }
  const std::string text = FindingsToText(validation, kEnglish);
  EXPECT_NE(text.find("  and 14 more figures\n"), std::string::npos) << text;
}

TEST(TextWriterTest, SumsUpADocument) {
  const Validation validation = MakeContradiction("a.txt");
  EXPECT_EQ(SummaryToText("a.txt", validation.summary, {}),
            "a.txt：数据6个（已核对5），核对1次（矛盾1），问题1处（错误1）\n");
  EXPECT_EQ(SummaryToText("a.txt", validation.summary, kEnglish),
            "a.txt: 6 figures (5 checked), 1 check (1 inconsistent), 1 finding (1 error)\n");
  EXPECT_EQ(SummaryToText("b", {}, kEnglish), "b: 0 figures, 0 checks, 0 findings\n");
}

TEST(TextWriterTest, TotalsAddUpEveryCounter) {
  validation::Summary summary = MakeContradiction("a").summary;
  summary.checks_exact = 2;
  summary.checks = 3;
  summary.infos = 2;
  summary.findings = 3;
  Totals totals;
  totals.documents = 3;
  totals.failed_documents = 1;
  totals.Add(summary);
  totals.Add(summary);
  EXPECT_EQ(TotalsToText(totals, kEnglish),
            "total: 3 files (1 not checked), 12 figures (10 checked), 6 checks (4 exact, 2 "
            "inconsistent), 6 findings (2 errors, 4 info)\n");
  EXPECT_EQ(totals.summary.sentences, 4);
  EXPECT_EQ(totals.summary.mentions, 14);
}

TEST(TextWriterTest, ListsFiguresInAlignedColumns) {
  Validation validation = MakeContradiction("a.txt");
  validation.figures[1].base = "全国";
  validation.figures[1].qualifier = core::Qualifier::kAbout;
  validation.figures[1].status = core::Status::kTarget;
  EXPECT_EQ(
      FiguresToText(validation, kEnglish),
      R"(a.txt:1:14  f1  LEVEL        2463亿元   246300000000 CNY  全国 数据服务总收入 | 2024-01-01/2024-02-29
a.txt:1:25  f2  GROWTH_RATE  7.6%       7.6 %             全国 数据服务总收入 | 2024-01-01/2024-02-29 | YEAR_AGO | of 全国 | ABOUT | TARGET
a.txt:2:10  f3  LEVEL        2187亿元   218700000000 CNY  东部地区 数据服务总收入 | 2024-01-01/2024-02-29
a.txt:2:21  f4  LEVEL        129.1亿元  12910000000 CNY   中部地区 数据服务总收入 | 2024-01-01/2024-02-29
a.txt:2:33  f5  LEVEL        150亿元    15000000000 CNY   西部地区 数据服务总收入 | 2024-01-01/2024-02-29
a.txt:2:43  f6  LEVEL        5.78亿元   578000000 CNY     东北地区 数据服务总收入 | 2024-01-01/2024-02-29
)");
}

TEST(TextWriterTest, ListsMentionsInAlignedColumns) {
  Validation validation = MakeContradiction("a.txt");
  validation.mentions.resize(3);
  core::Mention area;
  area.kind = core::MentionKind::kArea;
  area.range = {static_cast<int32_t>(validation.document.text.find("东部")), 0};
  area.range.end = area.range.start + 6;
  area.canonical = "东部地区";
  validation.mentions.push_back(area);
  EXPECT_EQ(MentionsToText(validation), R"(a.txt:1:1   PERIOD  1—2月份   2024-01-01/2024-02-29
a.txt:1:14  NUMBER  2463亿元  246300000000 CNY
a.txt:1:25  NUMBER  7.6%      7.6 %
a.txt:2:4   AREA    东部      东部地区
)");
}

}  // namespace
}  // namespace crossfoot::report
