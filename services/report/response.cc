#include "services/report/response.h"

#include <optional>
#include <string>
#include <vector>

#include "core/cancellation.h"
#include "core/check.h"
#include "core/document.h"
#include "core/error.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/interval.h"
#include "core/mention.h"
#include "core/period.h"
#include "core/text_span.h"
#include "services/report/civil_day.h"
#include "services/report/enums.h"
#include "services/report/place.h"
#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

void SetSpan(const core::Document& document, const core::TextSpan& span, v1::TextSpan* proto) {
  proto->set_start_byte(span.start_byte);
  proto->set_end_byte(span.end_byte);
  proto->set_line(span.line);
  proto->set_column(span.column);
  const std::string_view content = document.ContentOf(span);
  proto->set_content(content.data(), content.size());
  if (const std::optional<core::Place> place = document.PlaceOf(span); place.has_value())
    SetPlace(*place, proto->mutable_place());
}

void SetPeriod(const core::Period& period, v1::TimePeriod* proto) {
  proto->set_start(FormatCivilDay(period.start));
  proto->set_end(FormatCivilDay(period.end));
  proto->set_assumed(period.assumed);
}

void SetMention(const core::Document& document, const core::Mention& mention, v1::Mention* proto) {
  proto->set_kind(ToProto(mention.kind));
  SetSpan(document, document.SpanOf(mention.range), proto->mutable_span());
  if (mention.kind == core::MentionKind::kNumber) {
    proto->set_value(mention.value.ToString());
    proto->set_quantum(mention.quantum.ToString());
    proto->set_unit(mention.unit);
    proto->set_unit_code(mention.unit_ucum);
    proto->set_qualifier(ToProto(mention.qualifier));
    if (mention.qualifier == core::Qualifier::kRange) {
      proto->set_range_end(mention.range_end.ToString());
    }
  }
  if (mention.ordinal) proto->set_value(mention.value.ToString());
  if (mention.period.has_value()) SetPeriod(*mention.period, proto->mutable_time_period());
  proto->set_canonical(mention.canonical);
  proto->set_code(mention.code);
}

void SetEvidence(const core::Document& document, const core::FigureEvidence& evidence,
                 v1::Figure* proto) {
  for (size_t a = 0; a < core::kAttributeCount; ++a) {
    const auto attribute = static_cast<core::Attribute>(a);
    if (evidence.origin(attribute) == core::Origin::kNone) continue;
    v1::Evidence* entry = proto->add_evidence();
    entry->set_attribute(ToProto(attribute));
    entry->set_origin(ToProto(evidence.origin(attribute)));
    const core::TextRange words = evidence.range(attribute);
    if (!words.empty()) SetSpan(document, document.SpanOf(words), entry->mutable_span());
  }
}

// All but its place.
void SetFacts(const core::Figure& figure, v1::Figure* proto) {
  proto->set_id(figure.id);
  proto->set_kind(ToProto(figure.kind));
  proto->set_value(figure.value.ToString());
  proto->set_quantum(figure.quantum.ToString());
  proto->set_unit(figure.unit);
  proto->set_indicator(figure.FullIndicator());
  proto->set_indicator_names_sector(figure.generic && !figure.sector.empty());
  proto->set_ref_area(figure.ref_area);
  proto->set_ref_area_code(figure.ref_area_code);
  proto->set_sector(figure.sector);
  if (figure.time_period.has_value()) SetPeriod(*figure.time_period, proto->mutable_time_period());
  proto->set_basis(ToProto(figure.basis));
  proto->set_comparator(figure.comparator);
  proto->set_base(figure.base);
  proto->set_qualifier(ToProto(figure.qualifier));
  proto->set_status(ToProto(figure.status));
  proto->set_comparable_basis(figure.comparable_basis);
  proto->set_heading(figure.heading);
}

