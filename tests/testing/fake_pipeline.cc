#include "tests/testing/fake_pipeline.h"

#include <utility>

#include "core/cancellation.h"
#include "core/error.h"
#include "core/interval.h"
#include "core/rational.h"

namespace crossfoot::testing {
namespace {

using core::Decimal;
using core::Rational;
using validation::PipelineOptions;
using validation::Validation;

constexpr char kText[] =
    "1—2月份，数据服务总收入2463亿元，同比增长7.6%。\n"
    "其中，东部地区完成2187亿元，中部地区129.1亿元，西部地区150亿元，东北地区5.78亿元。\n";

// Adds the number `content`, the first of its kind in the text, as a mention and a figure.
void AddFigure(Validation& validation, std::string content, core::FigureKind kind, Decimal value,
               Decimal quantum, std::string unit, std::string ref_area, int32_t sentence) {
  const int32_t start = static_cast<int32_t>(validation.document.text.find(content));
  core::Mention mention;
  mention.range = {start, start + static_cast<int32_t>(content.size())};
  mention.sentence = sentence;
  mention.value = value;
  mention.quantum = quantum;
  mention.unit = unit;
  if (unit == "%") mention.unit_ucum = "%";

  core::Figure figure;
  figure.id = "f" + std::to_string(validation.figures.size() + 1);
  figure.range = mention.range;
  figure.kind = kind;
  figure.value = value;
  figure.quantum = quantum;
  figure.unit = std::move(unit);
  figure.indicator = "数据服务总收入";
  figure.ref_area = std::move(ref_area);
  figure.time_period = core::Period{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29), true};
  if (kind == core::FigureKind::kGrowthRate) figure.basis = core::Basis::kYearAgo;
  figure.block = sentence;
  figure.sentence = sentence;
  figure.mention = static_cast<int32_t>(validation.mentions.size());
  validation.mentions.push_back(std::move(mention));
  validation.figures.push_back(std::move(figure));
}

absl::StatusOr<Validation> Read(std::string uri, const std::string& bytes,
                                const PipelineOptions& options) {
  if (core::Stopped(options.cancellation)) return options.cancellation->status();
  if (bytes.empty()) {
    return core::MakeError(core::ErrorReason::kDocumentEmpty, uri + ": the document is empty");
  }
  if (static_cast<int64_t>(bytes.size()) > options.max_document_bytes) {
    return core::MakeError(core::ErrorReason::kDocumentTooLarge,
                           uri + ": the document is too large");
  }
  Validation validation = MakeContradiction(std::move(uri));
  if (bytes.rfind("clean", 0) == 0) {
    validation.checks.clear();
    validation.findings.clear();
    validation.summary.checked_figures = 0;
    validation.summary.checks = validation.summary.checks_inconsistent = 0;
    validation.summary.findings = validation.summary.errors = 0;
  }
  return validation;
}

}  // namespace

std::string ContradictionText() { return kText; }

