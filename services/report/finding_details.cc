#include "services/report/finding_details.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/report/figure_text.h"
#include "services/report/number_text.h"
#include "services/report/place.h"
#include "services/report/utf8.h"
#include "services/report/words.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

// Limits of what one finding says; the JSON forms have all of it.
constexpr int32_t kMaxChecksPerFinding = 4;
constexpr int32_t kMaxRepairsPerFinding = 4;
constexpr size_t kMaxOperandsPerFinding = 16;
// A hostile report may bind any number.
constexpr size_t kMaxOperandsLookedAt = 256;

std::string_view Choose(Language language, std::string_view chinese, std::string_view english) {
  return language == Language::kEnglish ? english : chinese;
}

const core::Check* CheckAt(const Validation& validation, int32_t index) {
  if (index < 0 || static_cast<size_t>(index) >= validation.checks.size()) return nullptr;
  return &validation.checks[index];
}

std::string UnitOf(const core::Figure& figure) {
  return figure.unit.empty() ? "" : " " + ToPrintable(figure.unit);
}

// `message` is the finding's; an expression that it holds is not repeated.
void AddCheck(const Validation& validation, const core::Check& check, const std::string& message,
              Language language, std::vector<Detail>& details) {
  const std::string& expression =
      language == Language::kEnglish ? check.expression_en : check.expression_zh;
  if (!expression.empty() && message.find(expression) == std::string::npos) {
    details.push_back({words::kRelation.In(language), ToPrintable(expression), {}});
  }
  const core::Figure* left =
      check.figures.empty() ? nullptr : OwnFigureAt(validation, check.figures.front());
  if (left != nullptr) {
    const NumberFormat format = NumberFormat::For(*left);
    const std::string unit = UnitOf(*left);
    details.push_back({words::kPrinted.In(language), format.Format(check.left) + unit, {}});
    details.push_back({words::kImplied.In(language), format.Format(check.right) + unit, {}});
    if (!check.imbalance.zero()) {
      details.push_back({words::kOffBy.In(language), format.Format(check.imbalance) + unit, {}});
    }
  }
  const std::string& note = language == Language::kEnglish ? check.note_en : check.note_zh;
  if (!note.empty() && message.find(note) == std::string::npos) {
    details.push_back({words::kRemark.In(language), ToPrintable(note), {}});
  }
}

Detail RepairDetail(const Validation& validation, const core::Figure& figure,
                    const core::Repair& repair, Language language) {
  Detail detail = {words::kRepair.In(language), ContentOf(validation, figure) + " → ", {}};
  detail.emphasis.start = static_cast<int32_t>(detail.value.size());
  detail.value += ToPrintable(repair.content);
  detail.emphasis.end = static_cast<int32_t>(detail.value.size());
  const std::string& reason = language == Language::kEnglish ? repair.reason_en : repair.reason_zh;
  if (!reason.empty()) {
    detail.value += std::string(Choose(language, "（", " (")) + ToPrintable(reason) +
                    std::string(Choose(language, "）", ")"));
  }
  return detail;
}

}  // namespace

const core::Figure* OwnFigureAt(const Validation& validation, int32_t index) {
  if (index < 0 || static_cast<size_t>(index) >= validation.figures.size()) return nullptr;
  return &validation.figures[index];
}

