#ifndef CROSSFOOT_SERVICES_REPORT_EXPLANATION_H_
#define CROSSFOOT_SERVICES_REPORT_EXPLANATION_H_

#include <string>

#include "services/report/text_writer.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {

// Which words of the report gave each attribute of each figure, for people: a line that says where
// the figure stands, and below it an attribute a line with its value, the words, their line and
// column, and where they stand unless beside the number.
//
//   a.txt:2:25: f2 GROWTH_RATE 7.6%
//     数值  7.6             “7.6%” 2:25
//     指标  数据服务总收入  “数据服务总收入” 2:8（另一分句）
//     地区  全国            推定
//
// An attribute that a figure does not have, and what goes without saying (a level, measured, exact,
// against nothing) has no line.  Text ends in a line break or is empty.
std::string ExplanationToText(const validation::Validation& validation, const TextOptions& options);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_EXPLANATION_H_