void SetFigure(const Validation& validation, const core::Figure& figure, v1::Figure* proto) {
  SetFacts(figure, proto);
  SetSpan(validation.document, validation.document.SpanOf(figure.range), proto->mutable_span());
  // The mention knows the code, unless the figure got its unit from elsewhere, as under 单位：亿元.
  if (figure.mention >= 0 && static_cast<size_t>(figure.mention) < validation.mentions.size()) {
    const core::Mention& mention = validation.mentions[figure.mention];
    if (mention.unit == figure.unit) proto->set_unit_code(mention.unit_ucum);
  }
}

void SetCited(const validation::CitedFigure& cited, v1::CitedFigure* proto) {
  SetFacts(cited.figure, proto->mutable_figure());
  v1::TextSpan* span = proto->mutable_figure()->mutable_span();
  span->set_start_byte(cited.span.start_byte);
  span->set_end_byte(cited.span.end_byte);
  span->set_line(cited.span.line);
  span->set_column(cited.span.column);
  span->set_content(ToValidUtf8(cited.figure.content));
  if (cited.place.has_value()) SetPlace(*cited.place, span->mutable_place());
  proto->set_document_uri(ToValidUtf8(cited.uri));
}

void SetInterval(const core::Interval& interval, v1::Interval* proto) {
  if (!interval.lo().infinite) proto->set_lo(interval.lo().value.ToString());
  if (!interval.hi().infinite) proto->set_hi(interval.hi().value.ToString());
  proto->set_lo_open(interval.lo().infinite || !interval.lo().closed);
  proto->set_hi_open(interval.hi().infinite || !interval.hi().closed);
}

// The id of the element at `index`, or null when there is none.
template <typename Element>
const std::string* IdAt(const std::vector<Element>& elements, int32_t index) {
  if (index < 0 || static_cast<size_t>(index) >= elements.size()) return nullptr;
  return &elements[index].id;
}

void SetCheck(const Validation& validation, const core::Check& check, Language language,
              v1::Check* proto) {
  const bool english = language == Language::kEnglish;
  proto->set_id(check.id);
  proto->set_rule_id(check.rule_id);
  proto->set_verdict(ToProto(check.verdict));
  for (const int32_t figure : check.figures) {
    if (const core::Figure* operand = validation.FigureAt(figure); operand != nullptr)
      proto->add_figure_ids(operand->id);
  }
  for (const std::string& role : check.roles) proto->add_roles(role);
  SetInterval(check.left, proto->mutable_left());
  SetInterval(check.right, proto->mutable_right());
  proto->set_imbalance(check.imbalance.ToString());
  proto->set_expression(english ? check.expression_en : check.expression_zh);
  proto->set_note(english ? check.note_en : check.note_zh);
}

void SetFinding(const Validation& validation, const core::Finding& finding, Language language,
                v1::Finding* proto) {
  const bool english = language == Language::kEnglish;
  proto->set_rule_id(finding.rule_id);
  proto->set_severity(ToProto(finding.severity));
  proto->set_message(english ? finding.message_en : finding.message_zh);
  for (const int32_t figure : finding.figures) {
    if (const core::Figure* operand = validation.FigureAt(figure); operand != nullptr)
      proto->add_figure_ids(operand->id);
  }
  if (const std::string* id = IdAt(validation.figures, finding.suspect)) {
    proto->set_suspect_id(*id);
  }
  for (const int32_t check : finding.checks) {
    if (const std::string* id = IdAt(validation.checks, check)) proto->add_check_ids(*id);
  }
  for (const core::Repair& repair : finding.repairs) {
    const std::string* id = IdAt(validation.figures, repair.figure);
    if (id == nullptr) continue;
    v1::Repair* repair_proto = proto->add_repairs();
    repair_proto->set_figure_id(*id);
    repair_proto->set_content(repair.content);
    repair_proto->set_reason(english ? repair.reason_en : repair.reason_zh);
  }
  proto->set_fingerprint(finding.fingerprint);
  if (finding.admissible) SetInterval(*finding.admissible, proto->mutable_suspect_admissible());
}

