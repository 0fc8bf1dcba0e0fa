#include "services/report/remarks.h"

#include <string>

#include "core/figure.h"
#include "core/finding.h"
#include "services/report/figure_text.h"
#include "services/report/finding_details.h"
#include "services/report/utf8.h"
#include "services/report/words.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

std::string TextOf(const Validation& validation, const core::Finding& finding, int32_t shown,
                   Language language) {
  const auto labelled = [language](std::string_view label, std::string value) {
    return ToText(Detail{label, std::move(value), {}}, language);
  };
  std::string text =
      labelled(SeverityName(finding.severity, language), MessageOf(finding, language));
  for (const Detail& detail : DetailsOf(validation, finding, language))
    text += "\n" + ToText(detail, language);
  const Operands operands = OperandsOf(validation, finding, shown);
  for (const Operand& operand : operands.listed) {
    text += "\n" + labelled(operand.place, operand.content);
    if (!operand.subject.empty()) text += " " + operand.subject;
  }
  if (operands.unlisted > 0)
    text += "\n" + Fill(words::kMoreFigures.In(language), std::to_string(operands.unlisted));
  return text + "\n[" + ToPrintable(finding.rule_id) + "]";
}

}  // namespace

std::vector<document::Remark> RemarksOf(const Validation& validation, Language language) {
  std::vector<document::Remark> remarks;
  for (const core::Finding& finding : validation.findings) {
    const int32_t shown = ShownFigure(validation, finding);
    const core::Figure* const figure = OwnFigureAt(validation, shown);
    if (figure == nullptr) continue;
    remarks.push_back(
        {figure->range, TextOf(validation, finding, shown, language), finding.severity});
  }
  return remarks;
}

}  // namespace crossfoot::report
