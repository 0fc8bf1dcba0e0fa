#include "services/report/from_response.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "core/error.h"
#include "core/figure.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/document/segment.h"
#include "services/report/explanation.h"
#include "services/report/html_writer.h"
#include "services/report/language.h"
#include "services/report/response.h"
#include "services/report/sdmx_csv_writer.h"
#include "services/report/spreadsheet_writer.h"
#include "services/report/text_writer.h"
#include "services/validation/pipeline.h"
#include "tests/testing/process.h"

namespace crossfoot::report {
namespace {

using google::protobuf::util::MessageDifferencer;
using validation::Pipeline;
using validation::PipelineOptions;
using validation::Validation;

const Pipeline& ThePipeline() {
  static const Pipeline& pipeline = *Pipeline::Create().value().release();
  return pipeline;
}

struct Report {
  std::string uri;
  std::string bytes;
};

// The examples, and what they have not: a table, mark-up between the words of a number, forms that
// are folded, other encodings.
std::vector<Report> Reports() {
  std::vector<Report> reports;
  for (const auto& entry : std::filesystem::directory_iterator(testing::RunfilePath("examples"))) {
    std::ifstream file(entry.path(), std::ios::binary);
    reports.push_back(
        {entry.path().filename().string(), std::string(std::istreambuf_iterator<char>(file), {})});
  }
  reports.push_back(
      {"page.html",
       "<html><body><h1>2024年1—2月运行情况</h1><p>全国互联网业务收入<b>2463</b>亿元，同比增长"
       "&nbsp;7.6％，其中 东部<i>地区</i>完成<span>2178</span><span>亿元</span>。</p>"
       "<table><tr><th>指标</th><th>收入（亿元）</th><th>增长（%）</th></tr>"
       "<tr><td>全国</td><td>2,463</td><td>7.6</td></tr>"
       "<tr><td></td><td></td><td></td></tr>"
       "<tr><td>东部<br>地区</td><td>2187.50</td><td>-0.5</td></tr></table></body></html>"});
  reports.push_back({"folded.txt",
                     "２０２４年１—２月，電子商務平臺技術服務收入８００億元，佔全國的三分之一；"
                     "面積50㎡，比上年增長1/2。三成企業利潤率在20—30%。\n"});
  reports.push_back({"gb18030.txt",
                     "\xC8\xAB\xB9\xFA\xCA\xD5\xC8\xEB"
                     "2463\xD2\xDA\xD4\xAA\xA3\xAC\xCD\xAC\xB1\xC8\xD4\xF6\xB3\xA4"
                     "7.6%\xA1\xA3"});
  reports.push_back({"bom.txt", "\xEF\xBB\xBF全国收入2463亿元，同比增长7.6%。\r\n"});
  reports.push_back({"none.txt", "没有数字的一句话。\n"});
  return reports;
}

core::Document Segment(const Report& report) {
  return document::SegmentDocument(report.uri, report.bytes).value();
}

TEST(FromResponseTest, IsTheInverseOfToResponse) {
  int figure_count = 0;
  for (const Report& report : Reports()) {
    for (const Language language : {Language::kChinese, Language::kEnglish}) {
      const ResponseOptions options = {
          .language = language, .view = v1::VIEW_FULL, .explain = true};
      const Validation validation =
          ThePipeline().Validate(report.uri, report.bytes, PipelineOptions()).value();
      figure_count += static_cast<int>(validation.figures.size());
      const v1::ValidateDocumentResponse sent = ToValidateDocumentResponse(validation, options);
      const absl::StatusOr<Validation> read = FromResponse(Segment(report), sent);
      ASSERT_TRUE(read.ok()) << report.uri << ": " << read.status();
      std::string difference;
      MessageDifferencer differencer;
      differencer.ReportDifferencesToString(&difference);
      EXPECT_TRUE(differencer.Compare(sent, ToValidateDocumentResponse(*read, options)))
          << report.uri << ": " << difference;

      const v1::ExtractFiguresResponse extracted = ToExtractFiguresResponse(
          ThePipeline().ExtractFigures(report.uri, report.bytes, PipelineOptions()).value(),
          options);
      const absl::StatusOr<Validation> figures = FromResponse(Segment(report), extracted);
      ASSERT_TRUE(figures.ok()) << report.uri << ": " << figures.status();
      EXPECT_TRUE(
          MessageDifferencer::Equals(extracted, ToExtractFiguresResponse(*figures, options)));
    }
  }
  EXPECT_GT(figure_count, 40);
}

TEST(FromResponseTest, AllWritersSayTheSame) {
  for (const Report& report : Reports()) {
    for (const Language language : {Language::kChinese, Language::kEnglish}) {
      const Validation there =
          ThePipeline().Validate(report.uri, report.bytes, PipelineOptions()).value();
      const Validation here =
          FromResponse(Segment(report),
                       ToValidateDocumentResponse(
                           there, {.language = language, .view = v1::VIEW_FULL, .explain = true}))
              .value();
      for (const bool explain : {false, true}) {
        const TextOptions options = {.language = language, .explain = explain};
        EXPECT_EQ(FindingsToText(here, options), FindingsToText(there, options));
        EXPECT_EQ(PassedToText(here, options), PassedToText(there, options));
        EXPECT_EQ(FiguresToText(here, options), FiguresToText(there, options));
        EXPECT_EQ(ExplanationToText(here, options), ExplanationToText(there, options));
        EXPECT_EQ(SummaryToText("a", here.summary, options),
                  SummaryToText("a", there.summary, options));
      }
      HtmlPage page_here(language);
      page_here.Add(here);
      HtmlPage page_there(language);
      page_there.Add(there);
      EXPECT_EQ(page_here.Finish().value(), page_there.Finish().value());
      EXPECT_EQ(MentionsToText(here), MentionsToText(there));
      EXPECT_EQ(FiguresToSpreadsheet(here), FiguresToSpreadsheet(there));
      EXPECT_EQ(FiguresToSdmxCsv(here), FiguresToSdmxCsv(there));
    }
  }
}

TEST(FromResponseTest, FiguresOfEarlierReportsAreCited) {
  const Validation earlier =
      ThePipeline()
          .ExtractFigures("q3.txt", "2023年前三季度，全国软件业务收入同比增长13.7%。", {})
          .value();
  const Report report = {"year.txt",
                         "2023年，全国软件业务收入同比增长13.4%，增速较前三季度提高0.8个百分点。"};
  PipelineOptions options;
  options.earlier = {&earlier};
  const Validation there = ThePipeline().Validate(report.uri, report.bytes, options).value();
  ASSERT_FALSE(there.cited.empty());
  const Validation here =
      FromResponse(Segment(report),
                   ToValidateDocumentResponse(there, {.view = v1::VIEW_FULL, .explain = true}))
          .value();
  EXPECT_EQ(FindingsToText(here, {.explain = true}), FindingsToText(there, {.explain = true}));
  EXPECT_EQ(here.cited[0].uri, "q3.txt");
  EXPECT_EQ(here.cited[0].span, there.cited[0].span);
}

TEST(FromResponseTest, NumbersOfAnyLengthAreRead) {
  const Report report = {"a.txt", "全国收入2463亿元，同比增长7.6%。"};
  v1::ExtractFiguresResponse response = ToExtractFiguresResponse(
      ThePipeline().ExtractFigures(report.uri, report.bytes, {}).value(), {.view = v1::VIEW_FULL});
  for (const std::string& number :
       {std::string(1000, '7'), "-" + std::string(300, '7') + "." + std::string(300, '1'),
        "1/" + std::string(300, '7'), std::string("0"), std::string("-2/3")}) {
    response.mutable_figures(0)->set_value(number);
    const absl::StatusOr<Validation> read = FromResponse(Segment(report), response);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->figures[0].value.ToString(), number);
  }
  for (const char* number : {"", "-", "1.", ".5", "1.50", "007", "+1", "1e3", "2/4", "1/0", "1/-3",
                             "0/3", "4/2", " 1", "--1", "1.2.3", "1/2/3", "nan"}) {
    response.mutable_figures(0)->set_value(number);
    EXPECT_FALSE(FromResponse(Segment(report), response).ok()) << number;
  }
  response.mutable_figures(0)->set_value(std::string(5000, '7'));
  EXPECT_FALSE(FromResponse(Segment(report), response).ok());
}

using Response = v1::ValidateDocumentResponse;

// Every way in which a field can be wrong; each must be refused.
std::vector<std::pair<std::string, std::function<void(Response&)>>> Mutations() {
  return {
      {"start", [](Response& r) { r.mutable_figures(0)->mutable_span()->set_start_byte(1 << 30); }},
      {"negative start",
       [](Response& r) { r.mutable_figures(0)->mutable_span()->set_start_byte(-1); }},
      {"least start",
       [](Response& r) { r.mutable_mentions(0)->mutable_span()->set_start_byte(INT32_MIN); }},
      {"end", [](Response& r) { r.mutable_figures(0)->mutable_span()->set_end_byte(INT32_MAX); }},
      {"end before start",
       [](Response& r) { r.mutable_figures(1)->mutable_span()->set_end_byte(0); }},
      {"inside a character",
       [](Response& r) {
         v1::TextSpan& span = *r.mutable_figures(0)->mutable_span();
         span.set_end_byte(span.end_byte() - 1);
       }},
      {"line", [](Response& r) { r.mutable_figures(0)->mutable_span()->set_line(99); }},
      {"column", [](Response& r) { r.mutable_figures(0)->mutable_span()->set_column(0); }},
      {"content", [](Response& r) { r.mutable_figures(0)->mutable_span()->set_content("x"); }},
      {"no span", [](Response& r) { r.mutable_figures(0)->clear_span(); }},
      {"evidence",
       [](Response& r) {
         r.mutable_figures(0)->mutable_evidence(0)->mutable_span()->set_start_byte(-5);
       }},
      {"attribute",
       [](Response& r) {
         r.mutable_figures(0)->mutable_evidence(0)->set_attribute(v1::Attribute(99));
       }},
      {"origin",
       [](Response& r) { r.mutable_figures(0)->mutable_evidence(0)->set_origin(v1::Origin(-1)); }},
      {"figure id", [](Response& r) { r.mutable_figures(0)->set_id("f2"); }},
      {"id to the terminal", [](Response& r) { r.mutable_figures(0)->set_id("\x1b[2J"); }},
      {"figure kind", [](Response& r) { r.mutable_figures(0)->set_kind(v1::FigureKind(77)); }},
      {"no figure kind", [](Response& r) { r.mutable_figures(0)->clear_kind(); }},
      {"basis", [](Response& r) { r.mutable_figures(0)->set_basis(v1::Basis(77)); }},
      {"qualifier", [](Response& r) { r.mutable_figures(0)->set_qualifier(v1::Qualifier(77)); }},
      {"status", [](Response& r) { r.mutable_figures(0)->set_status(v1::Status(77)); }},
      {"value", [](Response& r) { r.mutable_figures(0)->set_value("1e999999999"); }},
      {"quantum", [](Response& r) { r.mutable_figures(0)->set_quantum("-1"); }},
      {"quantum as a fraction", [](Response& r) { r.mutable_figures(0)->set_quantum("1/3"); }},
      {"unit code", [](Response& r) { r.mutable_figures(0)->set_unit_code("kg"); }},
      {"area code", [](Response& r) { r.mutable_figures(0)->set_ref_area_code("\x1b]0;"); }},
      {"sector",
       [](Response& r) {
         r.mutable_figures(0)->set_indicator_names_sector(true);
         r.mutable_figures(0)->set_sector("无此分组");
       }},
      {"day",
       [](Response& r) {
         r.mutable_figures(0)->mutable_time_period()->set_start("2024-02-30");
         r.mutable_figures(0)->mutable_time_period()->set_end("2024-12-31");
       }},
      {"period",
       [](Response& r) {
         r.mutable_figures(0)->mutable_time_period()->set_start("2024-02-02");
         r.mutable_figures(0)->mutable_time_period()->set_end("2024-02-01");
       }},
      {"mention kind", [](Response& r) { r.mutable_mentions(0)->set_kind(v1::MentionKind(9)); }},
      {"verdict", [](Response& r) { r.mutable_checks(0)->set_verdict(v1::Verdict(0)); }},
      {"check id", [](Response& r) { r.mutable_checks(0)->set_id("c9"); }},
      {"operand", [](Response& r) { r.mutable_checks(0)->set_figure_ids(0, "f0"); }},
      {"operand behind", [](Response& r) { r.mutable_checks(0)->set_figure_ids(0, "f9999"); }},
      {"operand beyond",
       [](Response& r) { r.mutable_checks(0)->set_figure_ids(0, "f99999999999999999999"); }},
      {"cited operand", [](Response& r) { r.mutable_checks(0)->set_figure_ids(0, "h1"); }},
      {"empty operand", [](Response& r) { r.mutable_checks(0)->set_figure_ids(0, ""); }},
      {"role", [](Response& r) { r.mutable_checks(0)->set_roles(0, "\x1b[31mpart"); }},
      {"no interval", [](Response& r) { r.mutable_checks(0)->clear_left(); }},
      {"interval",
       [](Response& r) {
         r.mutable_checks(0)->mutable_left()->set_lo("2");
         r.mutable_checks(0)->mutable_left()->set_hi("1");
       }},
      {"open point",
       [](Response& r) {
         v1::Interval& left = *r.mutable_checks(0)->mutable_left();
         left.set_lo("1");
         left.set_hi("1");
         left.set_lo_open(true);
       }},
      {"imbalance", [](Response& r) { r.mutable_checks(0)->set_imbalance("much"); }},
      {"severity", [](Response& r) { r.mutable_findings(0)->set_severity(v1::Severity(12)); }},
      {"suspect", [](Response& r) { r.mutable_findings(0)->set_suspect_id("f1000"); }},
      {"finding's operand", [](Response& r) { r.mutable_findings(0)->set_figure_ids(0, "x1"); }},
      {"finding's check", [](Response& r) { r.mutable_findings(0)->set_check_ids(0, "c1000"); }},
      {"repair", [](Response& r) { r.mutable_findings(0)->add_repairs()->set_figure_id("f-1"); }},
      {"fingerprint",
       [](Response& r) { r.mutable_findings(0)->set_fingerprint("0123456789abcdef\nx"); }},
      {"rule", [](Response& r) { r.mutable_findings(0)->set_rule_id("a b\nc"); }},
      {"fewer figures", [](Response& r) { r.mutable_summary()->set_figures(1); }},
      {"most", [](Response& r) { r.mutable_summary()->set_accepted(INT32_MAX); }},
      {"negative", [](Response& r) { r.mutable_summary()->set_infos(-1); }},
      {"sentences", [](Response& r) { r.mutable_summary()->set_sentences(0); }},
      {"no summary", [](Response& r) { r.clear_summary(); }},
      {"nothing", [](Response& r) { r.Clear(); }},
      {"an error", [](Response& r) { r.mutable_error()->set_reason("INTERNAL"); }},
      {"citation without a figure", [](Response& r) { r.add_cited_figures(); }},
  };
}

TEST(FromResponseTest, WhatDoesNotFitIsRefused) {
  std::ifstream file(testing::RunfilePath("examples/wrong_share_and_gap.txt"), std::ios::binary);
  const Report report = {"a.txt", std::string(std::istreambuf_iterator<char>(file), {})};
  const Response good =
      ToValidateDocumentResponse(ThePipeline().Validate(report.uri, report.bytes, {}).value(),
                                 {.view = v1::VIEW_FULL, .explain = true});
  ASSERT_GE(good.findings_size(), 1);
  ASSERT_TRUE(FromResponse(Segment(report), good).ok());
  for (const auto& [name, mutate] : Mutations()) {
    Response bad = good;
    mutate(bad);
    const absl::StatusOr<Validation> read = FromResponse(Segment(report), bad);
    ASSERT_FALSE(read.ok()) << name;
    EXPECT_EQ(core::ReasonOf(read.status()), core::ErrorReason::kInternal) << name;
    const std::string message(read.status().message().data(), read.status().message().size());
    EXPECT_EQ(message.rfind("a.txt: the server's answer does not fit", 0), 0u) << message;
  }
}

TEST(FromResponseTest, TheAnswerForAnotherDocumentIsRefused) {
  const std::vector<Report> reports = Reports();
  for (const Report& asked : reports) {
    for (const Report& answered : reports) {
      if (asked.uri == answered.uri) continue;
      const Response response = ToValidateDocumentResponse(
          ThePipeline().Validate(answered.uri, answered.bytes, {}).value(),
          {.view = v1::VIEW_FULL});
      if (response.mentions_size() == 0) continue;
      EXPECT_FALSE(FromResponse(Segment(asked), response).ok()) << asked.uri << answered.uri;
    }
  }
}

}  // namespace
}  // namespace crossfoot::report
