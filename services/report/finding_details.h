#ifndef CROSSFOOT_SERVICES_REPORT_FINDING_DETAILS_H_
#define CROSSFOOT_SERVICES_REPORT_FINDING_DETAILS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/text_span.h"
#include "services/report/excerpt.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

// What all forms for people say of a finding, in the same words and the same order.  Every string
// is one printable line.

namespace crossfoot::report {

// Width of a cell of a list of figures.
inline constexpr int32_t kMaxListColumns = 36;

// The figure of this report, not of an earlier one, with that index; null when there is none.
const core::Figure* OwnFigureAt(const validation::Validation& validation, int32_t index);

// One line of a finding's proof: "印数", "[84.75, 84.85] %".
struct Detail {
  std::string_view label;  // lives for ever
  std::string value;
  ByteRange emphasis;  // of `value`: the digits to print instead; empty where there are none
};

// The relation with its numbers unless the message holds it, both intervals and how far apart they
// are for the first few checks; the suspect, the values that it may have, and the first few
// repairs.
std::vector<Detail> DetailsOf(const validation::Validation& validation,
                              const core::Finding& finding, Language language);

// "印数：[84.75, 84.85] %", "printed: [84.75, 84.85] %".
std::string ToText(const Detail& detail, Language language);

// The message in that language.
std::string MessageOf(const core::Finding& finding, Language language);

// The index of the figure that a finding is shown at: the suspect, else its first operand in this
// report; -1 when there is none.
int32_t ShownFigure(const validation::Validation& validation, const core::Finding& finding);

// A figure that takes part in a finding beside the one that it is shown at.
struct Operand {
  const core::Figure* figure;  // of the validation, or one that it cites
  std::string place;           // "a.txt:1:24"
  std::string content;         // what is printed there
  std::string subject;         // what it measures, of whom and when; may be empty
};
// The first few of them, those of this report first, in the order of the finding.
struct Operands {
  std::vector<Operand> listed;
  int32_t unlisted = 0;
};
// `leave_out` says which figures of this report are told elsewhere.
Operands OperandsOf(
    const validation::Validation& validation, const core::Finding& finding, int32_t shown,
    absl::FunctionRef<bool(const core::Figure&)> leave_out = [](const auto&) { return false; });

// Where something stands, with its end.
struct Extent {
  core::TextSpan span;
  int32_t end_line = 0;    // 1-based, of the last character
  int32_t end_column = 0;  // 1-based, in code points, behind the last character
};
Extent ExtentOf(const core::Document& document, core::TextRange range);

// What is printed there, cut to what a line of a list holds.
std::string ContentOf(const validation::Validation& validation, const core::Figure& figure);

// What the figure at `at` of `check.figures` is in the check: "合计", "total".  A role that is not
// known in Chinese stays as it is.
std::string_view RoleOf(const core::Check& check, size_t at, Language language);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_FINDING_DETAILS_H_
