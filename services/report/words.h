#ifndef CROSSFOOT_SERVICES_REPORT_WORDS_H_
#define CROSSFOOT_SERVICES_REPORT_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/verdict.h"
#include "services/report/language.h"

// The message table: what more than one writer says, and all that a page says around a report.

namespace crossfoot::report {

struct Word {
  std::string_view chinese;
  std::string_view english;

  constexpr std::string_view In(Language language) const {
    return language == Language::kEnglish ? english : chinese;
  }
};

// The role of a figure in a check, given in English as in core::Check::roles; as it is when the
// table does not know it.
std::string_view RoleName(std::string_view role, Language language);

// 相符, "within rounding".
std::string_view VerdictName(core::Verdict verdict, Language language);

// 错误, "error".
std::string_view SeverityName(core::Severity severity, Language language);

// `word` with `values` in place of "{0}", "{1}", …; what stands in a value is not replaced again.
std::string Fill(std::string_view word, const std::vector<std::string_view>& values);
std::string Fill(std::string_view word, std::string_view value);

// {0}, {1}, … stand for what is counted.
namespace words {

// Details of a check and of a finding.
inline constexpr Word kRelation{"关系", "relation"};
inline constexpr Word kPrinted{"印数", "printed"};
inline constexpr Word kImplied{"应为", "implied"};
inline constexpr Word kOffBy{"相差", "off by"};
inline constexpr Word kRemark{"说明", "remark"};
inline constexpr Word kSuspect{"存疑", "suspect"};
inline constexpr Word kMayBe{"可取", "may be"};
inline constexpr Word kRepair{"改为", "repair"};

// Parts of a page.
inline constexpr Word kTitle{"勾稽核对", "Crossfoot"};
inline constexpr Word kTotal{"合计", "Total"};
inline constexpr Word kSkip{"跳到正文", "Skip to the report"};
inline constexpr Word kReports{"文件", "Reports"};
inline constexpr Word kFindings{"问题", "Findings"};
inline constexpr Word kNoFindings{"没有问题。", "Nothing was found."};
inline constexpr Word kNoChecks{
    "没有可以互相核对的数据，未作任何核对。",
    "No figures could be held against each other; nothing was checked."};
inline constexpr Word kFailed{"未能核对", "Could not be checked"};
inline constexpr Word kLegend{"标记", "Marks"};
inline constexpr Word kFigures{"数据", "Figures"};
inline constexpr Word kChecks{"核对", "Checks"};
inline constexpr Word kInvolved{"涉及", "involves"};
inline constexpr Word kMoreFigures{"另有 {0} 个数据", "{0} more figures"};
inline constexpr Word kProof{"依据", "proof"};
inline constexpr Word kTable{"表格", "Table"};
inline constexpr Word kMadeBy{"由 crossfoot {0} 生成。", "Made by crossfoot {0}."};

// Columns of the table of figures and of operands.
inline constexpr Word kReport{"文件", "Report"};
inline constexpr Word kPlace{"位置", "Place"};
inline constexpr Word kContent{"原文", "Printed"};
inline constexpr Word kIndicator{"指标", "Indicator"};
inline constexpr Word kArea{"地区", "Area"};
inline constexpr Word kSector{"分组", "Sector"};
inline constexpr Word kPeriod{"时期", "Period"};
inline constexpr Word kValue{"数值", "Value"};
inline constexpr Word kUnit{"单位", "Unit"};
inline constexpr Word kVerdict{"结论", "Verdict"};
inline constexpr Word kRole{"角色", "Role"};
inline constexpr Word kStandsFor{"所代表的值", "Stands for"};
inline constexpr Word kMeasures{"所指", "Measures"};

// What is known of a figure, worst first.
inline constexpr Word kStateSuspect{"存疑（矛盾由它引起）", "suspect: explains the contradiction"};
inline constexpr Word kStateContradicted{"矛盾的另一方", "takes part in a contradiction"};
inline constexpr Word kStateDisagrees{"不符，未列为问题", "disagrees, not reported as a finding"};
inline constexpr Word kStateTruncated{"截尾相符", "holds when truncated"};
inline constexpr Word kStateWithinRounding{"舍入以内相符", "holds within rounding"};
inline constexpr Word kStateExact{"相符", "holds exactly"};
inline constexpr Word kStateOpen{"未能判定", "could not be decided"};
inline constexpr Word kStateUnchecked{"未核对", "not checked"};

// Controls.
inline constexpr Word kFilter{"筛选", "Filter"};
inline constexpr Word kSeverity{"程度", "Severity"};
inline constexpr Word kRule{"规则", "Rule"};
inline constexpr Word kAll{"全部", "All"};
inline constexpr Word kReset{"清除筛选", "Clear"};
inline constexpr Word kShown{"显示 {0} / {1} 处问题，{2} / {3} 个数据",
                             "{0} of {1} findings, {2} of {3} figures"};
inline constexpr Word kTheme{"明暗", "Theme"};
inline constexpr Word kThemeAuto{"随系统", "auto"};
inline constexpr Word kThemeLight{"浅色", "light"};
inline constexpr Word kThemeDark{"深色", "dark"};
inline constexpr Word kClose{"关闭", "Close"};
inline constexpr Word kBackToFinding{"回到问题 {0}", "Back to finding {0}"};
inline constexpr Word kMoreChecks{"另有 {0} 项核对，见数据表", "{0} more checks in the table"};
inline constexpr Word kKeys{"方向键在数据之间移动，回车看核对过程，Esc 返回。",
                            "Arrow keys move between figures, Enter opens the proof, Escape "
                            "returns."};

}  // namespace words
}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_WORDS_H_
