#ifndef CROSSFOOT_SERVICES_REPORT_TEXT_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_TEXT_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/finding.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

// What people read in a terminal.  Places are printed as compilers print them, file:line:column, so
// that editors find them:
//
//   a.txt:2:10: error: 分项之和与合计不符 [parts-sum-to-total]
//       其中，东部地区完成2187亿元，中部地区129.1亿元，西部地区150亿元…
//                         ^~~~~~~~          ^~~~~~~~~          ^~~~~~~
//     关系：2187亿 + 129.1亿 + 150亿 + 5.78亿 = 2471.88亿，印作2463亿
//     印数：[2462.5亿, 2463.5亿] CNY
//     应为：[2470.825亿, 2472.935亿] CNY
//     相差：7.325亿 CNY
//     存疑：2187亿元（a.txt:2:10）
//     改为：2187亿元 → 2178（相邻两位颠倒）
//   a.txt:1:14: note: 2463亿元 全国 互联网业务收入
//
// All functions are pure; text ends in a line break or is empty where nothing else is
// said.  Nothing of a report reaches the
// terminal but printable characters.

namespace crossfoot::report {

struct TextOptions {
  Language language = Language::kChinese;
  bool color = false;        // ANSI escape sequences
  int32_t max_columns = 96;  // of a row of an excerpt
  bool explain = false;      // every check of a finding with all its operands
};

// One finding of `validation`.
std::string FindingToText(const validation::Validation& validation, const core::Finding& finding,
                          const TextOptions& options);

// The findings, in their order; empty when there is none.
std::string FindingsToText(const validation::Validation& validation, const TextOptions& options);

// The checks that hold, one a line with the numbers that were compared, in their order:
//
//   a.txt:1:14: ok: 2178亿元 + 129.1亿元 = 2307.1亿元，印作 2307.1亿元（相符） [parts-sum-to-total]
std::string PassedToText(const validation::Validation& validation, const TextOptions& options);

// How many figures, checks by verdict and findings, without a line break.
std::string CountsToText(const validation::Summary& summary, const TextOptions& options);

// The same as one line that starts with `name`.
std::string SummaryToText(std::string_view name, const validation::Summary& summary,
                          const TextOptions& options);

// What a run over several documents adds up to.
struct Totals {
  int32_t documents = 0;
  int32_t failed_documents = 0;  // of `documents`: those that could not be read
  validation::Summary summary;   // of the others

  void Add(const validation::Summary& other);
};

// The totals as one line.
std::string TotalsToText(const Totals& totals, const TextOptions& options);

// One figure a line in aligned columns: place, id, kind, what is printed, value with unit, what it
// measures.
std::string FiguresToText(const validation::Validation& validation, const TextOptions& options);

// One mention a line in aligned columns: place, kind, what is printed, what it reads as.
std::string MentionsToText(const validation::Validation& validation);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_TEXT_WRITER_H_