Validation MakeContradiction(std::string uri) {
  Validation validation;
  core::Document& document = validation.document;
  document.uri = std::move(uri);
  document.source = kText;
  document.text = kText;
  document.source_map.AppendCopied(0, static_cast<int32_t>(document.text.size()));
  document.line_index = core::LineIndex(document.source);
  document.article_count = 1;
  const int32_t break_byte = static_cast<int32_t>(document.text.find('\n'));
  const int32_t end_byte = static_cast<int32_t>(document.text.size()) - 1;
  document.blocks.resize(2);
  document.blocks[0].range = {0, break_byte};
  document.blocks[0].sentence_count = 1;
  document.blocks[1].range = {break_byte + 1, end_byte};
  document.blocks[1].first_sentence = 1;
  document.blocks[1].sentence_count = 1;
  document.sentences = {{document.blocks[0].range, 0}, {document.blocks[1].range, 1}};

  const Decimal hundred_million = Decimal::PowerOfTen(8);
  core::Mention period;
  period.kind = core::MentionKind::kPeriod;
  period.range = {0, static_cast<int32_t>(document.text.find("，"))};
  period.sentence = 0;
  period.period = core::Period{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29), true};
  validation.mentions.push_back(period);
  AddFigure(validation, "2463亿元", core::FigureKind::kLevel, Decimal(2463, 8), hundred_million,
            "CNY", "全国", 0);
  AddFigure(validation, "7.6%", core::FigureKind::kGrowthRate, Decimal(76, -1), Decimal(1, -1), "%",
            "全国", 0);
  AddFigure(validation, "2187亿元", core::FigureKind::kLevel, Decimal(2187, 8), hundred_million,
            "CNY", "东部地区", 1);
  AddFigure(validation, "129.1亿元", core::FigureKind::kLevel, Decimal(1291, 7),
            Decimal::PowerOfTen(7), "CNY", "中部地区", 1);
  AddFigure(validation, "150亿元", core::FigureKind::kLevel, Decimal(150, 8), hundred_million,
            "CNY", "西部地区", 1);
  AddFigure(validation, "5.78亿元", core::FigureKind::kLevel, Decimal(578, 6),
            Decimal::PowerOfTen(6), "CNY", "东北地区", 1);

  core::Check check;
  check.id = "c1";
  check.rule_id = "parts-sum-to-total";
  check.verdict = core::Verdict::kInconsistent;
  check.figures = {0, 2, 3, 4, 5};
  check.roles = {"total", "part", "part", "part", "part"};
  check.left = core::Interval(core::Bound::Closed(Rational(Decimal(24625, 7))),
                              core::Bound::Closed(Rational(Decimal(24635, 7))));
  check.right = core::Interval(core::Bound::Closed(Rational(Decimal(2470825, 5))),
                               core::Bound::Closed(Rational(Decimal(2472935, 5))));
  check.imbalance = Rational(Decimal(7325, 5));
  check.expression_zh = "2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿，印作2463亿";
  check.expression_en = "2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿; printed 2463亿";
  validation.checks.push_back(check);

  core::Finding finding;
  finding.rule_id = "parts-sum-to-total";
  finding.severity = core::Severity::kError;
  finding.message_zh = "分项之和与合计不符";
  finding.message_en = "the parts do not add up to the total";
  finding.checks = {0};
  finding.figures = {0, 2, 3, 4, 5};
  finding.suspect = 2;
  finding.repairs = {{2, "2178", "相邻两位颠倒", "digits swapped"}};
  finding.fingerprint = "0123456789abcdef";
  validation.findings.push_back(finding);

  validation.summary = {.sentences = 2,
                        .mentions = 7,
                        .number_mentions = 6,
                        .figures = 6,
                        .checked_figures = 5,
                        .checks = 1,
                        .checks_inconsistent = 1,
                        .findings = 1,
                        .errors = 1};
  return validation;
}

absl::StatusOr<Validation> FakePipeline::Validate(std::string uri, std::string bytes,
                                                  const PipelineOptions& options) const {
  if (on_call) on_call(bytes, options);
  return Read(std::move(uri), bytes, options);
}

absl::StatusOr<Validation> FakePipeline::ExtractFigures(std::string uri, std::string bytes,
                                                        const PipelineOptions& options) const {
  if (on_call) on_call(bytes, options);
  absl::StatusOr<Validation> validation = Read(std::move(uri), bytes, options);
  if (validation.ok()) {
    validation->checks.clear();
    validation->findings.clear();
  }
  return validation;
}

absl::StatusOr<Validation> FakePipeline::RecognizeMentions(std::string uri, std::string bytes,
                                                           const PipelineOptions& options) const {
  absl::StatusOr<Validation> validation = ExtractFigures(std::move(uri), std::move(bytes), options);
  if (validation.ok()) validation->figures.clear();
  return validation;
}

absl::StatusOr<std::unique_ptr<validation::Pipeline>> FakePipeline::With(
    const std::vector<validation::RulePackFile>&) const {
  return std::make_unique<FakePipeline>(*this);
}

}  // namespace crossfoot::testing