void SetSummary(const validation::Summary& summary, v1::Summary* proto) {
  proto->set_sentences(summary.sentences);
  proto->set_mentions(summary.mentions);
  proto->set_number_mentions(summary.number_mentions);
  proto->set_numbers_without_figure(summary.numbers_without_figure);
  proto->set_figures(summary.figures);
  proto->set_checked_figures(summary.checked_figures);
  proto->set_checks(summary.checks);
  proto->set_checks_exact(summary.checks_exact);
  proto->set_checks_within_rounding(summary.checks_within_rounding);
  proto->set_checks_truncated(summary.checks_truncated);
  proto->set_checks_inconsistent(summary.checks_inconsistent);
  proto->set_checks_undetermined(summary.checks_undetermined);
  proto->set_checks_not_applicable(summary.checks_not_applicable);
  proto->set_checks_blocked(summary.checks_blocked);
  proto->set_findings(summary.findings);
  proto->set_errors(summary.errors);
  proto->set_warnings(summary.warnings);
  proto->set_infos(summary.infos);
  proto->set_accepted(summary.accepted);
}

// The parts that both responses have.
template <typename Response>
void SetCommonParts(const Validation& validation, const ResponseOptions& options,
                    Response* response) {
  const v1::View view = options.view;
  response->mutable_document()->set_uri(ToValidUtf8(validation.document.uri));
  if (view == v1::VIEW_FULL) {
    response->mutable_mentions()->Reserve(static_cast<int>(validation.mentions.size()));
    for (const size_t i : core::Steps(validation.mentions.size(), options.cancellation)) {
      SetMention(validation.document, validation.mentions[i], response->add_mentions());
    }
  }
  if (view != v1::VIEW_SUMMARY) {
    response->mutable_figures()->Reserve(static_cast<int>(validation.figures.size()));
    for (const size_t i : core::Steps(validation.figures.size(), options.cancellation)) {
      const core::Figure& figure = validation.figures[i];
      v1::Figure* proto = response->add_figures();
      SetFigure(validation, figure, proto);
      if (options.explain) SetEvidence(validation.document, figure.evidence, proto);
    }
  }
  SetSummary(validation.summary, response->mutable_summary());
}

}  // namespace

void SetResponse(const Validation& validation, const ResponseOptions& options,
                 v1::ValidateDocumentResponse* response) {
  SetCommonParts(validation, options, response);
  if (options.view != v1::VIEW_SUMMARY) {
    for (const size_t i : core::Steps(validation.checks.size(), options.cancellation)) {
      SetCheck(validation, validation.checks[i], options.language, response->add_checks());
    }
  }
  for (const size_t i : core::Steps(validation.findings.size(), options.cancellation)) {
    SetFinding(validation, validation.findings[i], options.language, response->add_findings());
  }
  for (const size_t i : core::Steps(validation.cited.size(), options.cancellation)) {
    SetCited(validation.cited[i], response->add_cited_figures());
  }
}

v1::ValidateDocumentResponse ToValidateDocumentResponse(const Validation& validation,
                                                        const ResponseOptions& options) {
  v1::ValidateDocumentResponse response;
  SetResponse(validation, options, &response);
  return response;
}

void SetResponse(const Validation& validation, const ResponseOptions& options,
                 v1::ExtractFiguresResponse* response) {
  SetCommonParts(validation, options, response);
}

v1::ExtractFiguresResponse ToExtractFiguresResponse(const Validation& validation,
                                                    const ResponseOptions& options) {
  v1::ExtractFiguresResponse response;
  SetResponse(validation, options, &response);
  return response;
}

v1::DocumentError ToDocumentError(const absl::Status& status) {
  v1::DocumentError error;
  const std::string_view reason =
      core::ToString(core::ReasonOf(status).value_or(core::ErrorReason::kInternal));
  error.set_reason(reason.data(), reason.size());
  error.set_message(ToValidUtf8({status.message().data(), status.message().size()}));
  for (const auto& [key, value] : core::MetadataOf(status)) {
    (*error.mutable_metadata())[ToValidUtf8(key)] = ToValidUtf8(value);
  }
  return error;
}

}  // namespace crossfoot::report
