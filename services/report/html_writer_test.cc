#include "services/report/html_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/sha256.h"
#include "core/text_span.h"
#include "core/verdict.h"
#include "services/document/segment.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using testing::MakeContradiction;
using validation::Validation;

v1::DocumentError ErrorOf(const std::string& message) {
  v1::DocumentError error;
  error.set_message(message);
  return error;
}

std::string Page(const std::vector<Validation>& reports, Language language = Language::kChinese) {
  HtmlPage page(language);
  for (const Validation& report : reports) page.Add(report);
  return page.Finish().value();
}

// What stands between the first `open` and the next `close`, both left out.
std::string Between(const std::string& text, std::string_view open, std::string_view close) {
  const size_t start = text.find(open);
  if (start == std::string::npos) return "(none)";
  const size_t end = text.find(close, start + open.size());
  return text.substr(start + open.size(), end - start - open.size());
}

int Count(const std::string& text, std::string_view words) {
  int count = 0;
  for (size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
    ++count;
  return count;
}

// The page without its own style and script.
std::string Markup(const std::string& page) {
  const size_t style = page.find("<style>") + 7;
  const size_t style_end = page.find("</style>");
  const size_t script = page.find("<script>") + 8;
  const size_t script_end = page.rfind("</script>");
  return page.substr(0, style) + page.substr(style_end, script - style_end) +
         page.substr(script_end);
}

// The values of an attribute in `markup`, in quotes or bare, each behind `before`.
std::vector<std::string> Values(const std::string& markup, const std::string& before) {
  const std::regex value(before + R"re((?:"([^"]*)"|([^ ">]+)))re");
  std::vector<std::string> values;
  for (std::sregex_iterator it(markup.begin(), markup.end(), value), end; it != end; ++it) {
    values.push_back((*it)[1].matched ? (*it)[1].str() : (*it)[2].str());
  }
  return values;
}

// Every link leads to something that is there once.
void ExpectLinksLead(const std::string& page) {
  const std::string markup = Markup(page);
  std::set<std::string> ids;
  for (const std::string& id : Values(markup, " id=")) {
    EXPECT_TRUE(ids.insert(id).second) << "twice: " << id;
  }
  for (const char* attribute : {" aria-labelledby=", " aria-describedby="}) {
    for (const std::string& id : Values(markup, attribute)) EXPECT_TRUE(ids.count(id)) << id;
  }
  const std::vector<std::string> links = Values(markup, " href=");
  EXPECT_GT(links.size(), 5u);
  for (const std::string& link : links) {
    if (link == "data:,") continue;
    ASSERT_EQ(link[0], '#') << link;
    EXPECT_TRUE(ids.count(link.substr(1))) << link;
  }
}

// A text with figures on the words `contents`, each of them found behind the one before.
Validation MakeReport(std::string bytes, const std::vector<std::string>& contents) {
  absl::StatusOr<core::Document> document = document::SegmentDocument("a", std::move(bytes));
  Validation validation;
  EXPECT_TRUE(document.ok()) << document.status();
  if (!document.ok()) return validation;
  validation.document = *std::move(document);
  int32_t from = 0;
  for (const std::string& content : contents) {
    const size_t at = validation.document.text.find(content, from);
    EXPECT_NE(at, std::string::npos) << content;
    core::Figure figure;
    figure.range = {static_cast<int32_t>(at), static_cast<int32_t>(at + content.size())};
    figure.content = content;
    validation.figures.push_back(figure);
    from = figure.range.end;
  }
  return validation;
}

core::Check MakeCheck(core::Verdict verdict, std::vector<int32_t> figures) {
  core::Check check;
  check.rule_id = "some-rule";
  check.verdict = verdict;
  check.figures = std::move(figures);
  return check;
}

TEST(HtmlWriterTest, MarksTheFiguresInTheText) {
  const std::string page = Page({MakeContradiction("a.txt")});
  EXPECT_EQ(
      Between(page, "<div class=text lang=zh>\n", "</div>"),
      R"(<p>1—2月份，数据服务总收入<a class="fig s-contradicted" id="f1-1" href="#d1-1" data-rows="d1-1" aria-describedby="s-contradicted" data-n="1">2463亿元</a>，同比增长<a class="fig s-unchecked" id="f1-2" href="#d1-2" data-rows="d1-2" aria-describedby="s-unchecked">7.6%</a>。</p>
<p>其中，东部地区完成<a class="fig s-suspect" id="f1-3" href="#d1-3" data-rows="d1-3" aria-describedby="s-suspect" data-n="1">2187亿元</a>，中部地区<a class="fig s-contradicted" id="f1-4" href="#d1-4" data-rows="d1-4" aria-describedby="s-contradicted" data-n="1">129.1亿元</a>，西部地区<a class="fig s-contradicted" id="f1-5" href="#d1-5" data-rows="d1-5" aria-describedby="s-contradicted" data-n="1">150亿元</a>，东北地区<a class="fig s-contradicted" id="f1-6" href="#d1-6" data-rows="d1-6" aria-describedby="s-contradicted" data-n="1">5.78亿元</a>。</p>
)");
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, ListsTheFindings) {
  const std::string page = Page({MakeContradiction("a.txt")}, Language::kEnglish);
  EXPECT_EQ(
      Between(page, "<ol id=findings>\n", "</ol>"),
      R"(<li class="finding error" id="p1" value="1" data-sev="error" data-states="contradicted suspect" data-rules="parts-sum-to-total">
<p class=message><span class=severity>error</span> <a class=jump href="#f1-3">the parts do not add up to the total</a></p>
<dl><div><dt>printed</dt><dd>[2462.5亿, 2463.5亿] CNY</dd></div><div><dt>implied</dt><dd>[2470.825亿, 2472.935亿] CNY</dd></div><div><dt>off by</dt><dd>7.325亿 CNY</dd></div><div><dt>suspect</dt><dd><a class=to href="#f1-3">2187亿元</a> <span class=place>2:10</span></dd></div><div><dt>repair</dt><dd><a class=to href="#f1-3">2187亿元</a> → <ins>2178</ins> (digits swapped)</dd></div><div><dt>involves</dt><dd><a class=to href="#f1-1">2463亿元</a><span class=sep>, </span><a class=to href="#f1-4">129.1亿元</a><span class=sep>, </span><a class=to href="#f1-5">150亿元</a><span class=sep>, </span><a class=to href="#f1-6">5.78亿元</a></dd></div><div><dt>proof</dt><dd><a class=to-check href="#c1-1">c1</a></dd></div></dl>
<p class=rule>parts-sum-to-total · <bdi class=of-report>a.txt:</bdi>2:10</p>
</li>
)");
}

TEST(HtmlWriterTest, ListsFiguresAndChecks) {
  const std::string page = Page({MakeContradiction("a.txt")});
  EXPECT_EQ(
      Between(page, "<tr id=\"d1-2\"", "\n"),
      R"( data-state="unchecked" data-sev="" data-rules=""><td class=col-report><a href="#r1">1</a></td><td class=place>1:25</td><td class=content><a class=to href="#f1-2">7.6%</a></td><td>数据服务总收入</td><td>全国</td><td></td><td class=period><span class=day>2024-01-01</span>/<wbr><span class=day>2024-02-29</span></td><td class=value data-k="7.6">7.6</td><td>%</td><td class=state data-k="7"><span class="s-unchecked">未核对</span></td><td class=proof></td></tr>)");
  EXPECT_EQ(Between(page, "<ol class=checks>\n", "<tr><td>部分"),
            R"(<li class="check s-disagrees" id="c1-1">
<p class=relation><span class=number>c1</span> 2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿，印作2463亿 <span class=verdict>矛盾</span> <span class=rule>parts-sum-to-total</span></p>
<dl><div><dt>印数</dt><dd>[2462.5亿, 2463.5亿] CNY</dd></div><div><dt>应为</dt><dd>[2470.825亿, 2472.935亿] CNY</dd></div><div><dt>相差</dt><dd>7.325亿 CNY</dd></div></dl>
<table class=operands><thead><tr><th scope=col>角色</th><th scope=col>原文</th><th scope=col>所代表的值</th><th scope=col>位置</th><th scope=col>所指</th></tr></thead><tbody>
<tr><td>合计</td><td><a class=to href="#f1-1">2463亿元</a></td><td class=values>[2462.5亿, 2463.5亿] CNY</td><td class=place>1:14</td><td>全国 数据服务总收入</td></tr>
)");
  EXPECT_EQ(Count(page, "<tr id=\"d1-"), 6);
}

TEST(HtmlWriterTest, SpeaksBothLanguages) {
  const std::string chinese = Markup(Page({MakeContradiction("a.txt")}));
  const std::string english = Markup(Page({MakeContradiction("a.txt")}, Language::kEnglish));
  EXPECT_NE(chinese.find("<html lang=zh-CN>"), std::string::npos);
  EXPECT_NE(english.find("<html lang=en>"), std::string::npos);
  EXPECT_NE(chinese.find("<h2 id=findings-name>问题 "), std::string::npos);
  EXPECT_NE(english.find("<h2 id=findings-name>Findings "), std::string::npos);
  EXPECT_NE(chinese.find("数据6个（已核对5）"), std::string::npos);
  EXPECT_NE(english.find("6 figures (5 checked)"), std::string::npos);
}

// The page is made of the same parts whatever its language.
TEST(HtmlWriterTest, HasOneStructure) {
  const auto tags = [](const std::string& page) {
    return std::regex_replace(Markup(page), std::regex(">[^<]*|\"[^\"]*\"|lang=[^ >]*"), "");
  };
  EXPECT_EQ(tags(Page({MakeContradiction("a.txt")})),
            tags(Page({MakeContradiction("a.txt")}, Language::kEnglish)));
}

TEST(HtmlWriterTest, EachVerdictHasItsMark) {
  Validation report = MakeReport("甲1项，乙2项，丙3项，丁4项，戊5项，己6项，庚7项，辛8项。",
                                 {"1", "2", "3", "4", "5", "6", "7", "8"});
  report.checks = {
      MakeCheck(core::Verdict::kExact, {0}),
      MakeCheck(core::Verdict::kWithinRounding, {1}),
      MakeCheck(core::Verdict::kTruncated, {2}),
      MakeCheck(core::Verdict::kInconsistent, {3}),
      MakeCheck(core::Verdict::kUndetermined, {4}),
      MakeCheck(core::Verdict::kNotApplicable, {5}),
      MakeCheck(core::Verdict::kBlocked, {6}),
      // What decides wins, and of that the worse.
      MakeCheck(core::Verdict::kBlocked, {0}),
      MakeCheck(core::Verdict::kExact, {1}),
  };
  const std::string page = Page({report});
  const std::vector<std::string> states = {"exact", "rounding", "truncated", "disagrees",
                                           "open",  "open",     "open",      "unchecked"};
  for (size_t i = 0; i < states.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    EXPECT_NE(page.find("<a class=\"fig s-" + states[i] + "\" id=\"f1-" + number + "\""),
              std::string::npos)
        << number;
    EXPECT_NE(page.find("<tr id=\"d1-" + number + "\" data-state=\"" + states[i] + "\""),
              std::string::npos)
        << number;
  }
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, WritesTheBlocksOfTheDocument) {
  Validation report = MakeReport(
      "# 标题5%\n\n正文说明有10家企业。\n\n- 第一项11家企业。\n- "
      "第二项12家企业。\n\n注：数据为13家。\n",
      {"5%", "10", "11", "12", "13"});
  const std::string page = Page({report});
  EXPECT_NE(page.find("<h3>标题<a "), std::string::npos) << page;
  EXPECT_NE(page.find("<p>正文说明有<a "), std::string::npos);
  EXPECT_EQ(Count(page, "<ul>\n<li>"), 2);  // the legend has one
  EXPECT_NE(page.find("<p class=note>注：数据为<a "), std::string::npos);
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, WritesTablesWithSpansAndHeads) {
  Validation report = MakeReport(
      "<table><tr><th rowspan=2>分组</th><th colspan=2>收入</th></tr><tr><th>金额</th><th>增速</th>"
      "</tr><tr><td>甲</td><td>120</td><td>7.5</td></tr></table>",
      {"120", "7.5"});
  const std::string page = Page({report});
  const std::string table = Between(page, "<table>\n", "</table>");
  EXPECT_NE(table.find("rowspan=2>分组</th>"), std::string::npos) << table;
  EXPECT_NE(table.find("colspan=2>收入</th></tr>\n<tr><th"), std::string::npos) << table;
  EXPECT_NE(table.find("<td><a class=\"fig s-unchecked\" id=\"f1-1\""), std::string::npos) << table;
  EXPECT_EQ(Count(table, "<tr>"), 3);
  EXPECT_EQ(Count(table, "</tr>"), 3);
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, FiguresThatShareANumberShareAMark) {
  Validation report = MakeContradiction("a.txt");
  report.figures.push_back(report.figures[1]);
  report.checks.push_back(MakeCheck(core::Verdict::kExact, {6}));
  const std::string page = Page({report});
  EXPECT_NE(page.find("<a class=\"fig s-exact\" id=\"f1-2\" href=\"#d1-2\" data-rows=\"d1-2 d1-7\" "
                      "aria-describedby=\"s-exact\"><span id=\"f1-7\"></span>7.6%</a>"),
            std::string::npos)
      << page;
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, AFigureThatStandsNowhereIsNoLink) {
  Validation report = MakeContradiction("a.txt");
  report.document.blocks.resize(1);
  const std::string page = Page({report});
  EXPECT_NE(page.find("<td class=content>129.1亿元</td>"), std::string::npos);
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, AHugeCheckIsCutAndSaysSo) {
  Validation report = MakeContradiction("a.txt");
  const auto count = static_cast<int32_t>(report.figures.size());
  for (int32_t i = 0; i < 300; ++i) report.cited.push_back({report.figures[0], "b.txt", {}});
  for (int32_t i = 0; i < 300; ++i) {
    report.checks[0].figures.push_back(count + i);
    report.findings[0].figures.push_back(count + i);
  }
  const std::string page = Page({report}, Language::kEnglish);
  EXPECT_EQ(Count(page, "49 more figures"), 2);
  EXPECT_EQ(Count(Between(page, "<table class=operands>", "</table>"), "<tr><td>"), 256);
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, NamesThePlaceInAnEarlierReport) {
  Validation report = MakeContradiction("a.txt");
  report.cited.push_back({report.figures[0], "<earlier>.txt", {3, 11, 7, 2}});
  report.cited[0].figure.content = "2463亿元";
  const auto cited = static_cast<int32_t>(report.figures.size());
  report.checks[0].figures.push_back(cited);
  report.findings[0].figures.push_back(cited);
  const std::string page = Page({report});
  EXPECT_EQ(Count(page, "2463亿元 <bdi class=place>&lt;earlier&gt;.txt:7:2</bdi>"), 2);
  ExpectLinksLead(page);
}

TEST(HtmlWriterTest, SeveralReportsStandOnOnePage) {
  HtmlPage page(Language::kEnglish);
  page.Add(MakeContradiction("a.txt"));
  page.AddFailure("b<.txt", ErrorOf("No such file & directory"));
  page.Add(MakeContradiction("c.txt"));
  const std::string text = page.Finish().value();
  EXPECT_NE(text.find("total: 3 files (1 not checked), 12 figures"), std::string::npos);
  EXPECT_NE(text.find("id=\"f3-3\""), std::string::npos);
  EXPECT_NE(text.find("<li class=\"finding error\" id=\"p2\" value=\"2\""), std::string::npos);
  EXPECT_NE(text.find("<p class=failure>Could not be checked: No such file &amp; directory</p>"),
            std::string::npos);
  ExpectLinksLead(text);
}

TEST(HtmlWriterTest, ACleanReportSaysSo) {
  Validation report = MakeContradiction("a.txt");
  EXPECT_EQ(Page({report}).find("<p class=nothing>"), std::string::npos);
  report.findings.clear();
  EXPECT_NE(Page({report}).find("<p class=nothing>没有问题。</p>"), std::string::npos);
}

TEST(HtmlWriterTest, AReportWithoutChecksIsNotCalledClean) {
  Validation report = MakeContradiction("a.txt");
  report.checks.clear();
  report.findings.clear();
  report.summary.checks = 0;
  const std::string page = Page({report});
  EXPECT_EQ(page.find("<p class=nothing>"), std::string::npos);
  EXPECT_NE(page.find("<p class=unproven>"), std::string::npos);
}

TEST(HtmlWriterTest, TheLegendCountsWhatThereIs) {
  const std::string page = Page({MakeContradiction("a.txt")}, Language::kEnglish);
  const std::string legend = Between(page, "<ul>\n", "</ul>");
  EXPECT_EQ(Count(legend, "<li>"), 3) << legend;
  EXPECT_NE(legend.find("<span id=s-suspect>suspect: explains the contradiction</span> 1</li>"),
            std::string::npos)
      << legend;
  EXPECT_NE(legend.find("<span id=s-contradicted>takes part in a contradiction</span> 4</li>"),
            std::string::npos);
  EXPECT_NE(legend.find("<span id=s-unchecked>not checked</span> 1</li>"), std::string::npos);
}

TEST(HtmlWriterTest, TheSameReportsMakeTheSameBytes) {
  EXPECT_EQ(Page({MakeContradiction("a.txt"), MakeContradiction("b.txt")}),
            Page({MakeContradiction("a.txt"), MakeContradiction("b.txt")}));
}

TEST(HtmlWriterTest, ThePolicyAllowsTheOwnStyleAndScriptAlone) {
  const std::string page = Page({MakeContradiction("a.txt")});
  const auto hash = [](const std::string& text) {
    return "'sha256-" + absl::Base64Escape(absl::HexStringToBytes(core::Sha256Hex(text))) + "'";
  };
  EXPECT_EQ(Between(page, "Content-Security-Policy content=\"", "\""),
            "default-src 'none'; img-src data:; style-src " +
                hash(Between(page, "<style>", "</style>")) + "; script-src " +
                hash(Between(page, "<script>", "</script>")) +
                "; base-uri 'none'; form-action 'none'");
  EXPECT_LT(page.find("Content-Security-Policy"), page.find("<style>"));
  for (const char* words : {" style=", " src=", "url(", "@import", "http://", "https://"}) {
    EXPECT_EQ(page.find(words), std::string::npos) << words;
  }
}

// Whatever a report, its name, a rule of the user's or a server's answer holds, the page has the
// same elements.
TEST(HtmlWriterTest, WordsOfReportsNeverBecomeMarkup) {
  const std::string hostile =
      "</script><script>alert(1)</script></style><img src=x onerror=alert(1)>\"' onfocus='x' "
      "{0}&#60;b&gt;\u202e\u2067\u200b]]>--><!--\x01\x1b[31m\r\n\xff";
  Validation plain = MakeReport("<p>收入为12亿元，增长3%。</p>", {"12亿元", "3%"});
  plain.checks = {MakeCheck(core::Verdict::kInconsistent, {0, 1})};
  plain.checks[0].roles = {"total", "part"};
  plain.checks[0].note_zh = "a";
  core::Finding finding;
  finding.checks = {0};
  finding.figures = {0, 1};
  finding.suspect = 0;
  finding.repairs = {{0, "21", "a", "a"}};
  finding.rule_id = "a";
  plain.findings = {finding};
  plain.figures[0].unit = plain.figures[1].unit = "CNY";
  plain.cited.push_back({plain.figures[0], "b", {0, 1, 1, 1}});
  plain.checks[0].figures.push_back(2);

  std::string bytes = "<p>收入";
  // As text of HTML the words are there as they stand, without the controls that make it binary.
  for (const char byte : hostile.substr(0, hostile.find('\x01'))) {
    bytes += byte == '<' ? "&lt;" : byte == '&' ? "&amp;" : std::string(1, byte);
  }
  Validation hurt = MakeReport(bytes + "为12亿元，增长3%。</p>", {"12亿元", "3%"});
  hurt.document.uri = hostile;
  hurt.checks = plain.checks;
  hurt.findings = plain.findings;
  hurt.cited = plain.cited;
  hurt.checks[0].rule_id = hostile;
  hurt.checks[0].roles = {hostile, hostile};
  hurt.checks[0].expression_zh = hurt.checks[0].note_zh = hostile;
  hurt.findings[0].rule_id = hurt.findings[0].message_zh = hostile;
  hurt.findings[0].repairs = {{0, hostile, hostile, hostile}};
  hurt.cited[0].uri = hurt.cited[0].figure.content = hostile;
  for (core::Figure* figure : {&hurt.figures[0], &hurt.figures[1], &hurt.cited[0].figure}) {
    figure->indicator = figure->ref_area = figure->sector = figure->unit = hostile;
  }
  HtmlPage page(Language::kChinese);
  page.Add(hurt);
  page.AddFailure(hostile, ErrorOf(hostile));
  HtmlPage plain_page(Language::kChinese);
  plain_page.Add(plain);
  plain_page.AddFailure("a", ErrorOf("a"));

  // The tags without the values of attributes.
  const auto tags = [](const std::string& text) {
    std::string found;
    const std::regex tag("<[^>]*>");
    const std::string markup = Markup(text);
    for (std::sregex_iterator it(markup.begin(), markup.end(), tag), end; it != end; ++it) {
      found += std::regex_replace(it->str(), std::regex("\"[^\"]*\""), "") + "\n";
    }
    return found;
  };
  const std::string text = page.Finish().value();
  EXPECT_EQ(tags(text), tags(plain_page.Finish().value()));
  EXPECT_NE(text.find("&lt;/script&gt;&lt;script&gt;alert(1)"), std::string::npos);
  EXPECT_EQ(Count(text, "<script"), 1);
  EXPECT_EQ(Count(text, "</script"), 1);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
  for (const char* mark : {"\u202e", "\u2067", "\u200b"}) {
    EXPECT_EQ(text.find(mark), std::string::npos);
  }
  ExpectLinksLead(text);
}

}  // namespace
}  // namespace crossfoot::report