std::vector<Detail> DetailsOf(const Validation& validation, const core::Finding& finding,
                              Language language) {
  std::vector<Detail> details;
  const std::string& message =
      language == Language::kEnglish ? finding.message_en : finding.message_zh;
  int32_t check_count = 0;
  for (const int32_t index : finding.checks) {
    const core::Check* check = CheckAt(validation, index);
    if (check == nullptr) continue;
    if (++check_count > kMaxChecksPerFinding) break;
    AddCheck(validation, *check, message, language, details);
  }
  const core::Figure* suspect = OwnFigureAt(validation, finding.suspect);
  if (suspect != nullptr) {
    details.push_back({words::kSuspect.In(language),
                       ContentOf(validation, *suspect) + std::string(Choose(language, "（", " (")) +
                           PlaceOf(validation, suspect->range) +
                           std::string(Choose(language, "）", ")")),
                       {}});
    const core::Check* first =
        finding.checks.empty() ? nullptr : CheckAt(validation, finding.checks[0]);
    // Of the left side the first check has told it.
    const bool told = first != nullptr && !first->figures.empty() &&
                      first->figures.front() == finding.suspect && finding.checks.size() == 1;
    if (finding.admissible && !told) {
      details.push_back({words::kMayBe.In(language),
                         NumberFormat::For(*suspect).Format(*finding.admissible) + UnitOf(*suspect),
                         {}});
    }
  }
  int32_t repair_count = 0;
  for (const core::Repair& repair : finding.repairs) {
    const core::Figure* figure = OwnFigureAt(validation, repair.figure);
    if (figure == nullptr) continue;
    if (++repair_count > kMaxRepairsPerFinding) break;
    details.push_back(RepairDetail(validation, *figure, repair, language));
  }
  return details;
}

std::string ToText(const Detail& detail, Language language) {
  return std::string(detail.label) + std::string(Choose(language, "：", ": ")) + detail.value;
}

std::string MessageOf(const core::Finding& finding, Language language) {
  return ToPrintable(language == Language::kEnglish ? finding.message_en : finding.message_zh);
}

int32_t ShownFigure(const Validation& validation, const core::Finding& finding) {
  if (OwnFigureAt(validation, finding.suspect) != nullptr) return finding.suspect;
  const auto first =
      std::find_if(finding.figures.begin(), finding.figures.end(),
                   [&](int32_t index) { return OwnFigureAt(validation, index) != nullptr; });
  return first == finding.figures.end() ? -1 : *first;
}

Operands OperandsOf(const Validation& validation, const core::Finding& finding, int32_t shown,
                    absl::FunctionRef<bool(const core::Figure&)> leave_out) {
  Operands operands;
  const auto add = [&operands](const core::Figure& figure, std::string place, std::string content) {
    if (operands.listed.size() >= kMaxOperandsPerFinding) {
      ++operands.unlisted;
      return;
    }
    operands.listed.push_back({&figure, std::move(place), std::move(content),
                               CutToWidth(SubjectOf(figure), 2 * kMaxListColumns)});
  };
  std::set<int32_t> seen = {shown};
  for (const int32_t index : finding.figures) {
    const core::Figure* const figure = OwnFigureAt(validation, index);
    if (figure == nullptr || seen.size() > kMaxOperandsLookedAt || !seen.insert(index).second ||
        leave_out(*figure))
      continue;
    add(*figure, PlaceOf(validation, figure->range), ContentOf(validation, *figure));
  }
  for (const int32_t index : finding.figures) {
    const size_t at = static_cast<size_t>(index) - validation.figures.size();
    if (index < 0 || at >= validation.cited.size()) continue;
    const validation::CitedFigure& cited = validation.cited[at];
    add(cited.figure, PlaceOf(cited),
        CutToWidth(ToPrintable(cited.figure.content), kMaxListColumns));
  }
  return operands;
}

Extent ExtentOf(const core::Document& document, core::TextRange range) {
  const core::TextSpan span = document.SpanOf(range);
  const core::LineIndex::Position end = document.line_index.Locate(
      document.source, document.SourceRangeOf(span.start_byte, span.end_byte).end);
  return {span, end.line, end.column};
}

std::string ContentOf(const Validation& validation, const core::Figure& figure) {
  return CutToWidth(ToPrintable(validation.document.ContentOf(figure.range)), kMaxListColumns);
}

std::string_view RoleOf(const core::Check& check, size_t at, Language language) {
  if (at >= check.roles.size()) return "";
  return RoleName(check.roles[at], language);
}

}  // namespace crossfoot::report
