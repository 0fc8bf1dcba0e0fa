#include "services/report/response.h"

#include "core/error.h"
#include "core/figure.h"
#include "core/interval.h"
#include "core/rational.h"
#include "crossfoot/v1/error_reason.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/report/json_writer.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::report {
namespace {

using testing::MakeContradiction;
using validation::Validation;

TEST(ResponseTest, FiguresCarryTheirAttributes) {
  const v1::ValidateDocumentResponse response =
      ToValidateDocumentResponse(MakeContradiction("a.txt"));
  ASSERT_EQ(response.figures_size(), 6);
  EXPECT_EQ(ToJsonLine(response.figures(0)).value(),
            R"({"id":"f1","span":{"startByte":35,"endByte":45,"line":1,"column":14,)"
            R"("content":"2463亿元"},"kind":"FIGURE_KIND_LEVEL","value":"246300000000",)"
            R"("quantum":"100000000","unit":"CNY","indicator":"数据服务总收入","refArea":"全国",)"
            R"("timePeriod":{"start":"2024-01-01","end":"2024-02-29","assumed":true},)"
            R"("qualifier":"QUALIFIER_EXACT","status":"STATUS_ACTUAL"})");
  EXPECT_EQ(response.figures(1).unit_code(), "%");
  EXPECT_EQ(response.figures(1).basis(), v1::BASIS_YEAR_AGO);
}

TEST(ResponseTest, ChecksAndFindingsNameFiguresByTheirIds) {
  const v1::ValidateDocumentResponse response = ToValidateDocumentResponse(
      MakeContradiction("a.txt"), {.language = Language::kEnglish, .view = v1::VIEW_BASIC});
  EXPECT_EQ(
      ToJsonLine(response.checks(0)).value(),
      R"({"id":"c1","ruleId":"parts-sum-to-total","verdict":"VERDICT_INCONSISTENT",)"
      R"("figureIds":["f1","f3","f4","f5","f6"],"roles":["total","part","part","part","part"],)"
      R"("left":{"lo":"246250000000","hi":"246350000000"},)"
      R"("right":{"lo":"247082500000","hi":"247293500000"},"imbalance":"732500000",)"
      R"("expression":"2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿"})");
  EXPECT_EQ(ToJsonLine(response.findings(0)).value(),
            R"({"ruleId":"parts-sum-to-total","severity":"SEVERITY_ERROR",)"
            R"("message":"the parts do not add up to the total",)"
            R"("figureIds":["f1","f3","f4","f5","f6"],"suspectId":"f3","checkIds":["c1"],)"
            R"("repairs":[{"figureId":"f3","content":"2178","reason":"digits swapped"}],)"
            R"("fingerprint":"0123456789abcdef"})");
  EXPECT_EQ(ToValidateDocumentResponse(MakeContradiction("a.txt")).findings(0).message(),
            "分项之和与合计不符");
}

TEST(ResponseTest, IndicesThatNameNothingAreLeftOut) {
  Validation validation = MakeContradiction("a.txt");
  validation.checks[0].figures.push_back(99);
  validation.findings[0].figures.push_back(-1);
  validation.findings[0].checks.push_back(7);
  validation.findings[0].suspect = -1;
  validation.findings[0].repairs[0].figure = 6;
  const v1::ValidateDocumentResponse response = ToValidateDocumentResponse(validation);
  EXPECT_EQ(response.checks(0).figure_ids_size(), 5);
  EXPECT_EQ(response.findings(0).figure_ids_size(), 5);
  EXPECT_EQ(response.findings(0).check_ids_size(), 1);
  EXPECT_EQ(response.findings(0).suspect_id(), "");
  EXPECT_EQ(response.findings(0).repairs_size(), 0);
}

TEST(ResponseTest, TheViewChoosesTheParts) {
  const Validation validation = MakeContradiction("a.txt");
  const auto parts = [&validation](v1::View view) {
    const v1::ValidateDocumentResponse response =
        ToValidateDocumentResponse(validation, {.view = view});
    EXPECT_EQ(response.document().uri(), "a.txt");
    EXPECT_EQ(response.findings_size(), 1);
    EXPECT_TRUE(response.has_summary());
    EXPECT_FALSE(response.has_error());
    return std::to_string(response.mentions_size()) + " " +
           std::to_string(response.figures_size()) + " " + std::to_string(response.checks_size());
  };
  EXPECT_EQ(parts(v1::VIEW_SUMMARY), "0 0 0");
  EXPECT_EQ(parts(v1::VIEW_BASIC), "0 6 1");
  EXPECT_EQ(parts(v1::VIEW_UNSPECIFIED), "0 6 1");
  EXPECT_EQ(parts(v1::VIEW_FULL), "7 6 1");
}

TEST(ResponseTest, MentionsShowOnlyWhatTheirKindHas) {
  const v1::ExtractFiguresResponse response =
      ToExtractFiguresResponse(MakeContradiction("a.txt"), {.view = v1::VIEW_FULL});
  EXPECT_EQ(ToJsonLine(response.mentions(0)).value(),
            R"({"kind":"MENTION_KIND_PERIOD","span":{"startByte":0,"endByte":11,"line":1,)"
            R"("column":1,"content":"1—2月份"},"timePeriod":{"start":"2024-01-01",)"
            R"("end":"2024-02-29","assumed":true}})");
  EXPECT_EQ(ToJsonLine(response.mentions(2)).value(),
            R"({"kind":"MENTION_KIND_NUMBER","span":{"startByte":60,"endByte":64,"line":1,)"
            R"("column":25,"content":"7.6%"},"value":"7.6","quantum":"0.1","unit":"%",)"
            R"("unitCode":"%","qualifier":"QUALIFIER_EXACT"})");
}

TEST(ResponseTest, CountersAreWrittenAlsoWhenZero) {
  const v1::ExtractFiguresResponse response = ToExtractFiguresResponse(Validation());
  const std::string json = ToJsonLine(response.summary()).value();
  EXPECT_NE(json.find(R"("figures":0)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("infos":0)"), std::string::npos) << json;
}

TEST(ResponseTest, OpenAndMissingEndsOfIntervals) {
  Validation validation = MakeContradiction("a.txt");
  validation.checks[0].left = core::Interval::AtLeast(core::Rational(0), /*closed=*/false);
  validation.checks[0].right = core::Interval::AtMost(core::Rational(core::Decimal(2), 3));
  const v1::ValidateDocumentResponse response = ToValidateDocumentResponse(validation);
  EXPECT_EQ(ToJsonLine(response.checks(0).left()).value(),
            R"({"lo":"0","loOpen":true,"hiOpen":true})");
  EXPECT_EQ(ToJsonLine(response.checks(0).right()).value(), R"({"hi":"2/3","loOpen":true})");
}

TEST(ResponseTest, AUriThatIsNotUtf8StillMakesJson) {
  const v1::ExtractFiguresResponse response =
      ToExtractFiguresResponse(MakeContradiction("\xff.txt"));
  EXPECT_EQ(response.document().uri(), "\uFFFD.txt");
  EXPECT_TRUE(ToJsonLine(response).ok());
}

TEST(ResponseTest, JsonReadsBackAsTheSameMessage) {
  const v1::ValidateDocumentResponse response =
      ToValidateDocumentResponse(MakeContradiction("a.txt"), {.view = v1::VIEW_FULL});
  v1::ValidateDocumentResponse copy;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(ToPrettyJson(response).value(), &copy).ok());
  EXPECT_EQ(copy.SerializeAsString(), response.SerializeAsString());
}

TEST(ResponseTest, ErrorsKeepReasonMessageAndMetadata) {
  const absl::Status status = core::MakeError(core::ErrorReason::kEncodingInvalid,
                                              "a.txt: byte 7 is not UTF-8", {{"offset", "7"}});
  EXPECT_EQ(ToJsonLine(ToDocumentError(status)).value(),
            R"({"reason":"ENCODING_INVALID","message":"a.txt: byte 7 is not UTF-8",)"
            R"("metadata":{"offset":"7"}})");
  EXPECT_EQ(ToDocumentError(absl::UnknownError("?")).reason(), "INTERNAL");
}

// Every reason of core is an enumerator of the API.
TEST(ResponseTest, ReasonsAreTheApisReasons) {
  for (int value = 0; value <= static_cast<int>(core::ErrorReason::kRuleNotFound); ++value) {
    const std::string name =
        "ERROR_REASON_" + std::string(core::ToString(static_cast<core::ErrorReason>(value)));
    v1::ErrorReason reason;
    EXPECT_TRUE(v1::ErrorReason_Parse(name, &reason)) << name;
  }
}

TEST(ResponseTest, NamesFiguresOfEarlierReports) {
  Validation validation = MakeContradiction("a.txt");
  validation.cited.push_back({validation.figures[0], "earlier.txt", {3, 11, 1, 2}});
  validation.cited[0].figure.id = "h1";
  validation.findings[0].figures = {1, static_cast<int32_t>(validation.figures.size())};
  const v1::ValidateDocumentResponse response = ToValidateDocumentResponse(validation);
  ASSERT_EQ(response.cited_figures_size(), 1);
  EXPECT_EQ(response.cited_figures(0).document_uri(), "earlier.txt");
  EXPECT_EQ(response.cited_figures(0).figure().span().start_byte(), 3);
  EXPECT_EQ(response.cited_figures(0).figure().value(), response.figures(0).value());
  EXPECT_EQ(response.findings(0).figure_ids(1), "h1");
}

TEST(ResponseTest, ExplainsOnlyWhenAsked) {
  validation::Validation validation = testing::MakeContradiction("a.txt");
  core::Figure& rate = validation.figures[1];
  const int32_t start = static_cast<int32_t>(validation.document.text.find("增长"));
  rate.evidence.Set(core::Attribute::kSign, {start, start + 6}, core::Origin::kPrinted);
  rate.evidence.Set(core::Attribute::kRefArea, {}, core::Origin::kAssumed);
  EXPECT_EQ(ToExtractFiguresResponse(validation).figures(1).evidence_size(), 0);
  const v1::ExtractFiguresResponse response =
      ToExtractFiguresResponse(validation, {.explain = true});
  EXPECT_EQ(response.figures(0).evidence_size(), 0);
  ASSERT_EQ(response.figures(1).evidence_size(), 2);
  const v1::Evidence& area = response.figures(1).evidence(0);
  EXPECT_EQ(area.attribute(), v1::ATTRIBUTE_REF_AREA);
  EXPECT_EQ(area.origin(), v1::ORIGIN_ASSUMED);
  EXPECT_FALSE(area.has_span());
  const v1::Evidence& sign = response.figures(1).evidence(1);
  EXPECT_EQ(sign.attribute(), v1::ATTRIBUTE_SIGN);
  EXPECT_EQ(sign.origin(), v1::ORIGIN_PRINTED);
  EXPECT_EQ(sign.span().content(), "增长");
  EXPECT_EQ(sign.span().line(), 1);
  EXPECT_EQ(sign.span().column(), 23);
}

}  // namespace
}  // namespace crossfoot::report
